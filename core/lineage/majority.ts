import { UNWRITTEN } from '../contract/core-sample.ts'

/** Writers below 0 are UNWRITTEN and CHANGED. */
const OFFSET = 2

/**
 * Who has written most, while weights come and go. `settle` makes the answer right; of equals it
 * is the one that was the answer before, so that neighbours look alike, else the lowest place.
 */
export class Majority {
  best = UNWRITTEN
  weight = 0
  /** No other writer has more than this; what it really is, only a count of all would tell. */
  #nextAtMost = 0
  /** By writer, moved by OFFSET. */
  readonly #weights: Int32Array
  readonly #isListed: Uint8Array
  /** Every writer with a weight, and some that had one. */
  #listed: number[] = []

  /** @param placeCount writers are places below it, or CHANGED */
  constructor(placeCount: number) {
    this.#weights = new Int32Array(placeCount + OFFSET)
    this.#isListed = new Uint8Array(placeCount + OFFSET)
  }

  /** Adds blocks to a writer, or takes them away. */
  add(writer: number, weight: number): void {
    const at = writer + OFFSET
    const sum = this.#weights[at]! + weight
    this.#weights[at] = sum
    if (this.#isListed[at] === 0) {
      this.#isListed[at] = 1
      this.#listed.push(writer)
    }
    if (writer === this.best) this.weight = sum
    else if (sum > this.#nextAtMost) this.#nextAtMost = sum
  }

  settle(): void {
    if (this.weight > 0 && this.weight >= this.#nextAtMost) return
    const writers = this.#listed
    this.best = UNWRITTEN
    this.weight = 0
    this.#nextAtMost = 0
    this.#listed = []
    for (const writer of writers) {
      const weight = this.#weights[writer + OFFSET]!
      if (weight === 0) {
        this.#isListed[writer + OFFSET] = 0
        continue
      }
      this.#listed.push(writer)
      if (weight > this.weight || (weight === this.weight && writer < this.best)) {
        this.#nextAtMost = this.weight
        this.best = writer
        this.weight = weight
      } else if (weight > this.#nextAtMost) this.#nextAtMost = weight
    }
  }
}
