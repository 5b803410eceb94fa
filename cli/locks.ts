import { LockMode, lockStateOf } from '../core/contract/locks.ts'
import { type Answer, answer } from './answer.ts'
import { UsageError } from './failure.ts'
import { snapshotToChange } from './find.ts'
import { LockJson } from './json.ts'
import type { Library } from './library.ts'
import { lockText } from './marks.ts'
import { safeName } from './table.ts'

/** The options of `snapshot lock`, as they are given. */
export type LockOptions = {
  readonly mode: string
  readonly days?: number
  /** In milliseconds since 1970, UTC. */
  readonly until?: number
  readonly coolOff?: number
}

export async function lockSnapshot(
  library: Library,
  text: string,
  { mode, days, until, coolOff }: LockOptions,
): Promise<Answer> {
  const { snapshotId, name } = snapshotToChange(await library.engine.describeLibrary(), text)
  const wish = { snapshotId, mode: modeOf(mode), days, expiresAt: until, coolOffHours: coolOff }
  const lock = await library.engine.lockSnapshot(wish)
  const state = lockStateOf(lock, Date.now())
  const told = `${safeName(name)} ${lockText(lock)}`
  const lines = until === undefined ? [told] : [told, 'Times are in UTC; a day begins at 00:00.']
  return answer(LockJson, { snapshotId, ...lock, state }, lines.join('\n'))
}

export async function unlockSnapshot(library: Library, text: string): Promise<Answer> {
  const { snapshotId, name } = snapshotToChange(await library.engine.describeLibrary(), text)
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
