import { type IndexSet, intersect, RunWriter, runsOf } from '../lineage/index-set.ts'
import { decodeRuns, encodeRuns } from './delta-codec.ts'

/** Blocks `start` to `end - 1` of a volume, as a snapshot itself holds them. */
export type DeltaRun =
  /** Reads as zeros; nothing is stored. */
  | { kind: 'hole'; start: number; end: number }
  /** Each block repeats one pattern of 16 bytes. */
  | { kind: 'fill'; start: number; end: number; pattern: Buffer }
  /** Stored blocks `firstBlockId`, `firstBlockId + 1` and so on. */
  | { kind: 'data'; start: number; end: number; firstBlockId: number }

/** What a snapshot itself holds: sorted runs, none overlapping, neighbours joined. Never changed. */
export class Delta {
  static readonly EMPTY = new Delta([])

  readonly #runs: readonly DeltaRun[]
  #data: IndexSet | undefined
  #holes: IndexSet | undefined
  #stored: IndexSet | undefined

  private constructor(runs: readonly DeltaRun[]) {
    this.#runs = runs
  }

  /**
   * @param runs in any order; empty ones are dropped
   * @throws Error when two overlap
   */
  static of(runs: Iterable<DeltaRun>): Delta {
    const sorted = [...runs].filter((run) => run.start < run.end).sort((a, b) => a.start - b.start)
    const joined: DeltaRun[] = []
    for (const run of sorted) push(joined, run)
    return new Delta(joined)
  }

  /**
   * Reads what `encode` wrote.
   *
   * @throws Error naming the offset of the first byte that makes no sense
   */
  static decode(blob: Uint8Array): Delta {
    return new Delta(decodeRuns(blob))
  }

  /** Packed: a header byte, then three to six bytes for a typical run. */
  encode(): Buffer {
    return encodeRuns(this.#runs)
  }

  runs(): readonly DeltaRun[] {
    return this.#runs
  }

  /** Runs clipped to blocks `start` to `end - 1`. Time O(log runs + what is found). */
  *runsIn(start: number, end: number): Generator<DeltaRun> {
    for (let i = this.#firstEndingAfter(start); i < this.#runs.length; i++) {
      const run = this.#runs[i]!
      if (run.start >= end) return
      yield clip(run, Math.max(start, run.start), Math.min(end, run.end))
    }
  }

  /** Blocks with data: stored ones and fills. */
  get data(): IndexSet {
    this.#data ??= this.#indices((run) => run.kind !== 'hole')
    return this.#data
  }

  get holes(): IndexSet {
    this.#holes ??= this.#indices((run) => run.kind === 'hole')
    return this.#holes
  }

  /** Blocks that have bytes in a segment. */
  get stored(): IndexSet {
    this.#stored ??= this.#indices((run) => run.kind === 'data')
    return this.#stored
  }

  /** This delta with that of a child laid over it: what `over` says wins. */
  under(over: Delta): Delta {
    const merged: DeltaRun[] = []
    const upper = over.#runs
    let next = 0
    for (const run of this.#runs) {
      let start = run.start
      while (next < upper.length && upper[next]!.start < run.end) {
        const top = upper[next]!
        if (top.start > start) push(merged, clip(run, start, top.start))
        if (top.end > run.end) {
          start = run.end
          break
        }
        push(merged, top)
        start = Math.max(start, top.end)
        next++
      }
      if (start < run.end) push(merged, clip(run, start, run.end))
    }
    while (next < upper.length) push(merged, upper[next++]!)
    return new Delta(merged)
  }

  /** Without the data and fill blocks outside `keepData`; holes stay. */
  restrict(keepData: IndexSet): Delta {
    const kept: DeltaRun[] = []
    let at = 0
    for (const run of this.#runs) {
      if (run.kind === 'hole') {
        push(kept, run)
        continue
      }
      while (at < keepData.length && keepData[at + 1]! <= run.start) at += 2
      for (let i = at; i < keepData.length && keepData[i]! < run.end; i += 2) {
        const start = Math.max(run.start, keepData[i]!)
        push(kept, clip(run, start, Math.min(run.end, keepData[i + 1]!)))
      }
    }
    return new Delta(kept)
  }

  /** Where both name the same stored block. */
  sameBlocks(other: Delta): IndexSet {
    const same = new RunWriter()
    for (const run of other.#runs) {
      if (run.kind !== 'data') continue
      for (const own of this.runsIn(run.start, run.end)) {
        if (own.kind !== 'data') continue
        const theirs = run.firstBlockId + own.start - run.start
        if (own.firstBlockId === theirs) same.add(own.start, own.end)
      }
    }
    return same.finish()
  }

  /** Ids of the stored blocks at the indices of `set`, as runs of consecutive ids. */
  *blockIdsIn(set: IndexSet): Generator<[firstId: number, count: number]> {
    for (const [start, end] of runsOf(intersect(this.stored, set))) {
      for (const run of this.runsIn(start, end)) {
        if (run.kind === 'data') yield [run.firstBlockId, run.end - run.start]
      }
    }
  }

  #indices(belongs: (run: DeltaRun) => boolean): IndexSet {
    const out = new RunWriter(this.#runs.length)
    for (const run of this.#runs) if (belongs(run)) out.add(run.start, run.end)
    return out.finish()
  }

  #firstEndingAfter(index: number): number {
    let low = 0
    let high = this.#runs.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#runs[middle]!.end <= index) low = middle + 1
      else high = middle
    }
    return low
  }
}

function clip(run: DeltaRun, start: number, end: number): DeltaRun {
  if (start === run.start && end === run.end) return run
  if (run.kind !== 'data') return { ...run, start, end }
  return { ...run, start, end, firstBlockId: run.firstBlockId + start - run.start }
}

/** Appends, joining with the last run where the two say the same. */
function push(runs: DeltaRun[], run: DeltaRun): void {
  const last = runs[runs.length - 1]
  if (last && run.start < last.end) {
    throw new Error(`Runs overlap: ${last.start} to ${last.end}, then from ${run.start}`)
  }
  if (last && last.end === run.start && continues(last, run)) {
    runs[runs.length - 1] = { ...last, end: run.end }
  } else {
    runs.push(run)
  }
}

function continues(last: DeltaRun, run: DeltaRun): boolean {
  if (run.kind === 'data') {
    return last.kind === 'data' && run.firstBlockId === last.firstBlockId + last.end - last.start
  }
  if (run.kind === 'fill') return last.kind === 'fill' && run.pattern.equals(last.pattern)
  return last.kind === 'hole'
}
