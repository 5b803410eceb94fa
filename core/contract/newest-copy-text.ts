import type { SnapshotId } from './ids.ts'
import type { Snapshot } from './model.ts'

/** Those of the doomed that the next copy to their region would be laid over. */
export function newestAmong(
  doomed: readonly Snapshot[],
  newestCopies: readonly SnapshotId[],
): Snapshot[] {
  const wanted = new Set(newestCopies)
  return doomed.filter(({ snapshotId }) => wanted.has(snapshotId))
}

/** What goes with these newest copies, besides bytes; null where there is none. */
export function newestCopyWarning(newest: readonly Snapshot[], isDone = false): string | null {
  const [only, ...more] = newest
  if (only === undefined) return null
  if (more.length === 0) {
    return isDone
      ? `${only.name} was the newest copy in ${only.region}: the next copy there is full.`
      : `${only.name} is the newest copy in ${only.region}: deleting it makes the next copy there full.`
  }
  const names = [...new Set(newest.map(({ region }) => region))]
  const regions = new Intl.ListFormat('en-GB').format(names)
  return isDone
    ? `Newest copies in ${regions} were among them: the next copies there are full.`
    : `Newest copies in ${regions} are among them: deleting them makes the next copies there full.`
}
