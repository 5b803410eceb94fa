import { readFileSync } from 'node:fs'
import { UsageError } from './failure.ts'

/** Longer ones are no secret but the wrong file. */
const MOST_BYTES = 4_096

/**
 * The passphrase of the library's keys: of a file, else of STRATA_PASSPHRASE. Never an argument, which
 * every program on the machine may read.
 *
 * @throws UsageError when the file cannot be read
 */
export function passphraseOf(file: string | undefined): string | undefined {
  return file === undefined ? process.env.STRATA_PASSPHRASE : passphraseIn(file)
}

/** The text of a file, without the line's end that an editor leaves. */
export function passphraseIn(file: string): string {
  return textOf(file, 'passphrase').replace(/\r?\n$/, '')
}

/**
 * The recovery key, as it was written down or saved: of a file, else of STRATA_RECOVERY_KEY.
 *
 * @throws UsageError when the file cannot be read
 */
export function recoveryKeyOf(file: string | undefined): string | undefined {
  if (file !== undefined) return textOf(file, 'recovery key')
  return process.env.STRATA_RECOVERY_KEY || undefined
}

function textOf(file: string, what: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`${file} cannot be read for the ${what}.`)
  }
  if (text.length > MOST_BYTES) throw new UsageError(`${file} is too long for a ${what}.`)
  return text
}
