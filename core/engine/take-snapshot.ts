import { Delta, type DeltaRun } from '../blocks/delta.ts'
import { type ScanResult, scanBlocks } from '../blocks/scan.ts'
import { packSet } from '../catalog/packed-set.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { Input, Output } from '../contract/calls.ts'
import { SnapshotId } from '../contract/ids.ts'
import { show } from '../contract/show.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { dataBlocksOf } from '../images/data-ranges.ts'
import type { ImageFile } from '../images/image-file.ts'
import { untilTimesTell } from '../images/image-stamp.ts'
import { EMPTY, indexSet, runsOf, sizeOf } from '../lineage/index-set.ts'
import { commandOf } from './command-line.ts'
import type { Context } from './context.ts'
import { giveUp } from './give-up.ts'
import { livingBaseOf } from './head.ts'
import { type HeadChanges, headChangesOf } from './head-changes.ts'
import { newId } from './ids.ts'
import type { JobHandle } from './jobs.ts'
import { checkDescription } from './names.ts'
import { snapshotCreated } from './notifications.ts'
import { newSnapshotName } from './snapshot-names.ts'
import { openSource } from './snapshot-source.ts'
import { packStamp } from './source-state.ts'
import { removeUnnamed } from './unnamed-files.ts'
import { assertIdle, usableVolume } from './usable-volume.ts'

/** A snapshot that is being taken, and what of. */
type Subject = {
  id: SnapshotId
  name: string
  row: VolumeRow
  image: ImageFile
  sizeBytes: number
}

/**
 * Takes a snapshot: the blocks that changed since the living base, or all that hold anything.
 * Whatever is wrong with the request or the file is told at once, before there is a job.
 */
export function takeSnapshot(
  context: Context,
  input: Input<'takeSnapshot'>,
): Output<'takeSnapshot'> {
  const { library, jobs } = context
  const row = usableVolume(library, input.volumeId)
  assertIdle(jobs, row)
  const name = newSnapshotName(
    library,
    { volumeId: row.id, region: row.region },
    input.name,
    `s${row.snapshotsTaken + 1}`,
  )
  const description = checkDescription(input.description ?? '')
  const image = openSource(library, row, input.file)
  try {
    // Only an image grows by itself. A managed volume's file may be longer than it is said to be,
    // where growing it was interrupted.
    const sizeBytes = row.kind === 'linked' ? image.stamp.sizeBytes : row.sizeBytes
    const subject = { id: newId(SnapshotId, 'snap'), name, row, image, sizeBytes }
    begin(context, subject, description)
    const jobId = jobs.start(
      {
        kind: 'snapshot',
        title: `Snapshot ${name} of ${row.name}`,
        volumeId: row.id,
        snapshotId: subject.id,
        totalBytes: sizeBytes,
      },
      async (job) => {
        try {
          await context.gate.share(job.signal, () => run(context, subject, job))
          return { kind: 'snapshot', snapshotId: subject.id }
        } catch (error) {
          giveUp(context, subject.id, error)
          throw error
        } finally {
          image.close()
        }
      },
    )
    return { jobId, snapshotId: subject.id }
  } catch (error) {
    image.close()
    throw error
  }
}

function begin({ library, clock }: Context, subject: Subject, description: string): void {
  const { baseId } = livingBaseOf(library.lineage(), subject.row.baseId)
  const base = baseId === null ? undefined : library.snapshotRows().get(baseId)
  library.change(() =>
    library.snapshots.begin({
      id: subject.id,
      name: subject.name,
      description,
      volumeId: subject.row.id,
      region: subject.row.region,
      copiedFrom: null,
      parentId: baseId,
      // A parent never starts after its child, even when the clock was set back in between.
      startedAt: Math.max(clock(), (base?.startedAt ?? -1) + 1),
      volumeSizeBytes: subject.sizeBytes,
    }),
  )
}

async function run(context: Context, subject: Subject, job: JobHandle): Promise<void> {
  const { library } = context
  const { image, sizeBytes } = subject
  const isLinked = subject.row.kind === 'linked'
  await untilTimesTell(image.stamp)
  const runs = isLinked ? await dataBlocksOf(image.path, job.signal) : null
  const maybeData = runs === null ? null : indexSet(runs)
  // Asked anew: while this waited its turn, the base may have been deleted.
  const row = library.volumeRow(subject.row.id)
  const changes = headChangesOf(library, row, sizeBytes, maybeData)
  const totalBytes = sizeOf(changes.scan) * BLOCK_BYTES
  job.progress(0, totalBytes)
  const scanned = await scanBlocks({
    path: image.path,
    stamp: image.stamp,
    sizeBytes,
    indices: changes.scan,
    zeros: isLinked ? 'hole' : 'fill',
    parent: changes.parent,
    segmentsDir: library.segmentsDir(row.region),
    compression: library.facts().compression,
    signal: job.signal,
    onProgress: (doneBytes) => job.progress(doneBytes, totalBytes),
  })
  try {
    job.signal.throwIfAborted()
    image.assertUnchanged()
    library.change(() => complete(context, subject, changes, scanned))
  } catch (error) {
    removeUnnamed(
      error,
      scanned.segments.map(({ file }) => library.segmentFile({ region: row.region, file })),
    )
    throw error
  }
}

/** In one transaction the snapshot comes to exist. Its blocks and their folder are synced already. */
function complete(
  { library, clock }: Context,
  { id, name, row, image, sizeBytes }: Subject,
  { baseId, known }: HeadChanges,
  { blocks, segments, holes, fills }: ScanResult,
): void {
  const first = library.takeBlockIds(blocks.count)
  const endBlockId = first + blocks.count
  const segmentIds = segments.map(({ file, bytes }) =>
    library.segments.insert({ file, region: row.region, bytes, firstBlockId: first, endBlockId }),
  )
  function* records() {
    for (let i = 0; i < blocks.count; i += 1) yield blocks.recordOf(i, first + i, segmentIds)
  }
  library.blocks.put(records())

  const runs: DeltaRun[] = [...known]
  for (const [start, end] of runsOf(holes)) runs.push({ kind: 'hole', start, end })
  for (const fill of fills) runs.push({ kind: 'fill', ...fill })
  for (const { start, end, first: at } of blocks.runs()) {
    runs.push({ kind: 'data', start, end, firstBlockId: first + at })
  }
  const delta = Delta.of(runs)
  library.snapshots.setParent(id, baseId)
  const at = clock()
  library.snapshots.complete(id, at, delta.encode())
  library.tell(snapshotCreated(library.snapshotRows().get(id)!, at))

  const now = library.volumeRow(row.id)
  const isElsewhere = now.kind === 'linked' && now.sourcePath !== image.path
  const newState = isElsewhere ? ['--from', image.path] : []
  library.volumes.update({
    ...now,
    baseId: id,
    sizeBytes,
    snapshotsTaken: now.snapshotsTaken + 1,
    ...(now.kind === 'linked'
      ? { sourcePath: image.path, sourceStamp: packStamp(image.stamp) }
      : { dirty: packSet(EMPTY) }),
  })
  library.history.add({
    at,
    title: `Took snapshot ${show(name)} of ${show(row.name)}`,
    command: commandOf(...['snapshot', 'create', row.name, '--name', name], ...newState),
    storedDeltaBytes: sizeOf(delta.data) * BLOCK_BYTES,
    deletionId: null,
  })
}
