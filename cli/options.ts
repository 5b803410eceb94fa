import { type Command, InvalidArgumentError } from 'commander'
import { parseSize } from './size.ts'

/** Reads an option that is a size. */
export function size(text: string): number {
  try {
    return parseSize(text)
  } catch (error) {
    if (error instanceof RangeError) throw new InvalidArgumentError(error.message)
    throw error
  }
}

/** Reads an option that is an offset and can be repeated. */
export function offsets(text: string, before: readonly number[] = []): number[] {
  return [...before, size(text)]
}

/** Ends the help of a command with a line that can be tried. */
export function example(command: Command, line: string): void {
  command.addHelpText('after', `\nExample:\n  ${line}`)
}
