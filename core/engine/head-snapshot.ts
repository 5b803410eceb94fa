import { Delta, type DeltaRun } from '../blocks/delta.ts'
import { type ScanResult, scanBlocks } from '../blocks/scan.ts'
import { packSet } from '../catalog/packed-set.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { SnapshotId } from '../contract/ids.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { dataBlocksOf } from '../images/data-ranges.ts'
import type { ImageFile } from '../images/image-file.ts'
import { untilTimesTell } from '../images/image-stamp.ts'
import { EMPTY, type IndexSet, indexSet, runsOf, sizeOf } from '../lineage/index-set.ts'
import type { Context } from './context.ts'
import { newSealing } from './encryption-choice.ts'
import { finishSnapshot } from './finish-snapshot.ts'
import { livingBaseOf } from './head.ts'
import { type HeadChanges, headChangesOf } from './head-changes.ts'
import { newId } from './ids.ts'
import type { JobHandle } from './jobs.ts'
import type { NewDataKey } from './keyring.ts'
import type { Library } from './library.ts'
import { fetchNow } from './load-turns.ts'
import { snapshotCreated } from './notifications.ts'
import { pendingOf } from './pending-snapshots.ts'
import { scanSealed } from './scan-sealed.ts'
import { newSnapshotName } from './snapshot-names.ts'
import { openSource } from './snapshot-source.ts'
import { packStamp } from './source-state.ts'
import { removeUnnamed } from './unnamed-files.ts'

/*
 * The steps of taking a snapshot of a volume's live state. One snapshot takes them alone; the
 * snapshots of a set begin in one transaction and are completed in one.
 */

/** A snapshot that is being taken, and what of. Its image is open until it is closed. */
export type HeadSnapshot = {
  readonly id: SnapshotId
  readonly name: string
  readonly row: VolumeRow
  /** Opened anew where blocks had to be loaded to its file. */
  image: ImageFile
  readonly sizeBytes: number
}

/** What reading the volume found. Its segment files are synced; no row names them yet. */
export type Scanned = {
  readonly row: VolumeRow
  readonly changes: HeadChanges
  readonly result: ScanResult
  /** What its blocks are sealed with; null: they are plain. */
  readonly dataKey: NewDataKey | null
}

/** @throws StrataError NAME_REFUSED, NAME_TAKEN, or as `openSource` */
export function headSnapshotOf(
  library: Library,
  row: VolumeRow,
  wish: { readonly name?: string | undefined; readonly file?: string | undefined },
): HeadSnapshot {
  const place = { volumeId: row.id, ownerId: row.ownerId, region: row.region }
  const pending = pendingOf(library, row.id)
  const number = row.snapshotsTaken + pending.length + 1
  const name = newSnapshotName(library, place, wish.name, `s${number}`)
  // A volume never shrinks, not below a state either that is being read.
  const least = Math.max(row.sizeBytes, ...pending.map((each) => each.volumeSizeBytes))
  const image = openSource(library, { ...row, sizeBytes: least }, wish.file)
  // Only an image grows by itself. A managed volume's file may be longer than it is said to be,
  // where growing it was interrupted.
  const sizeBytes = row.kind === 'linked' ? image.stamp.sizeBytes : row.sizeBytes
  return { id: newId(SnapshotId, 'snap'), name, row, image, sizeBytes }
}

/**
 * When snapshots of these volumes start that are begun together.
 *
 * @param now milliseconds since 1970, UTC
 */
export function startOf(library: Library, rows: readonly VolumeRow[], now: number): number {
  const starts = rows.flatMap(({ id, baseId }) => {
    const base = livingBaseOf(library.lineage(), baseId).baseId
    const before = base === null ? [] : [library.snapshotRows().get(base)!]
    return [...before, ...pendingOf(library, id)].map(({ startedAt }) => startedAt)
  })
  // A parent never starts after its child, even when the clock was set back in between.
  return Math.max(now, ...starts.map((start) => start + 1))
}

/** Within a change. */
export function beginSnapshot(
  library: Library,
  { id, name, row, sizeBytes }: HeadSnapshot,
  description: string,
  startedAt: number,
): void {
  library.snapshots.begin({
    id,
    name,
    description,
    volumeId: row.id,
    ownerId: row.ownerId,
    region: row.region,
    copiedFrom: null,
    parentId: livingBaseOf(library.lineage(), row.baseId).baseId,
    startedAt,
    volumeSizeBytes: sizeBytes,
  })
}

