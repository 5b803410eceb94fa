import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Input } from '../contract/calls.ts'
import type { Deletion, DeletionPlan } from '../contract/deletion.ts'
import { StrataError } from '../contract/errors.ts'
import { DeletionId, SnapshotId } from '../contract/ids.ts'
import { show } from '../contract/show.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { figuresOf } from '../lineage/figures.ts'
import { planRelease } from '../lineage/release.ts'
import { commandOf } from './command-line.ts'
import type { Context } from './context.ts'
import { deletionsOf } from './deletions-view.ts'
import { heldAfter, heldIfDeleted } from './held-bytes.ts'
import { newId } from './ids.ts'
import type { Library } from './library.ts'
import { storedBlocksOf } from './library-stats.ts'
import { freeName } from './names.ts'
import { namedBeside } from './snapshot-names.ts'
import type { Line } from './told-change.ts'

/** A plan that knows nothing of the wider world. */
export type Release = Omit<DeletionPlan, 'pinned' | 'binned' | 'releasedNowBytes'>

/** What deleting these together does. Changes nothing. */
export function planDeletion(library: Library, ids: readonly SnapshotId[]): Release {
  const rows = [...new Set(ids)].map((id) => doomableRow(library, id))
  const idsIn = (state: SnapshotRow['state']) =>
    rows.filter((row) => row.state === state).map(({ id }) => id)
  const doomed = idsIn('completed')
  const plan = planRelease(library.lineage(), doomed, library.figures())
  const { heldBytes, heldBy } = heldAfter(library, doomed)
  const releasedBytes = plan.released * BLOCK_BYTES - heldBytes
  const heldAlone = heldIfDeleted(library)
  const heldSum = doomed.reduce((sum, id) => sum + (heldAlone.get(id) ?? 0), 0)
  const singleSumBytes = (plan.singleSum - heldSum) * BLOCK_BYTES
  const storedBytesBefore = storedBlocksOf(library) * BLOCK_BYTES
  return {
    snapshotIds: rows.map(({ id }) => id),
    pendingIds: idsIn('pending'),
    releasedBytes,
    heldBytes,
    heldBy,
    singleSumBytes,
    surplusBytes: releasedBytes - singleSumBytes,
    keptBytes: plan.kept * BLOCK_BYTES,
    heirs: plan.heirs.map(({ id, inherited }) => ({
      snapshotId: SnapshotId.parse(id),
      inheritedBytes: inherited * BLOCK_BYTES,
    })),
    storedBytesBefore,
    storedBytesAfter: storedBytesBefore - plan.released * BLOCK_BYTES,
    revision: library.facts().revision,
  }
}

/** @throws StrataError InvalidSnapshot.NotFound, DELETED_ALREADY */
function doomableRow(library: Library, id: SnapshotId): SnapshotRow {
  const row = library.snapshotRow(id)
  if (row.deletionId !== null) throw new StrataError('DELETED_ALREADY', { snapshot: row.name })
  return row
}

/** What snapshots are deleted in. */
export type LargerChange = {
  /** What else the transaction does, first. */
  readonly work: () => void
  /** Who deletes, where it is not whoever asks. */
  readonly by?: string
  /** Its own line of history, which tells of the deletion as well; else that has one. */
  readonly line?: Line
}

/**
 * Marks the snapshots as deleted, all or none. Their space comes back when it is reclaimed; one that
 * is pending goes when it is completed.
 *
 * @param binMs those that go to the Recycle Bin instead, and for how long, in milliseconds
 * @param larger the change that this is a part of, if it is
 */
