/** Blocks that a thread takes at a time: 4 MiB, long enough a read and a write. */
export const UNIT_BLOCKS = 8
/** Blocks in a window: 4 GiB of an image in 700 KiB of shared memory. */
export const WINDOW_BLOCKS = 8_192
export const DIGEST_BYTES = 32
/** `segments` of a scan: thread * this + the segment's serial number in that thread. */
export const SERIALS_PER_THREAD = 2 ** 24

/** A window as it crosses to a thread. */
export type SharedWindow = { memory: SharedArrayBuffer; capacity: number; count: number }

/** Of 32-bit numbers. */
const COLUMNS = 6

/** What `states` says before a scan: what the parent holds. */
export const PARENT_DATA = 1
export const PARENT_FILL = 2
/** What `states` says after a scan, or for writing and checking. 0: nothing to do. */
export const RAW = 1
export const ZSTD = 2
export const FILL = 3
export const HOLE = 4
export const SEALED = 5
/** Sealed, in the file of a volume: it has no SHA-256. */
export const SLOT = 6

/**
 * Columns for some blocks in memory that threads share: which, what, and where they lie. Each item
 * is touched by one thread only, the one that took its unit from `next`.
 */
export class BlockWindow {
  /** The next unit to take, for Atomics. */
  readonly next: Int32Array
  readonly indices: Uint32Array
  readonly segments: Uint32Array
  readonly offsets: Uint32Array
  readonly lengths: Uint32Array
  /** Which of the window's keys opens it. */
  readonly keys: Uint32Array
  /** The slot of a volume's file that it goes to. */
  readonly targets: Uint32Array
  readonly states: Uint8Array
  /** SHA-256, or a fill's pattern in the first 16 bytes. */
  readonly digests: Uint8Array
  /** Of sealed blocks: `BlockSeal.identity`. */
  readonly identities: Uint8Array
  readonly capacity: number
  readonly #memory: SharedArrayBuffer
  count: number

  constructor(capacity: number, shared?: SharedWindow) {
    this.capacity = capacity
    this.count = shared?.count ?? 0
    const columnBytes = capacity * 4
    const statesAt = 4 + COLUMNS * columnBytes
    const digestsAt = statesAt + capacity + ((4 - (capacity % 4)) % 4)
    const digestBytes = capacity * DIGEST_BYTES
    this.#memory = shared?.memory ?? new SharedArrayBuffer(digestsAt + 2 * digestBytes)
    const column = (n: number) => new Uint32Array(this.#memory, 4 + n * columnBytes, capacity)
    this.next = new Int32Array(this.#memory, 0, 1)
    this.indices = column(0)
    this.segments = column(1)
    this.offsets = column(2)
    this.lengths = column(3)
    this.keys = column(4)
    this.targets = column(5)
    this.states = new Uint8Array(this.#memory, statesAt, capacity)
    this.digests = new Uint8Array(this.#memory, digestsAt, digestBytes)
    this.identities = new Uint8Array(this.#memory, digestsAt + digestBytes, digestBytes)
  }

  static of(shared: SharedWindow): BlockWindow {
    return new BlockWindow(shared.capacity, shared)
  }

  get shared(): SharedWindow {
    return { memory: this.#memory, capacity: this.capacity, count: this.count }
  }

  get isFull(): boolean {
    return this.count === this.capacity
  }

  clear(): void {
    this.count = 0
    this.next[0] = 0
  }

  /** The bytes that item `i` must hash to, or a fill's pattern with zeros after it. */
  digestOf(i: number): Uint8Array {
    return this.digests.subarray(i * DIGEST_BYTES, (i + 1) * DIGEST_BYTES)
  }

  identityOf(i: number): Uint8Array {
    return this.identities.subarray(i * DIGEST_BYTES, (i + 1) * DIGEST_BYTES)
  }

  /**
   * Takes units until none is left or the job is cancelled.
   *
   * @param each items `from` to `to - 1` are the caller's alone
   */
  takeUnits(isCancelled: () => boolean, each: (from: number, to: number) => void): void {
    while (!isCancelled()) {
      const from = Atomics.add(this.next, 0, 1) * UNIT_BLOCKS
      if (from >= this.count) return
      each(from, Math.min(from + UNIT_BLOCKS, this.count))
    }
  }
}
