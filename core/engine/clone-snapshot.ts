import { Delta, type DeltaRun } from '../blocks/delta.ts'
import { type RestoreRun, writeImage } from '../blocks/restore.ts'
import { packSet } from '../catalog/packed-set.ts'
import type { SnapshotRow } from '../catalog/snapshots.ts'
import type { Input, Output } from '../contract/calls.ts'
import type { RegionName } from '../contract/ids.ts'
import { show } from '../contract/show.ts'
import { EMPTY } from '../lineage/index-set.ts'
import { BlockMap } from './block-map.ts'
import { commandOf } from './command-line.ts'
import type { Context } from './context.ts'
import {
  assertSize,
  encryptionOptions,
  freeVolumeName,
  insertVolume,
  managedRow,
  startMaking,
} from './create-volume.ts'
import {
  type Chosen,
  chosenForVolume,
  keyOfSnapshot,
  newVolumeSeal,
  readyKey,
  type VolumeSeal,
} from './encryption-choice.ts'
import type { JobHandle } from './jobs.ts'
import type { Library } from './library.ts'
import { volumeCreated } from './notifications.ts'
import { dataBytesOf } from './restore-snapshot.ts'
import { cloneSealed } from './sealed-clone.ts'
import { removeUnnamed } from './unnamed-files.ts'

/**
 * Makes a managed volume that reads what the snapshot reads. Its own snapshots will be incremental
 * to that one, if both have one owner; else the first is full. Fill blocks are taken over as such;
 * the rest is copied and checked.
 */
export function createVolumeFromSnapshot(
  context: Context,
  input: Input<'createVolumeFromSnapshot'>,
): Output<'createVolumeFromSnapshot'> {
  const { library, clock } = context
  const origin = library.completedRow(input.snapshotId)
  const sizeBytes = input.sizeBytes ?? origin.volumeSizeBytes
  assertSize(sizeBytes, origin.volumeSizeBytes)
  const size = sizeBytes === origin.volumeSizeBytes ? [] : ['--size', String(sizeBytes)]
  const name = freeVolumeName(library, input.name)
  const row = { ...managedRow(library, name, sizeBytes, clock()), region: origin.region }
  const file = library.volumeFile(row.id)
  const choice = chosenForVolume(library, origin, input, row.region)
  const jobId = startMaking(
    context,
    row,
    {
      kind: 'clone',
      title: `Volume ${name} from ${origin.name}`,
      snapshotId: origin.id,
      totalBytes: dataBytesOf(BlockMap.of(library, origin.id)),
    },
    (job) =>
      context.gate.share(job.signal, async () => {
        // It may have been deleted, and reclaimed, while this waited.
        library.completedRow(origin.id)
        const map = BlockMap.of(library, origin.id)
        const seal = await sealOfClone(context, origin, choice, row.region)
        const content =
          seal === null
            ? await clonePlain(library, file, sizeBytes, map, job)
            : await cloneSealed(library, row, seal, map, job)
        const isContinued = origin.ownerId === row.ownerId && continues(origin, seal)
        try {
          library.change(() => {
            const at = clock()
            const held = { content: content.encode(), dirty: packSet(EMPTY) }
            const baseId = isContinued ? origin.id : null
            insertVolume(library, { ...row, ...held, originId: origin.id, baseId }, seal)
            library.tell(volumeCreated(row, at))
            library.history.add({
              at,
              title: `Made volume ${show(name)} from ${show(origin.name)}`,
              command: commandOf(
                ...['snapshot', 'restore', origin.id, '--volume', name],
                ...size,
                ...encryptionOptions(input),
              ),
              storedDeltaBytes: 0,
              deletionId: null,
              account: row.ownerId,
            })
          })
        } catch (error) {
          removeUnnamed(error, [file])
          throw error
        }
        return { kind: 'volume', volumeId: row.id }
      }),
  )
  return { jobId }
}

/** null: the volume is plain. Under the key of the snapshot it goes back to the same origin. */
async function sealOfClone(
  context: Context,
  origin: SnapshotRow,
  choice: Chosen,
  region: RegionName,
): Promise<VolumeSeal | null> {
  if (choice.kind === 'plain') return null
  const keyId = await readyKey(context, choice, region)
  const isSameKey = keyOfSnapshot(context.library, origin) === keyId
  return newVolumeSeal(context.library, keyId, isSameKey ? origin.originKey : null)
}

/** Whether the next snapshot can be laid over it: only under the same key, or where both are plain. */
function continues(origin: SnapshotRow, seal: VolumeSeal | null): boolean {
  return (
    (seal?.originKey ?? null) === origin.originKey &&
    (seal === null) === (origin.originKey === null)
  )
}

async function clonePlain(
  library: Library,
  file: string,
  sizeBytes: number,
  map: BlockMap,
  job: JobHandle,
): Promise<Delta> {
  await writeImage({
    target: file,
    sizeBytes,
    runs: dataRuns(map),
    segmentFile: library.segmentFiles(),
    replace: false,
    sha256: false,
    signal: job.signal,
    onProgress: job.progress,
  })
  return contentOf(map)
}

function* dataRuns(map: BlockMap): Generator<RestoreRun> {
  for (const run of map.restoreRuns()) if (run.kind === 'data') yield run
}

function contentOf(map: BlockMap): Delta {
  return Delta.of(
    map.pieces.map(
      (piece): DeltaRun =>
        piece.kind === 'fill' ? piece : { ...piece, firstBlockId: piece.start },
    ),
  )
}
