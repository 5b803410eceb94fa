import { resealBlocks } from '../blocks/reseal.ts'
import type { ScanResult } from '../blocks/scan.ts'
import type { Sealing } from '../blocks/sealed-writer.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { wipe } from '../crypto/sealed-block.ts'
import { EMPTY, type IndexSet, sizeOf } from '../lineage/index-set.ts'
import type { ManagedHead } from './head.ts'
import type { Library } from './library.ts'
import { slotRuns, volumeSlots } from './sealed-volume.ts'

/** Blocks of an encrypted volume, sealed anew for a snapshot: a written block is a changed one. */
export async function scanSealed(
  library: Library,
  row: VolumeRow,
  { content }: ManagedHead,
  indices: IndexSet,
  sealing: Sealing,
  signal: AbortSignal,
  onProgress: (doneBytes: number) => void,
): Promise<ScanResult> {
  const volume = volumeSlots(library, row)
  try {
    const blockCount = sizeOf(indices)
    const { blocks, segments } = await resealBlocks({
      ...library.sources(),
      runs: slotRuns(volume, content, indices),
      blockCount,
      segmentsDir: library.segmentsDir(row.region),
      sealing,
      signal,
      onProgress,
    })
    const readBytes = blockCount * BLOCK_BYTES
    return { holes: EMPTY, fills: [], blocks, segments, readBytes, hashedBlocks: blockCount }
  } finally {
    wipe([volume.key])
  }
}