export function deleteSnapshots(
  { library, clock }: Context,
  input: Input<'deleteSnapshots'>,
  binMs: ReadonlyMap<SnapshotId, number>,
  larger?: LargerChange,
): Deletion {
  const ids = [...new Set(input.snapshotIds)]
  const names = ids.map((id) => doomableRow(library, id).name)
  const going = ids.filter((id) => !binMs.has(id))
  const plan = planDeletion(library, going)
  const { revision, releasedBytes, storedBytesBefore, storedBytesAfter } = plan
  if (revision !== input.revision) {
    throw new StrataError('PLAN_STALE', { previewed: input.revision, current: revision })
  }
  const deletionId = newId(DeletionId, 'del')
  const at = clock()
  library.change(() => {
    larger?.work()
    library.deletions.insert({
      id: deletionId,
      deletedAt: at,
      undoableUntil: input.undoableMs === 0 ? null : at + input.undoableMs,
      releasedBytes,
    })
    for (const id of going) library.snapshots.markDeleted(id, deletionId)
    for (const [id, ms] of binMs) library.snapshots.enterBin(id, deletionId, at, at + ms)
    const line = larger?.line ?? null
    const deed = deedOf(names, going.length === 0)
    library.history.add({
      at,
      title: line === null ? titleOf(deed, larger?.by) : `${line.title} and ${deed}`,
      command: commandOf(library, ...(line?.command ?? wordsOf(ids, input))),
      storedDeltaBytes: storedBytesAfter - storedBytesBefore,
      // What can be undone of another change is not all of it.
      deletionId: line === null ? deletionId : null,
    })
  })
  return deletionsOf(library).find((deletion) => deletion.deletionId === deletionId)!
}

function wordsOf(
  ids: readonly SnapshotId[],
  { undoableMs }: Input<'deleteSnapshots'>,
): readonly string[] {
  return ['snapshot', 'delete', ...ids, ...(undoableMs === 0 ? [] : ['--undoable'])]
}

function deedOf(names: readonly string[], isBinned: boolean): string {
  const what = names.length === 1 ? show(names[0]!) : `${names.length} snapshots`
  return isBinned ? `moved ${what} to the Recycle Bin` : `deleted ${what}`
}

function titleOf(deed: string, by: string | undefined): string {
  const title = deed[0]!.toUpperCase() + deed.slice(1)
  return by === undefined ? title : `${title} by ${by}`
}

/** Takes back a deletion whose space is still there: the newest, unless one is named. */
export function undoDeletion({ library, clock }: Context, input: Input<'undoDeletion'>): Deletion {
  const all = deletionsOf(library)
  const deletion =
    input.deletionId === undefined
      ? all.at(-1)
      : all.find(({ deletionId }) => deletionId === input.deletionId)
  if (deletion === undefined) throw new StrataError('NOTHING_TO_UNDO', {})
  const storedBefore = library.figures().stored
  const storedAfter = storedWith(library, deletion.snapshotIds)
  library.change(() => {
    for (const id of deletion.snapshotIds) revive(library, id)
    library.deletions.remove(deletion.deletionId)
    library.history.markUndone(deletion.deletionId)
    library.history.add({
      at: clock(),
      title: `Undid the deletion of ${deletion.names.map(show).join(', ')}`,
      command: commandOf(library, 'undo'),
      storedDeltaBytes: (storedAfter - storedBefore) * BLOCK_BYTES,
      deletionId: null,
    })
  })
  return deletion
}

/** What the library would store, in blocks, if these were alive again; the pending ones never were. */
function storedWith(library: Library, ids: readonly SnapshotId[]): number {
  const lineage = library.lineage()
  return figuresOf(lineage.withAlive(ids.filter((id) => lineage.has(id)))).stored
}

/** Within a change. Another may have the name by now: the one that comes back gets a new one. */
export function revive(library: Library, id: SnapshotId): void {
  const row = library.snapshotRows().get(id)!
  const others = namedBeside(library, row).filter((other) => other.id !== id)
  const taken = new Set(others.map(({ name }) => name))
  if (taken.has(row.name)) library.snapshots.rename(id, freeName(row.name, taken))
  library.snapshots.markLiving(id)
}
