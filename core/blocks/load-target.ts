import { BLOCK_BYTES } from '../contract/units.ts'
import { type BlockKey, sealBlock } from '../crypto/sealed-block.ts'
import { writeFully } from './full-write.ts'
import { slotOffset } from './slots.ts'

/** Where blocks are put that are loaded to a volume. */
export type LoadTarget = { put(index: number, block: Buffer): void }

type OpenFile = { fd: number; path: string }

/** Its place in the file of a plain volume; the last block is cut to `sizeBytes`. */
export function plainTarget({ fd, path }: OpenFile, sizeBytes: number): LoadTarget {
  return {
    put(index, block) {
      const at = index * BLOCK_BYTES
      writeFully(fd, path, block.subarray(0, sizeBytes - at), at)
    },
  }
}

/** Its slot in the file of an encrypted one: sealed before any byte is written. */
export function slotTarget(
  { fd, path }: OpenFile,
  key: BlockKey,
  slotOf: (index: number) => number,
): LoadTarget {
  return {
    put(index, block) {
      writeFully(fd, path, sealBlock(key, index, block), slotOffset(slotOf(index)))
    },
  }
}
