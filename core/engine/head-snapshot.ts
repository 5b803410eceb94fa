import { Delta, type DeltaRun } from '../blocks/delta.ts'
import { type ScanResult, scanBlocks } from '../blocks/scan.ts'
import { packSet } from '../catalog/packed-set.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { type BlockKey, wipe } from '../crypto/sealed-block.ts'
import { dataBlocksOf } from '../images/data-ranges.ts'
import { untilTimesTell } from '../images/image-stamp.ts'
import { indexSet, runsOf, sizeOf, union } from '../lineage/index-set.ts'
import type { BegunSnapshot } from './begun-snapshot.ts'
import type { Context } from './context.ts'
import { newSealing } from './encryption-choice.ts'
import { finishSnapshot } from './finish-snapshot.ts'
import { bringManifests } from './first-manifests.ts'
import { type HeadChanges, headChangesOf } from './head-changes.ts'
import type { JobHandle } from './jobs.ts'
import type { NewDataKey } from './keyring.ts'
import type { Library } from './library.ts'
import { fetchNow } from './load-turns.ts'
import { newManifest } from './new-manifest.ts'
import { snapshotCreated } from './notifications.ts'
import { scanSealed } from './scan-sealed.ts'
import { packStamp } from './source-state.ts'
import { removeUnnamed } from './unnamed-files.ts'

/*
 * The steps of taking a snapshot of a volume's live state. One snapshot takes them alone; the
 * snapshots of a set begin in one transaction and are completed in one.
 */

type Found = {
  readonly row: VolumeRow
  readonly changes: HeadChanges
  readonly result: ScanResult
}

/** What reading the volume found. Its segment files are synced; no row names them yet. */
export type Scanned = Found & {
  /** What its blocks are sealed with, and its manifest; null: they are plain. */
  readonly sealed: { readonly dataKey: NewDataKey; readonly manifest: Buffer } | null
}

/** Reads what may have changed and writes what did, without a row that names it. */
export async function scanSnapshot(
  context: Context,
  snapshot: BegunSnapshot,
  job: JobHandle,
): Promise<Scanned> {
  const { library } = context
  const { image, sizeBytes, moment } = snapshot
  if (moment === null) await untilTimesTell(image.stamp)
  const runs = moment === null ? await dataBlocksOf(image.path, job.signal) : null
  const maybeData = runs === null ? null : indexSet(runs)
  // Asked anew: while this waited its turn, the base may have been deleted.
  const row = library.volumeRow(snapshot.row.id)
  const head = moment === null ? null : library.underWay.moments.headAt(moment)
  const changes = headChangesOf(library, row, head, sizeBytes, maybeData)
  // What the base has is not read. Where the base is gone, blocks have to be stored that may not be in
  // the volume's file yet.
  if (moment !== null) await fetchNow(context, row.id, changes.scan, job.signal)
  const totalBytes = sizeOf(changes.scan) * BLOCK_BYTES
  job.progress(0, totalBytes)
  const onProgress = (doneBytes: number) => job.progress(doneBytes, totalBytes)
  if (row.originKey !== null) {
    await library.keyring.ready()
    await bringManifests(library, job.signal)
  }
  const seal = row.originKey === null ? null : newSealing(library, row.originKey)
  try {
    const result =
      seal !== null && head !== null
        ? await scanSealed(library, row, head, changes.scan, seal.sealing, job.signal, onProgress)
        : await scanBlocks({
            path: image.path,
            stamp: image.stamp,
            sizeBytes,
            kept: moment?.kept?.shared ?? null,
            indices: changes.scan,
            zeros: moment === null ? 'hole' : 'fill',
            parent: changes.parent,
            segmentsDir: library.segmentsDir(row.region),
            compression: library.facts().compression,
            sealing: seal?.sealing ?? null,
            signal: job.signal,
            onProgress,
          })
    if (seal === null) return { row, changes, result, sealed: null }
    const { dataKey } = seal
    const manifest = await manifestFor(library, snapshot.id, { row, changes, result }, job.signal)
    return { row, changes, result, sealed: { dataKey, manifest } }
  } finally {
    seal?.sealing.identityKey.fill(0)
  }
}

/** Of an encrypted one. Gives back what was written where it fails. */
async function manifestFor(
  library: Library,
  id: SnapshotId,
  found: Found,
  signal: AbortSignal,
): Promise<Buffer> {
  const { row, changes, result } = found
  const { baseId, known } = changes
  const holes = union(result.holes, Delta.of(known).holes)
  let origin: BlockKey | undefined
  try {
    origin = library.keyring.keyOf(row.originKey!)
    const list = { baseId, blocks: result.blocks, holes }
    return await newManifest(library, library.snapshotRows().get(id)!, origin, list, signal)
  } catch (error) {
    removeScanned(error, library, [found])
    throw error
  } finally {
    if (origin !== undefined) wipe([origin])
  }
}

/** Gives back what was written for snapshots that are not going to be. */
export function removeScanned(error: unknown, library: Library, scanned: readonly Found[]): void {
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
  { id, row, image, sizeBytes, moment }: BegunSnapshot,
  { changes, result, sealed }: Scanned,
  at: number,
): number {
  const number = sealed && keepDataKey(library, id, sealed.dataKey, row)
  if (sealed !== null) library.manifests.insert(id, sealed.manifest)
  const delta = deltaOf(library, row, changes, result, number)
  library.snapshots.setParent(id, changes.baseId)
  const storedBytes = finishSnapshot(library, id, at, delta)
  library.tell(snapshotCreated(library.snapshotRows().get(id)!, at))
  const now = library.volumeRow(row.id)
  library.volumes.update({
    ...now,
    baseId: id,
    snapshotsTaken: now.snapshotsTaken + 1,
    ...(moment === null
      ? { sizeBytes, sourcePath: image.path, sourceStamp: packStamp(image.stamp) }
      : { dirty: packSet(library.underWay.moments.writtenAfter(moment)) }),
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
