import { isListed, type SnapshotRow } from '../catalog/snapshot-row.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { SnapshotId } from '../contract/ids.ts'
import type {
  Head,
  LibraryView,
  Remnant,
  Snapshot,
  SnapshotFigures,
  Volume,
} from '../contract/model.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { sizeOf } from '../lineage/index-set.ts'
import { ownSnapshots, ownVolumes, snapshotsInReach } from './access.ts'
import { deletionsOf } from './deletions-view.ts'
import { encryptionOf, snapshotEncryption } from './encryption-view.ts'
import { foreignVolumes } from './foreign-volumes.ts'
import { changedSince, livingBaseOf, managedHead } from './head.ts'
import type { Jobs } from './jobs.ts'
import type { Library } from './library.ts'
import { statsOf } from './library-stats.ts'
import { pendingOf } from './pending-snapshots.ts'
import { NO_FIGURES, snapshotFigures } from './snapshot-figures.ts'
import { type Marks, marksOf } from './snapshot-marks.ts'
import { sourceOf } from './source-state.ts'
import { volumeLoadOf } from './volume-load.ts'

/** What only the wider world can tell. */
type OfTheWorld =
  | 'accounts'
  | 'bin'
  | 'retentionRules'
  | 'fastRestores'
  | 'policies'
  | 'regions'
  | 'newestCopies'
  | 'instances'
  | 'images'
  | 'snapshotSets'

/** What the account that asks sees of a library, without the wider world. */
export function viewOf(library: Library, jobs: Jobs): Omit<LibraryView, OfTheWorld> {
  const snapshots = snapshotsOf(library, jobs)
  const gone = ownSnapshots(library).filter((row) => !isListed(row))
  return {
    ...statsOf(library),
    name: library.name,
    isPractice: library.facts().isPractice,
    volumes: [...volumesOf(library), ...foreignVolumes(library, snapshots)],
    snapshots,
    remnants: gone.map((row) => remnantOf(library, row)),
    deletions: deletionsOf(library),
  }
}

/** Own ones. Removed ones are listed as long as a snapshot of theirs is. */
export function volumesOf(library: Library): Volume[] {
  const counts = new Map<string, number>()
  for (const row of ownSnapshots(library)) {
    if (row.state === 'deleted') continue
    // A copy is not a snapshot of the volume, nor is one that failed, but it still names it.
    counts.set(row.volumeId, (counts.get(row.volumeId) ?? 0) + Number(isOfVolume(row)))
  }
  return ownVolumes(library)
    .filter((row) => !row.isRemoved || counts.has(row.id))
    .map((row) => volumeOf(library, row, counts.get(row.id) ?? 0))
}

export function volumeOf(library: Library, row: VolumeRow, snapshotCount?: number): Volume {
  const ofThis = () =>
    ownSnapshots(library).filter((snapshot) => snapshot.volumeId === row.id && isOfVolume(snapshot))
      .length
  return {
    volumeId: row.id,
    name: row.name,
    ownerId: row.ownerId,
    region: row.region,
    kind: row.kind,
    identity: row.kind === 'linked' ? 'content' : 'write',
    sizeBytes: row.sizeBytes,
    format: 'raw',
    snapshotCount: snapshotCount ?? ofThis(),
    createdAt: row.createdAt,
    originId: row.originId,
    source: row.isRemoved ? null : sourceOf(row),
    head: headOf(library, row),
    encryption: encryptionOf(library, row.originKey),
    load: row.isRemoved ? null : volumeLoadOf(library, row.id),
    isRemoved: row.isRemoved,
    isToBeRemoved: library.underWay.leaving.has(row.id),
    tags: library.volumeTags.of(row.id, row.ownerId),
  }
}

/** Copies name a volume, too; they are not snapshots of it. */
function isOfVolume({ state, copiedFrom }: SnapshotRow): boolean {
  return copiedFrom === null && (state === 'pending' || state === 'completed')
}

function headOf(library: Library, row: VolumeRow): Head {
  const base = livingBaseOf(library.lineage(), row.baseId)
  const head = managedHead(row)
  if (head === undefined) return { baseId: base.baseId, dataBytes: null, changedBytes: null }
  return {
    baseId: base.baseId,
    dataBytes: sizeOf(head.content.data) * BLOCK_BYTES,
    changedBytes: sizeOf(changedSince(head, base)) * BLOCK_BYTES,
  }
}

export function snapshotsOf(library: Library, jobs: Jobs): Snapshot[] {
  const marks = marksOf(library)
  const figuresOf = snapshotFigures(library)
  return snapshotsInReach(library)
    .filter(isListed)
    .map((row) => {
      const figures = figuresOf(row.id)
      return figures === null
        ? snapshotOf(library, row, NO_FIGURES, marks(row), jobs.progressOf(row.id))
        : snapshotOf(library, row, figures, marks(row), 100)
    })
}

function snapshotOf(
  library: Library,
  row: SnapshotRow,
  figures: SnapshotFigures,
  marks: Marks,
  progress: number,
): Snapshot {
  return {
    snapshotId: row.id,
    name: row.name,
    description: row.description,
    volumeId: row.volumeId,
    ownerId: row.ownerId,
    region: row.region,
    copiedFrom: row.copiedFrom,
    parentId: livingParentOf(library, row),
    state: shownState(row),
    stateMessage: row.stateMessage,
    isToBeDeleted: row.state === 'pending' && row.deletionId !== null,
    progress,
    startedAt: row.startedAt,
    completedAt: row.completedAt,
    volumeSizeBytes: isFailedCopy(row) ? 0 : row.volumeSizeBytes,
    completionMinutes: row.completionMinutes,
    encryption: snapshotEncryption(library, row),
    ...marks,
    ...figures,
  }
}

function shownState({ state }: SnapshotRow): Snapshot['state'] {
  if (state === 'deleted' || state === 'recoverable')
    throw new Error(`What is ${state} is not shown`)
  return state
}

function isFailedCopy({ state, copiedFrom }: SnapshotRow): boolean {
  return state === 'error' && copiedFrom !== null
}

function remnantOf(library: Library, row: SnapshotRow): Remnant {
  return {
    snapshotId: row.id,
    name: row.name,
    volumeId: row.volumeId,
    region: row.region,
    parentId: livingParentOf(library, row),
    startedAt: row.startedAt,
    heldBytes: heldBlocksOf(library, row) * BLOCK_BYTES,
    inBinUntil: row.binExitsAt,
    isLeftByArchiving: row.isLeftByArchiving,
  }
}

function livingParentOf(library: Library, row: SnapshotRow): SnapshotId | null {
  if (row.ownerId !== library.account) return null
  if (row.state === 'error') return null
  if (row.state === 'pending') {
    const before = row.copiedFrom === null ? pendingOf(library, row.volumeId) : []
    const last = before.findLast(({ startedAt }) => startedAt < row.startedAt)
    return last?.id ?? livingBaseOf(library.lineage(), row.parentId).baseId
  }
  const lineage = library.lineage()
  const rows = library.snapshotRows()
  let parentId = lineage.aliveParentOf(row.id)
  // What lies in the bin is alive and not shown.
  while (parentId !== null && rows.get(SnapshotId.parse(parentId))?.state === 'recoverable') {
    parentId = lineage.aliveParentOf(parentId)
  }
  return parentId === null ? null : SnapshotId.parse(parentId)
}

function heldBlocksOf(library: Library, { id, state }: SnapshotRow): number {
  const { held, of } = library.figures()
  return (state === 'recoverable' ? of.get(id)?.storedHere : held.get(id)) ?? 0
}
