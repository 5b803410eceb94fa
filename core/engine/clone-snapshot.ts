import { Delta, type DeltaRun } from '../blocks/delta.ts'
import { type RestoreRun, writeImage } from '../blocks/restore.ts'
import { packSet } from '../catalog/packed-set.ts'
import type { Input, Output } from '../contract/calls.ts'
import { show } from '../contract/show.ts'
import { EMPTY } from '../lineage/index-set.ts'
import { BlockMap } from './block-map.ts'
import { commandOf } from './command-line.ts'
import type { Context } from './context.ts'
import { assertSize, freeVolumeName, managedRow, startMaking } from './create-volume.ts'
import { volumeCreated } from './notifications.ts'
import { dataBytesOf } from './restore-snapshot.ts'
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
        try {
          library.change(() => {
            const at = clock()
            library.volumes.insert({
              ...row,
              originId: origin.id,
              baseId: origin.ownerId === row.ownerId ? origin.id : null,
              content: contentOf(map).encode(),
              dirty: packSet(EMPTY),
            })
            library.tell(volumeCreated(row, at))
            library.history.add({
              at,
              title: `Made volume ${show(name)} from ${show(origin.name)}`,
              command: commandOf(...['snapshot', 'restore', origin.id, '--volume', name], ...size),
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
