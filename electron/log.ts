import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Size at which a log is set aside when the app starts; one older log is kept. */
const MAX_LOG_BYTES = 1_048_576

/** The one log file. Nothing is written to the console. */
export type Log = {
  note(text: string): void
  /** A defect, with its stack. */
  fault(during: string, error: unknown): void
}

/** Opens the log, setting a long one aside as `….old`. */
export function openLog(file: string): Log {
  mkdirSync(dirname(file), { recursive: true })
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > MAX_LOG_BYTES) renameSync(file, `${file}.old`)
  const note = (text: string) =>
    appendFileSync(file, `${new Date().toISOString()} ${text}\n`, { mode: 0o600 })
  return {
    note,
    fault: (during, error) => note(`fault in ${during}: ${textOf(error)}`),
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
