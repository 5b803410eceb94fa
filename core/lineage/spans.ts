import { HOLE, type Parts } from './parts.ts'

/**
 * The stored blocks of a chain, where no node has two children, by who reads them. What a node
 * stores is read from its place up to where a later one says otherwise, whoever is alive: so there
 * are far fewer spans than versions, and most questions about a chain are answered from them.
 */
export class Spans {
  /** By span: place of the node that stores them. */
  readonly places: Uint32Array
  /** By span: the first place that does not read them any more. */
  readonly ends: Uint32Array
  /** By span: OWN or ADOPTED. */
  readonly kinds: Uint8Array
  /** By span: how many blocks. */
  readonly weights: Uint32Array

  /**
   * Time O(versions).
   *
   * @param endPlace one more than the last place of the chain
   */
  constructor({ all, intervals }: Parts, firstPlace: number, endPlace: number) {
    const { bounds, count } = intervals
    const spans = { places: [] as number[], ends: [] as number[], kinds: [] as number[] }
    const weights: number[] = []
    // By interval: the first place behind the one we are at that says something about it.
    const hiddenFrom = new Uint32Array(count).fill(endPlace)
    const weightTo = new Uint32Array(endPlace - firstPlace + 1)
    const met = new Uint32Array(weightTo.length)
    for (let at = all.length - 1; at >= 0; at--) {
      const { place, kind, bounds: runs } = all[at]!
      let metCount = 0
      for (let word = 0; word < runs.length; word += 2) {
        const end = runs[word + 1]!
        for (let i = runs[word]!; i < end; i++) {
          const offset = hiddenFrom[i]! - firstPlace
          hiddenFrom[i] = place
          if (weightTo[offset] === 0) met[metCount++] = offset
          weightTo[offset]! += bounds[i + 1]! - bounds[i]!
        }
      }
      for (let next = 0; next < metCount; next++) {
        const offset = met[next]!
        if (kind !== HOLE) {
          spans.places.push(place)
          spans.ends.push(firstPlace + offset)
          spans.kinds.push(kind)
          weights.push(weightTo[offset]!)
        }
        weightTo[offset] = 0
      }
    }
    this.places = new Uint32Array(spans.places)
    this.ends = new Uint32Array(spans.ends)
    this.kinds = new Uint8Array(spans.kinds)
    this.weights = new Uint32Array(weights)
  }
}
