import { type BlockMap, mapOf } from './block-map.ts'
import type { Lineage } from './lineage.ts'

export type Change = 'added' | 'changed' | 'removed'

/** What `to` reads differently from `from`, in blocks. */
export type LineageDiff = {
  /** In order; `end` exclusive; neighbours of one kind joined. */
  ranges: { start: number; end: number; change: Change }[]
  /** Data in `to` alone. */
  added: number
  /** Data in both, but another block: who stores it, and where, is what a block is. */
  changed: number
  /** Data in `from` alone. */
  removed: number
}

/** Works across branches and across trees, where no block is the same. */
export function diffOf(lineage: Lineage, fromId: string, toId: string): LineageDiff {
  const from = mapOf(lineage, fromId)
  const to = mapOf(lineage, toId)
  const diff: LineageDiff = { ranges: [], added: 0, changed: 0, removed: 0 }
  let inFrom = 0
  let inTo = 0
  let at = 0
  while (inFrom < from.starts.length || inTo < to.starts.length) {
    const end = Math.min(nextEnd(from, inFrom, at), nextEnd(to, inTo, at))
    const change = changeOf(writerAt(from, inFrom, at), writerAt(to, inTo, at))
    if (change !== null) {
      diff[change] += end - at
      const last = diff.ranges[diff.ranges.length - 1]
      if (last?.end === at && last.change === change) last.end = end
      else diff.ranges.push({ start: at, end, change })
    }
    at = end
    if (from.ends[inFrom] === at) inFrom++
    if (to.ends[inTo] === at) inTo++
  }
  return diff
}

const UNWRITTEN = -1

/** Where the answer for `at` may change next, as far as this map knows. */
function nextEnd({ starts, ends }: BlockMap, run: number, at: number): number {
  if (run >= starts.length) return Number.POSITIVE_INFINITY
  return at < starts[run]! ? starts[run]! : ends[run]!
}

function writerAt({ starts, writers }: BlockMap, run: number, at: number): number {
  return run < starts.length && starts[run]! <= at ? writers[run]! : UNWRITTEN
}

function changeOf(from: number, to: number): Change | null {
  if (from === to) return null
  if (from === UNWRITTEN) return 'added'
  return to === UNWRITTEN ? 'removed' : 'changed'
}
