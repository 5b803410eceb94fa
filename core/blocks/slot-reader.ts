import { BLOCK_BYTES } from '../contract/units.ts'
import { SEALED_BYTES, wipe } from '../crypto/sealed-block.ts'
import { blockError } from './fault-error.ts'
import { SegmentReader } from './segment-reader.ts'
import { slotOffset, type VolumeSlots } from './slots.ts'

/** Opens blocks of an encrypted volume one by one, in the thread that asks. */
export class SlotReader {
  readonly #volume: VolumeSlots
  readonly #reader = new SegmentReader()
  readonly #block = Buffer.allocUnsafeSlow(BLOCK_BYTES)

  /** @param volume its key is wiped by `close` */
  constructor(volume: VolumeSlots) {
    this.#volume = volume
  }

  /** @returns the block, valid until the next call @throws StrataError BLOCK_DAMAGED */
  read(index: number, slot: number): Buffer {
    const { file, key } = this.#volume
    const offset = slotOffset(slot)
    const place = { file, offset, length: SEALED_BYTES, encoding: 'sealed', sha256: null } as const
    const fault = this.#reader.read({ ...place, opening: { key, index } }, this.#block)
    if (fault !== null) throw blockError(fault, file, offset, index)
    return this.#block
  }

  close(): void {
    this.#reader.close()
    wipe([this.#volume.key])
  }
}
