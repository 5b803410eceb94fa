import { type BlockKey, identityOf, sealBlock, sha256Of } from '../crypto/sealed-block.ts'
import { type BlockWindow, SEALED, SERIALS_PER_THREAD } from './block-window.ts'
import type { SegmentWriter } from './segment-writer.ts'

/** How new blocks of a snapshot are sealed. */
export type Sealing = {
  key: BlockKey
  /** What `BlockSeal.identity` is made with. */
  identityKey: Uint8Array
}

/** Puts sealed blocks into segments, and what became of them into the window. */
export class SealedWriter {
  readonly #writer: SegmentWriter
  readonly #thread: number
  readonly #sealing: Sealing

  constructor(writer: SegmentWriter, thread: number, sealing: Sealing) {
    this.#writer = writer
    this.#thread = thread
    this.#sealing = sealing
  }

  /** @param sha256 of a block, without its seal */
  identityOf(sha256: Uint8Array): Buffer {
    return identityOf(this.#sealing.identityKey, sha256)
  }

  put(window: BlockWindow, i: number, block: Uint8Array, identity: Uint8Array): void {
    const sealed = sealBlock(this.#sealing.key, window.indices[i]!, block)
    const { serial, offset } = this.#writer.append(sealed)
    window.digestOf(i).set(sha256Of(sealed))
    window.identityOf(i).set(identity)
    window.segments[i] = this.#thread * SERIALS_PER_THREAD + serial
    window.offsets[i] = offset
    window.lengths[i] = sealed.length
    window.states[i] = SEALED
  }

  /** The keys are a copy of this thread's. */
  wipe(): void {
    this.#sealing.key.bytes.fill(0)
    this.#sealing.identityKey.fill(0)
  }
}
