import { creditsAt, type FastRestore } from '../core/contract/fast-restore.ts'
import type { SnapshotId } from '../core/contract/ids.ts'
import type { LibraryView } from '../core/contract/model.ts'
import { type Answer, answer } from './answer.ts'
import { UsageError } from './failure.ts'
import { snapshotToChange } from './find.ts'
import { formatInstant } from './instant.ts'
import { FastRestoreJson } from './json.ts'
import type { Library } from './library.ts'
import { type facts, safeName } from './table.ts'

/** The options of `snapshot fast-restore`, as they are given. */
export type FastRestoreOptions = { readonly on?: boolean; readonly off?: boolean }

/** @throws UsageError unless just one of the two options is given */
export async function setFastRestore(
  library: Library,
  text: string,
  { on = false, off = false }: FastRestoreOptions,
): Promise<Answer> {
  if (on === off) throw new UsageError('Give either --on or --off.')
  const { snapshotId, name } = snapshotToChange(await library.engine.describeLibrary(), text)
  const fast = await library.engine.setFastRestore({ snapshotId, isOn: on })
  return answer(FastRestoreJson, fast, `${safeName(name)}: ${fastRestoreText(fast)}`)
}

/** As lines of the description of a snapshot. */
export function fastRestoreFacts(view: LibraryView, id: SnapshotId): Parameters<typeof facts>[0] {
  const fast = fastRestoreOf(view, id)
  return fast === null ? [] : [['Fast restore', fastRestoreText(fast)]]
}

/** "enabled, 3.2 credits of 10 (10 an hour)"; "optimizing until 2026-11-22 10:15:00". */
export function fastRestoreText(fast: FastRestore): string {
  const { state, nextStateAt, countedAt, maxCredits, creditsPerHour } = fast
  if (nextStateAt !== null) return `${state} until ${formatInstant(nextStateAt)}`
  if (state !== 'enabled') return state
  const credits = Math.floor(creditsAt(fast, countedAt) * 10) / 10
  return `${state}, ${credits} credits of ${digits(maxCredits)} (${digits(creditsPerHour)} an hour)`
}

const digits = (value: number) => String(Math.round(value * 10_000) / 10_000)

export function fastRestoreOf(view: LibraryView, id: SnapshotId): FastRestore | null {
  return view.fastRestores.find(({ snapshotId }) => snapshotId === id) ?? null
}
