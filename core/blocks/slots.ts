import { type BlockKey, SEALED_BYTES } from '../crypto/sealed-block.ts'
import type { ImageStamp } from '../images/image-stamp.ts'

/*
 * The file of an encrypted volume: slots of 524,316 bytes, each with one sealed block.
 * (1) Which block lies in which slot, the catalog knows (`volume.content`). The other slots are free.
 * (2) Only free slots are written. They are synced before the catalog names them, so that no crash
 *     can cut a block in two: a block that is half of one sealing and half of another opens never.
 */

/** The file of an encrypted volume and what opens its blocks. */
export type VolumeSlots = { file: string; key: BlockKey }

export function slotOffset(slot: number): number {
  return slot * SEALED_BYTES
}

/** What is written over blocks on their way into slots. */
export type Overlay =
  | {
      kind: 'file'
      path: string
      stamp: ImageStamp
      /** Byte of the volume where the file begins. */
      offsetBytes: number
      /** Blocks that hold nothing but zeros then are left out (`HOLE`). */
      skipsZeros: boolean
    }
  | { kind: 'pattern'; pattern: Uint8Array; spans: { offsetBytes: number; lengthBytes: number }[] }
