import { ALIGN_BYTES, aligned, SEGMENT_HEADER_BYTES } from './segment-format.ts'

/** A segment as the catalog and the disk know it. */
export type SegmentUse = {
  segmentId: number
  /** Length of the file. */
  bytes: number
  /** What it takes on disk (`stat.blocks * 512`): less than `bytes` once holes are punched. */
  allocatedBytes: number
  /** Blocks that some delta still names: [offset, length] in any order. */
  live: readonly (readonly [offset: number, length: number])[]
}

export type Range = [offset: number, length: number]

export type SegmentPlan = {
  /** Nothing lives there: remove the file. */
  unlink: number[]
  /** Ranges without a live byte, in multiples of 4,096 bytes. */
  punch: { segmentId: number; ranges: Range[] }[]
  /** More dead than alive: copy what lives to a new segment, then remove the file. */
  repack: number[]
  /** About what all this gives back. */
  freedBytes: number
  /** What repacking writes for it: at most twice what repacking frees. */
  rewrittenBytes: number
}

/** Each is a program started; what is left over comes next time. */
const MAX_PUNCHES = 2_048
/** Less is not worth a punch: a file full of holes needs some bytes to list them. */
const MIN_PUNCHED_BYTES = 64 * 1024

/**
 * How to give back the dead bytes of segments, cheapest first. Pure.
 *
 * @param canPunch whether the disk of the segments can punch holes (`canPunchHoles`)
 */
export function planSegments(segments: Iterable<SegmentUse>, canPunch: boolean): SegmentPlan {
  const plan: SegmentPlan = { unlink: [], punch: [], repack: [], freedBytes: 0, rewrittenBytes: 0 }
  const punchable: { segmentId: number; ranges: Range[]; freeable: number }[] = []
  for (const segment of segments) {
    if (segment.live.length === 0) {
      plan.unlink.push(segment.segmentId)
      plan.freedBytes += segment.allocatedBytes
      continue
    }
    const liveBytes = segment.live.reduce((sum, [, length]) => sum + aligned(length), 0)
    const neededBytes = SEGMENT_HEADER_BYTES + liveBytes
    const freeable = segment.allocatedBytes - neededBytes
    if (neededBytes * 2 < segment.bytes && liveBytes <= freeable * 2) {
      plan.repack.push(segment.segmentId)
      plan.freedBytes += freeable
      plan.rewrittenBytes += liveBytes
    } else if (canPunch && freeable >= MIN_PUNCHED_BYTES) {
      punchable.push({ segmentId: segment.segmentId, ranges: gapsOf(segment), freeable })
    }
  }
  punchable.sort((a, b) => b.freeable / b.ranges.length - a.freeable / a.ranges.length)
  let punches = 0
  for (const { segmentId, ranges, freeable } of punchable) {
    if (punches + ranges.length > MAX_PUNCHES) continue
    punches += ranges.length
    plan.punch.push({ segmentId, ranges })
    plan.freedBytes += freeable
  }
  return plan
}

/** Where nothing lives, between the header and the end of the file. */
function gapsOf(segment: SegmentUse): Range[] {
  const gaps: Range[] = []
  let at = SEGMENT_HEADER_BYTES
  for (const [offset, length] of [...segment.live].sort((a, b) => a[0] - b[0])) {
    if (offset > at) gaps.push([at, offset - at])
    at = Math.max(at, offset + aligned(length))
  }
  const end = segment.bytes - (segment.bytes % ALIGN_BYTES)
  if (end > at) gaps.push([at, end - at])
  return gaps
}
