import { type Command, InvalidArgumentError } from 'commander'
import type { Tag } from '../core/contract/tags.ts'
import { parseInstant } from './instant.ts'
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

/** Reads an option that is a number of things. */
export function count(text: string): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : 0
  if (number > 0) return number
  throw new InvalidArgumentError('It is not a number from 1 on.')
}

/** Unlimited: as fast as it goes. */
export type LoadRate = number | 'unlimited'

/** Reads an option that is a number of MiB a second. */
export function loadRate(text: string): LoadRate {
  if (text === 'unlimited') return text
  const number = /^\d{1,15}$/.test(text) ? Number(text) : 0
  if (number > 0) return number
  throw new InvalidArgumentError('It is neither a number from 1 on nor unlimited.')
}

/** Reads an option that is a time. */
export function moment(text: string): number {
  try {
    return parseInstant(text)
  } catch (error) {
    if (error instanceof RangeError) throw new InvalidArgumentError(error.message)
    throw error
  }
}

/** Reads an option that can be repeated. */
export function several(text: string, before: readonly string[] = []): string[] {
  return [...before, text]
}

/** Reads an option that means all without a value, and with one can be repeated. */
export function allOrSeveral(text: string, before: true | readonly string[] = []): true | string[] {
  return before === true ? true : several(text, before)
}

/** What an option says of one device; of all, where that is empty. */
export type OfDevice<T> = { readonly deviceName: string; readonly value: T }

/** Reads an option that can be repeated, a value for a device: `/dev/sdf=A`. */
export function valuesOf(
  text: string,
  before: readonly OfDevice<string>[] = [],
): OfDevice<string>[] {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('It is written DEVICE=VALUE, such as /dev/sdf=VALUE.')
  return [...before, { deviceName: text.slice(0, at), value: text.slice(at + 1) }]
}

/** Reads an option that can be repeated, a size for a device. */
export function sizesOf(
  text: string,
  before: readonly OfDevice<number>[] = [],
): OfDevice<number>[] {
  return [
    ...before,
    ...valuesOf(text).map(({ deviceName, value }) => ({ deviceName, value: size(value) })),
  ]
}

/** Reads an option that can be repeated, a value for all devices or for one. */
export function valuesOrAll(
  text: string,
  before: readonly OfDevice<string>[] = [],
): OfDevice<string>[] {
  return text.startsWith('/dev/')
    ? valuesOf(text, before)
    : [...before, { deviceName: '', value: text }]
}

/** Reads an option that is a tag and can be repeated: `Team=ops`. */
export function tags(text: string, before: readonly Tag[] = []): Tag[] {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('A tag is written KEY=VALUE.')
  return [...before, { key: text.slice(0, at), value: text.slice(at + 1) }]
}

/** How something new is to be encrypted. */
export type EncryptionOptions = { readonly encrypted?: boolean; readonly key?: string }

/** Adds `--encrypted` and `--key`. */
export function encryptionOptions(command: Command): Command {
  return command
    .option('--encrypted', 'encrypt it, with the default key of the account and region')
    .option('--key <key>', 'with --encrypted: the key, by its id, name or ARN')
}

/** Ends the help of a command with a line that can be tried. */
export function example(command: Command, line: string): void {
  command.addHelpText('after', `\nExample:\n  ${line}`)
}
