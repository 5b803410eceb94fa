import type { VolumeRow } from '../catalog/volumes.ts'
import { StrataError } from '../contract/errors.ts'
import { BLOCK_BYTES } from '../contract/units.ts'

/** A part of a volume, in bytes. */
export type Span = { offsetBytes: number; lengthBytes: number }

/** Blocks from the first to before the last that a span touches. */
export function touchedBlocks({ offsetBytes, lengthBytes }: Span): [number, number] {
  return [
    Math.floor(offsetBytes / BLOCK_BYTES),
    Math.ceil((offsetBytes + lengthBytes) / BLOCK_BYTES),
  ]
}

/** Blocks that a span covers from end to end. */
export function wholeBlocks({ offsetBytes, lengthBytes }: Span): [number, number] {
  const start = Math.ceil(offsetBytes / BLOCK_BYTES)
  return [start, Math.max(start, Math.floor((offsetBytes + lengthBytes) / BLOCK_BYTES))]
}

/** The parts of a span that lie in blocks it does not cover whole. */
export function edgesOf(span: Span): Span[] {
  const end = span.offsetBytes + span.lengthBytes
  const [first, last] = wholeBlocks(span).map((index) => index * BLOCK_BYTES) as [number, number]
  if (first >= last) return [span]
  return [
    { offsetBytes: span.offsetBytes, lengthBytes: first - span.offsetBytes },
    { offsetBytes: last, lengthBytes: end - last },
  ].filter(({ lengthBytes }) => lengthBytes > 0)
}

/** @throws StrataError RANGE_REFUSED */
export function assertInside(row: VolumeRow, { offsetBytes, lengthBytes }: Span): void {
  const problem =
    lengthBytes < 1
      ? 'are none'
      : offsetBytes < 0
        ? 'begin before the volume'
        : offsetBytes + lengthBytes > row.sizeBytes
          ? `end after its ${row.sizeBytes} bytes`
          : undefined
  if (problem !== undefined) {
    throw new StrataError('RANGE_REFUSED', { volume: row.name, offsetBytes, lengthBytes, problem })
  }
}

/** @throws StrataError RANGE_REFUSED when two of the spans overlap */
export function assertApart(row: VolumeRow, spans: readonly Span[]): void {
  const sorted = [...spans].sort((a, b) => a.offsetBytes - b.offsetBytes)
  for (const [i, span] of sorted.entries()) {
    const before = sorted[i - 1]
    if (before === undefined || before.offsetBytes + before.lengthBytes <= span.offsetBytes)
      continue
    throw new StrataError('RANGE_REFUSED', {
      volume: row.name,
      ...span,
      problem: 'overlap with another part of the same write',
    })
  }
}
