import type { Input } from '../contract/calls.ts'
import type { Volume } from '../contract/model.ts'
import { blocksIn } from '../contract/units.ts'
import { intersect, span } from '../lineage/index-set.ts'
import type { Context } from './context.ts'
import { fetchBlocks, NEVER } from './load-turns.ts'
import { usableVolume } from './usable-volume.ts'
import { volumeOf } from './view.ts'

/** Loads these blocks at once, ahead of what loads in the background; those that are there stay. */
export async function touchVolume(
  context: Context,
  { volumeId, firstBlock, blockCount }: Input<'touchVolume'>,
): Promise<Volume> {
  const { library, jobs } = context
  const row = usableVolume(library, volumeId)
  const inside = span(0, blocksIn(row.sizeBytes))
  const blocks = intersect(inside, span(firstBlock, firstBlock + blockCount))
  try {
    const mayRun = () => jobs.holding(volumeId).length === 0
    await fetchBlocks(context, volumeId, blocks, NEVER, mayRun)
  } finally {
    context.loaders.of(volumeId).commit()
  }
  return volumeOf(library, usableVolume(library, volumeId))
}
