import { Delta } from '../blocks/delta.ts'
import { type RestoreRun, writeImage } from '../blocks/restore.ts'
import type { Output } from '../contract/calls.ts'
import type { VolumeId } from '../contract/ids.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { readAuthentic } from './authentic.ts'
import { BlockMap } from './block-map.ts'
import type { Context } from './context.ts'
import { type Credit, insertVolume, startMaking } from './create-volume.ts'
import { type Clone, stepOf } from './new-clone.ts'
import { removeUnnamed } from './unnamed-files.ts'
import { volumeCreated } from './volume-notifications.ts'

/**
 * Makes a plain volume of a snapshot that is there once all of its blocks are: nothing is loaded
 * afterwards, and nothing when it is touched.
 */
export function makeWhole(
  context: Context,
  clone: Clone,
  credit: Credit,
): Output<'createVolumeFromSnapshot'> {
  const { library, clock } = context
  const { origin, row } = clone
  const begin = {
    kind: 'clone' as const,
    title: `Volume ${row.name} from ${origin.name}`,
    snapshotId: origin.id,
    totalBytes: storedBlocksOf(BlockMap.of(library, origin.id)) * BLOCK_BYTES,
  }
  const work: Parameters<typeof startMaking>[3] = (job) =>
    context.gate.share(job.signal, async () => {
      // It may have been deleted, and reclaimed, while this waited.
      library.readableRow(origin.id)
      const map = BlockMap.of(library, origin.id)
      const target = library.volumeFile(row.id)
      await readAuthentic(library, origin, job.signal, (runs) =>
        writeImage({
          target,
          sizeBytes: row.sizeBytes,
          runs: storedRuns(runs),
          ...library.sources(),
          replace: false,
          sha256: false,
          signal: job.signal,
          onProgress: job.progress,
        }),
      )
      try {
        library.change(() => {
          const at = clock()
          insertVolume(library, row, null)
          library.loads.insert(wholeLoad(row.id, map, true))
          library.tell(volumeCreated(row, at, library.asker.requestId))
          library.history.add({ ...stepOf(library, clone), at })
          clone.alongside(row)
        })
      } catch (error) {
        removeUnnamed(error, [target])
        throw error
      }
      return { kind: 'volume', volumeId: row.id }
    })
  return { jobId: startMaking(context, row, begin, work, credit), volumeId: row.id }
}

/** What there was to load, of a volume that has all of it. */
export function wholeLoad(id: VolumeId, map: BlockMap, isFastRestored: boolean) {
  return {
    id,
    unloaded: Delta.EMPTY.encode(),
    rateMiBPerS: null,
    totalBlocks: storedBlocksOf(map),
    isFastRestored,
  }
}

/** Fill blocks lie in the catalog alone. */
function* storedRuns(runs: Iterable<RestoreRun>): Generator<RestoreRun> {
  for (const run of runs) if (run.kind === 'data') yield run
}

function storedBlocksOf({ pieces }: BlockMap): number {
  const stored = pieces.filter(({ kind }) => kind === 'data')
  return stored.reduce((sum, { start, end }) => sum + end - start, 0)
}
