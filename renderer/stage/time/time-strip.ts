import type { SnapshotId } from '../../../core/contract/ids.ts'
import type { Snapshot } from '../../../core/contract/model.ts'
import { type LaneKey, laneKeyOf } from '../../state/lanes.ts'
import { GENERATION_COUNT, type Generation } from '../colours.ts'
import { dayOf } from '../lanes/lane-words.ts'

/** Pixels of the strip's drawing, without the line of days under it. */
export const STRIP_HEIGHT = 44
const BAR_HEIGHT_MAX = 34
const BAR_HEIGHT_MIN = 2
const LINE_HEIGHT = 36
const LINE_FOOT = 6
const DAY_SPACING = 96

export type TimeBar = {
  readonly id: SnapshotId
  readonly x: number
  readonly height: number
  readonly generation: Generation
  /** Of a lane that the core sample does not follow. */
  readonly isForeign: boolean
}

export type TimeStrip = {
  readonly bars: readonly TimeBar[]
  /** Bars of one generation and lane as a single path: a thousand bars are twelve elements. */
  readonly paths: readonly { generation: Generation; isForeign: boolean; d: string }[]
  /** What was stored in all, growing to the right. */
  readonly line: string
  readonly days: readonly { x: number; label: string }[]
  readonly barWidth: number
}

/**
 * All of time in a strip: how much each snapshot added, and what all of them store.
 *
 * @param snapshots of the tree, oldest first
 * @param width pixels
 */
export function timeStripOf(
  snapshots: readonly Snapshot[],
  generations: ReadonlyMap<SnapshotId, Generation>,
  followedKey: LaneKey | undefined,
  width: number,
): TimeStrip {
  const first = snapshots[0]?.startedAt ?? 0
  const span = Math.max(1, (snapshots.at(-1)?.startedAt ?? 0) - first)
  const barWidth = Math.max(1, Math.min(6, Math.floor(width / Math.max(1, snapshots.length) / 2)))
  const xOf = (atMs: number) => barWidth + ((atMs - first) / span) * (width - 2 * barWidth)
  const scale = Math.max(1, secondMost(snapshots.map((s) => s.addedBytes)))
  const bars = snapshots.map((snapshot): TimeBar => {
    const share = Math.min(1, Math.sqrt(snapshot.addedBytes / scale))
    return {
      id: snapshot.snapshotId,
      x: xOf(snapshot.startedAt),
      height: Math.max(BAR_HEIGHT_MIN, share * BAR_HEIGHT_MAX),
      generation: generations.get(snapshot.snapshotId) ?? 0,
      isForeign: laneKeyOf(snapshot) !== followedKey,
    }
  })
  return {
    bars,
    barWidth,
    paths: pathsOf(bars, barWidth),
    line: lineOf(snapshots, xOf),
    days: daysOf(first, span, width, xOf),
  }
}

/** The snapshot nearest to `x`; of several at one place the newest. */
export function nearestBar(strip: TimeStrip, x: number): TimeBar | undefined {
  let nearest: TimeBar | undefined
  for (const bar of strip.bars) {
    if (!nearest || Math.abs(bar.x - x) <= Math.abs(nearest.x - x)) nearest = bar
  }
  return nearest
}

function pathsOf(bars: readonly TimeBar[], barWidth: number): TimeStrip['paths'] {
  const groups = Array.from({ length: 2 * GENERATION_COUNT }, (_, index) => ({
    generation: index % GENERATION_COUNT,
    isForeign: index >= GENERATION_COUNT,
    d: '',
  }))
  for (const bar of bars) {
    const group = groups[bar.generation + (bar.isForeign ? GENERATION_COUNT : 0)]
    if (group) {
      const left = (bar.x - barWidth / 2).toFixed(1)
      group.d += `M${left} ${STRIP_HEIGHT}v${-bar.height.toFixed(1)}h${barWidth}V${STRIP_HEIGHT}z`
    }
  }
  return groups.filter((group) => group.d !== '')
}

function lineOf(snapshots: readonly Snapshot[], xOf: (atMs: number) => number): string {
  const total = Math.max(
    1,
    snapshots.reduce((sum, s) => sum + s.storedHereBytes, 0),
  )
  let stored = 0
  return snapshots
    .map((snapshot, index) => {
      stored += snapshot.storedHereBytes
      const y = STRIP_HEIGHT - LINE_FOOT - (stored / total) * LINE_HEIGHT
      return `${index === 0 ? 'M' : 'L'}${xOf(snapshot.startedAt).toFixed(1)} ${y.toFixed(1)}`
    })
    .join('')
}

function daysOf(first: number, span: number, width: number, xOf: (atMs: number) => number) {
  const steps = Math.max(1, Math.floor(width / DAY_SPACING))
  const days: { x: number; label: string }[] = []
  for (let step = 0; step < steps; step++) {
    const at = first + (span * step) / steps
    const label = dayOf(at)
    if (days.at(-1)?.label !== label) days.push({ x: xOf(at), label })
  }
  return days
}

/** One giant, usually the first, would press all others flat. */
function secondMost(values: readonly number[]): number {
  const [most, second] = [...values].sort((a, b) => b - a)
  return second || most || 0
}
