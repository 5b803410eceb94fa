import { LockMode, lockStateOf } from '../core/contract/locks.ts'
import { type Answer, answer } from './answer.ts'
import { UsageError } from './failure.ts'
import { findSnapshot } from './find.ts'
import { LockJson } from './json.ts'
import type { Library } from './library.ts'
import { lockText } from './marks.ts'
import { safeName } from './table.ts'

/** The options of `snapshot lock`, as they are given. */
export type LockOptions = {
  readonly mode: string
  readonly days?: number
  readonly until?: string
  readonly coolOff?: number
}

export async function lockSnapshot(
  library: Library,
  text: string,
  { mode, days, until, coolOff }: LockOptions,
): Promise<Answer> {
  const { snapshotId, name } = findSnapshot(await library.engine.describeLibrary(), text)
  const expiresAt = until === undefined ? undefined : instantOf(until)
  const wish = { snapshotId, mode: modeOf(mode), days, expiresAt, coolOffHours: coolOff }
  const lock = await library.engine.lockSnapshot(wish)
  const state = lockStateOf(lock, Date.now())
  return answer(LockJson, { snapshotId, ...lock, state }, `${safeName(name)} ${lockText(lock)}`)
}

export async function unlockSnapshot(library: Library, text: string): Promise<Answer> {
  const { snapshotId, name } = findSnapshot(await library.engine.describeLibrary(), text)
  const lock = await library.engine.unlockSnapshot({ snapshotId })
  return answer(
    LockJson,
    { snapshotId, ...lock, state: lockStateOf(lock, Date.now()) },
    `${safeName(name)} is not locked any more`,
  )
}

function modeOf(text: string): LockMode {
  const mode = LockMode.safeParse(text)
  if (mode.success) return mode.data
  throw new UsageError('A lock is of mode governance or compliance.')
}

function instantOf(text: string): number {
  const ms = Date.parse(text)
  if (ms >= 0) return ms
  throw new UsageError('The end of a lock is written 2027-01-01 or 2027-01-01T10:15:00Z.')
}
