import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { SnapshotId } from '../contract/ids.ts'
import type { Snapshot } from '../contract/model.ts'
import type { BinnedSnapshot } from '../contract/recycle-bin.ts'
import { show } from '../contract/show.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { commandOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { revive } from '../engine/delete-snapshots.ts'
import { heldIfDeleted } from '../engine/held-bytes.ts'
import type { Library } from '../engine/library.ts'
import { snapshotLeftBin } from '../engine/notifications.ts'
import { reclaim } from '../engine/reclaim-space.ts'
import { snapshotsOf } from '../engine/view.ts'
import { planRelease } from '../lineage/release.ts'

type BinnedRow = SnapshotRow & { binEnteredAt: number; binExitsAt: number }

/** What is in it of the account that asks, the next to go first. */
export function binOf(library: Library): BinnedSnapshot[] {
  const { account } = library
  const { of } = library.figures()
  const held = heldIfDeleted(library)
  const own = binnedRows(library).filter(({ ownerId }) => ownerId === account)
  return own.map((row) => {
    const { full, storedHere, released } = of.get(row.id)!
    return {
      snapshotId: row.id,
      name: row.name,
      description: row.description,
      volumeId: row.volumeId,
      ownerId: row.ownerId,
      region: row.region,
      state: 'recoverable' as const,
      startedAt: row.startedAt,
      enteredAt: row.binEnteredAt,
      exitsAt: row.binExitsAt,
      fullBytes: full * BLOCK_BYTES,
      storedHereBytes: storedHere * BLOCK_BYTES,
      releasedAtExitBytes: (released - (held.get(row.id) ?? 0)) * BLOCK_BYTES,
    }
  })
}

/** Takes a snapshot out of the bin, as it was. @throws StrataError InvalidSnapshot.NotFound */
export function recoverSnapshot(
  { library, jobs, clock }: Context,
  { snapshotId }: Input<'recoverSnapshot'>,
): Snapshot {
  const row = binnedRows(library).find(({ id }) => id === snapshotId)
  if (row === undefined || row.ownerId !== library.account) {
    throw new StrataError('InvalidSnapshot.NotFound', { snapshot: snapshotId })
  }
  library.change(() => {
    revive(library, row.id)
    forgetDeletions(library, [row])
    library.history.add({
      at: clock(),
      title: `Recovered ${show(row.name)} from the Recycle Bin`,
      command: commandOf(library, 'bin', 'recover', row.id),
      storedDeltaBytes: 0,
      deletionId: null,
    })
  })
  return snapshotsOf(library, jobs).find((snapshot) => snapshot.snapshotId === snapshotId)!
}

/** When the next one leaves the bin, in milliseconds since 1970, UTC; null: it is empty. */
export function nextExit(library: Library): number | null {
  return binnedRows(library)[0]?.binExitsAt ?? null
}

/** Deletes for good what has been in the bin for its time, and gives back its space. */
export function emptyBin(context: Context): void {
  const { library, clock } = context
  const at = clock()
  const due = binnedRows(library).filter(({ binExitsAt }) => binExitsAt <= at)
  if (due.length === 0) return
  library.change(() => {
    for (const row of due) library.snapshots.exitBin(row.id)
    forgetDeletions(library, due)
    for (const row of due) library.tell(snapshotLeftBin(row, row.binEnteredAt, at))
    tellHistory(library, due, at)
  })
  reclaim(context, { now: false })
}

/** One line for each: what comes back together is put down to the last of them. */
function tellHistory(library: Library, due: readonly BinnedRow[], at: number): void {
  const lineage = library.lineage()
  let released = 0
  for (const [i, row] of due.entries()) {
    const gone = due.slice(0, i + 1).map(({ id }) => id)
    const before = released
    released = planRelease(lineage, gone).released
    library.asker.as(row.ownerId, () =>
      library.history.add({
        at,
        title: `${show(row.name)} left the Recycle Bin for good`,
        command: commandOf(library, 'bin', 'ls'),
        storedDeltaBytes: (before - released) * BLOCK_BYTES,
        deletionId: null,
      }),
    )
  }
}

/** Within a change: a deletion of which nothing is left to undo is none. */
function forgetDeletions(library: Library, leaving: readonly SnapshotRow[]): void {
  const gone = new Set<SnapshotId>(leaving.map(({ id }) => id))
  const rows = [...library.snapshotRows().values()]
  const held = new Set(rows.filter(({ id }) => !gone.has(id)).map((row) => row.deletionId))
  for (const { id } of library.deletions.all()) if (!held.has(id)) library.deletions.remove(id)
}

function binnedRows(library: Library): BinnedRow[] {
  return [...library.snapshotRows().values()]
    .filter((row): row is BinnedRow => row.state === 'recoverable')
    .sort((a, b) => a.binExitsAt - b.binExitsAt)
}