/** Reads what may have changed and writes what did, without a row that names it. */
export async function scanSnapshot(
  context: Context,
  snapshot: HeadSnapshot,
  job: JobHandle,
): Promise<Scanned> {
  const { library } = context
  const { id, kind } = snapshot.row
  const isLinked = kind === 'linked'
  await untilTimesTell(snapshot.image.stamp)
  const runs = isLinked ? await dataBlocksOf(snapshot.image.path, job.signal) : null
  const maybeData = runs === null ? null : indexSet(runs)
  // Asked anew: while this waited its turn, the base may have been deleted.
  const row = library.volumeRow(id)
  const { sizeBytes } = snapshot
  const changes = headChangesOf(library, row, sizeBytes, maybeData)
  await loadWhatIsRead(context, snapshot, changes.scan, job.signal)
  const { image } = snapshot
  const totalBytes = sizeOf(changes.scan) * BLOCK_BYTES
  job.progress(0, totalBytes)
  const onProgress = (doneBytes: number) => job.progress(doneBytes, totalBytes)
  if (row.originKey !== null) await library.keyring.ready()
  const seal = row.originKey === null ? null : newSealing(library, row.originKey)
  try {
    const result =
      seal !== null && !isLinked
        ? await scanSealed(library, row, changes.scan, seal.sealing, job.signal, onProgress)
        : await scanBlocks({
            path: image.path,
            stamp: image.stamp,
            sizeBytes,
            indices: changes.scan,
            zeros: isLinked ? 'hole' : 'fill',
            parent: changes.parent,
            segmentsDir: library.segmentsDir(row.region),
            compression: library.facts().compression,
            sealing: seal?.sealing ?? null,
            signal: job.signal,
            onProgress,
          })
    return { row, changes, result, dataKey: seal?.dataKey ?? null }
  } finally {
    seal?.sealing.identityKey.fill(0)
  }
}

/**
 * What the base has is not read. Where the base is gone, blocks have to be stored that may not be
 * in the volume's file yet.
 */
async function loadWhatIsRead(
  context: Context,
  snapshot: HeadSnapshot,
  scan: IndexSet,
  signal: AbortSignal,
): Promise<void> {
  const { library } = context
  const { row } = snapshot
  if (!library.loadRows().has(row.id)) return
  await fetchNow(context, row.id, scan, signal)
  // Loading writes to the file, also for a snapshot before this one: that is no change of the volume.
  snapshot.image.close()
  snapshot.image = openSource(library, row, undefined)
  await untilTimesTell(snapshot.image.stamp)
}

/** Gives back what was written for snapshots that are not going to be. */
export function removeScanned(error: unknown, library: Library, scanned: readonly Scanned[]): void {
  const files = scanned.flatMap(({ row: { region }, result }) =>
    result.segments.map(({ file }) => library.segmentFile({ region, file })),
  )
  removeUnnamed(error, files)
}

/**
 * Within a change, from which on the snapshot exists. Its blocks and their folder are synced already.
 *
 * @returns how many bytes it stores
 */
export function completeSnapshot(
  library: Library,
  { id, row, image, sizeBytes }: HeadSnapshot,
  { changes, result, dataKey }: Scanned,
  at: number,
): number {
  const number = dataKey && keepDataKey(library, id, dataKey, row)
  const delta = deltaOf(library, row, changes, result, number)
  library.snapshots.setParent(id, changes.baseId)
  const storedBytes = finishSnapshot(library, id, at, delta)
  library.tell(snapshotCreated(library.snapshotRows().get(id)!, at))
  const now = library.volumeRow(row.id)
  library.volumes.update({
    ...now,
    baseId: id,
    sizeBytes,
    snapshotsTaken: now.snapshotsTaken + 1,
    ...(now.kind === 'linked'
      ? { sourcePath: image.path, sourceStamp: packStamp(image.stamp) }
      : { dirty: packSet(EMPTY) }),
  })
  return storedBytes
}

/** Of a volume's snapshot, whose origin it shares. @returns its number */
function keepDataKey(
  library: Library,
  id: SnapshotId,
  dataKey: NewDataKey,
  { originKey }: VolumeRow,
): number {
  const { keyId } = library.dataKeyRows().get(originKey!)!
  const number = library.keyring.keep(dataKey, id, keyId)
  library.snapshots.setKeys(id, number, originKey!)
  dataKey.bytes.fill(0)
  return number
}

/** Names the new segments and their blocks. @returns what the snapshot itself says */
function deltaOf(
  library: Library,
  { region }: VolumeRow,
  { known }: HeadChanges,
  { blocks, segments, holes, fills }: ScanResult,
  dataKey: number | null,
): Delta {
  const first = library.takeBlockIds(blocks.count)
  const endBlockId = first + blocks.count
  const segmentIds = segments.map(({ file, bytes }) =>
    library.segments.insert({ file, region, bytes, firstBlockId: first, endBlockId }),
  )
  function* records() {
    for (let i = 0; i < blocks.count; i += 1)
      yield blocks.recordOf(i, first + i, segmentIds, dataKey)
  }
  library.blocks.put(records())
  const runs: DeltaRun[] = [...known]
  for (const [start, end] of runsOf(holes)) runs.push({ kind: 'hole', start, end })
  for (const fill of fills) runs.push({ kind: 'fill', ...fill })
  for (const { start, end, first: at } of blocks.runs()) {
    runs.push({ kind: 'data', start, end, firstBlockId: first + at })
  }
  return Delta.of(runs)
}
