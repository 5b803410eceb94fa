import { CommanderError } from 'commander'
import type { WireError } from '../core/contract/wire-error.ts'

/** Refused or failed, while the command was understood. */
export const EXIT_FAILED = 1
/** Not understood. */
export const EXIT_USAGE = 2

/** A job ended badly: what the engine told about it. */
export class JobFailed extends Error {
  readonly wire: WireError

  constructor(wire: WireError) {
    super(wire.message)
    this.wire = wire
  }
}

/** The command line does not make sense; `problem` is a sentence. */
export class UsageError extends Error {}

export type Failure = {
  readonly wire: WireError
  readonly exitCode: number
  /** Where it happened, for a fault that nobody expected. */
  readonly stack: string | null
}

/**
 * Says in public words what was thrown.
 *
 * @param help the command that tells how the one is used that was not understood
 */
export async function failureOf(thrown: unknown, help: string): Promise<Failure> {
  if (thrown instanceof JobFailed) {
    return { wire: thrown.wire, exitCode: EXIT_FAILED, stack: null }
  }
  const { StrataError, toWire } = await import('../core/contract/errors.ts')
  const { printable } = await import('../core/contract/show.ts')
  if (thrown instanceof UsageError || thrown instanceof CommanderError) {
    const isOurs = thrown instanceof UsageError
    const problem = printable(isOurs ? thrown.message : sentence(thrown.message))
    const wire = toWire(new StrataError('USAGE', { problem }))
    return {
      wire: { ...wire, remedy: `See \`${help}\`.` },
      exitCode: EXIT_USAGE,
      stack: null,
    }
  }
  const isExpected = thrown instanceof StrataError
  const stack = !isExpected && thrown instanceof Error ? (thrown.stack ?? null) : null
  return { wire: toWire(thrown), exitCode: EXIT_FAILED, stack }
}

/** As the parser words it, made a sentence: capital, full stop. */
function sentence(text: string): string {
  const trimmed = text
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim()
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1)
  // There are no options of one letter that anybody could have meant.
  if (/^Unknown option '-[^-]/.test(capital))
    return `${capital}. Names that begin with - go behind --.`
  return /[.!?)]$/.test(capital) ? capital : `${capital}.`
}
