import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Delta } from '../blocks/delta.ts'
import { packSet } from '../catalog/packed-set.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { Input, Output } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { Volume } from '../contract/model.ts'
import { show } from '../contract/show.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { EMPTY, type IndexSet, indexSet, minus, runsOf, union } from '../lineage/index-set.ts'
import { commandOf } from './command-line.ts'
import type { Context } from './context.ts'
import { inPlace, type ManagedHead, managedHead } from './head.ts'
import type { Library } from './library.ts'
import { openOutside } from './outside-file.ts'
import { assertIdle, usableVolume } from './usable-volume.ts'
import { volumeOf } from './view.ts'
import { readFully, withVolumeFile, withVolumeFileFor, writeFully } from './volume-file.ts'

/*
 * Writing to managed volumes.
 * (1) A block is marked as written in the catalog before its bytes change, so that no change can be
 *     missed by the next snapshot, whatever happens in between.
 * (2) A fill block moves to the volume's file before the catalog says that it is there.
 */
const PATTERN_BYTES = 16
/** Blocks copied in one turn of the engine thread. */
const TURN_BLOCKS = 8

type Span = { offsetBytes: number; lengthBytes: number }

/** Writes bytes made from a seed: blocks that are covered whole become fill blocks. */
export function writeFill(context: Context, input: Input<'writeFill'>): Volume {
  const { library, clock } = context
  const { row, head } = writable(context, input.volumeId)
  for (const span of input.spans) assertInside(row, span)
  assertApart(row, input.spans)
  const pattern = patternOf(input.seed)
  const whole = indexSet(input.spans.map(wholeBlocks))
  const touched = indexSet(input.spans.map(touchedBlocks))
  const partial = minus(touched, whole)
  markDirty(library, row.id, touched)
  const file = library.volumeFile(row.id)
  withVolumeFile(file, (fd) => {
    intoFile(fd, head.content, partial, row.sizeBytes)
    for (const span of input.spans) writePattern(fd, pattern, edgesOf(span))
  })
  const fills = Delta.of(
    [...runsOf(whole)].map(([start, end]) => ({ kind: 'fill', start, end, pattern })),
  )
  library.change(() => {
    library.volumes.update({
      ...library.volumeRow(row.id),
      content: head.content.under(inPlace(partial)).under(fills).encode(),
    })
    library.history.add({
      at: clock(),
      title: `Wrote to ${show(row.name)}`,
      command: input.spans
        .map(({ offsetBytes, lengthBytes }) =>
          commandOf(
            ...['volume', 'write', row.name, '--at', String(offsetBytes)],
            ...['--fill', input.seed, '--length', String(lengthBytes)],
          ),
        )
        .slice(0, 3)
        .join('; '),
      storedDeltaBytes: 0,
      deletionId: null,
    })
  })
  return volumeOf(library, library.volumeRow(row.id))
}

/** Writes the bytes of a file at an offset, as a job. */
export function writeFile(context: Context, input: Input<'writeFile'>): Output<'writeFile'> {
  const { library, jobs, clock } = context
  const { row, head } = writable(context, input.volumeId)
  const image = openOutside(library, input.file)
  const span = { offsetBytes: input.offsetBytes, lengthBytes: image.stamp.sizeBytes }
  try {
    assertInside(row, span)
  } catch (error) {
    image.close()
    throw error
  }
  const touched = indexSet([touchedBlocks(span)])
  const jobId = jobs.start(
    {
      kind: 'write',
      title: `Write to ${row.name}`,
      volumeId: row.id,
      totalBytes: span.lengthBytes,
    },
    async (job) => {
      try {
        markDirty(library, row.id, touched)
        await withVolumeFileFor(library.volumeFile(row.id), async (fd) => {
          intoFile(fd, head.content, minus(touched, indexSet([wholeBlocks(span)])), row.sizeBytes)
          const buffer = Buffer.alloc(TURN_BLOCKS * BLOCK_BYTES)
          for (let done = 0; done < span.lengthBytes; done += buffer.length) {
            job.signal.throwIfAborted()
            const part = buffer.subarray(0, Math.min(buffer.length, span.lengthBytes - done))
            readFully(image.fd, part, done)
            writeFully(fd, part, span.offsetBytes + done)
            job.progress(done + part.length)
            await nextTurn()
          }
        })
        image.assertUnchanged()
      } finally {
        image.close()
      }
      library.change(() => {
        library.volumes.update({
          ...library.volumeRow(row.id),
          content: head.content.under(inPlace(touched)).encode(),
        })
        library.history.add({
          at: clock(),
          title: `Wrote ${show(image.path)} to ${show(row.name)}`,
          command: commandOf(
            ...['volume', 'write', row.name, '--at', String(span.offsetBytes)],
            ...['--file', image.path],
          ),
          storedDeltaBytes: 0,
          deletionId: null,
        })
      })
      return { kind: 'volume', volumeId: row.id }
    },
  )
  return { jobId }
}

function writable(context: Context, id: VolumeRow['id']): { row: VolumeRow; head: ManagedHead } {
  const row = usableVolume(context.library, id)
  const head = managedHead(row)
  if (head === undefined) throw new StrataError('VOLUME_IS_LINKED', { volume: row.name })
  assertIdle(context.jobs, row)
  return { row, head }
}

/** On the row as it is now: a rename or a reclaim may have come since the write was asked for. */
function markDirty(library: Library, id: VolumeRow['id'], touched: IndexSet): void {
  const row = library.volumeRow(id)
  const dirty = union(managedHead(row)?.dirty ?? EMPTY, touched)
  library.quietly(() => library.volumes.update({ ...row, dirty: packSet(dirty) }))
}

/** Brings fill blocks that are only partly overwritten into the file, whole. See (2). */
function intoFile(fd: number, content: Delta, blocks: IndexSet, sizeBytes: number): void {
  for (const run of content.restrict(blocks).runs()) {
    if (run.kind !== 'fill') continue
    for (let index = run.start; index < run.end; index += 1) {
      const offsetBytes = index * BLOCK_BYTES
      const lengthBytes = Math.min(BLOCK_BYTES, sizeBytes - offsetBytes)
      writePattern(fd, run.pattern, [{ offsetBytes, lengthBytes }])
    }
  }
  // What was never written may still lie in the file from before it was a fill: it reads as zeros.
  const zeros = Buffer.alloc(BLOCK_BYTES)
  for (const [start, end] of runsOf(minus(blocks, content.data))) {
    for (let index = start; index < end; index += 1) {
      const offsetBytes = index * BLOCK_BYTES
      writeFully(fd, zeros.subarray(0, Math.min(BLOCK_BYTES, sizeBytes - offsetBytes)), offsetBytes)
    }
  }
}

/** Pattern bytes lie at the same phase wherever they are written: offset modulo 16. */
function writePattern(fd: number, pattern: Buffer, spans: readonly Span[]): void {
  for (const { offsetBytes, lengthBytes } of spans) {
    const phase = offsetBytes % PATTERN_BYTES
    const bytes = Buffer.alloc(phase + lengthBytes, pattern).subarray(phase)
    writeFully(fd, bytes, offsetBytes)
  }
}

function patternOf(seed: string): Buffer {
  return createHash('sha256').update(seed).digest().subarray(0, PATTERN_BYTES)
}

function touchedBlocks({ offsetBytes, lengthBytes }: Span): [number, number] {
  return [
    Math.floor(offsetBytes / BLOCK_BYTES),
    Math.ceil((offsetBytes + lengthBytes) / BLOCK_BYTES),
  ]
}

/** Blocks that a span covers from end to end. */
function wholeBlocks({ offsetBytes, lengthBytes }: Span): [number, number] {
  const start = Math.ceil(offsetBytes / BLOCK_BYTES)
  return [start, Math.max(start, Math.floor((offsetBytes + lengthBytes) / BLOCK_BYTES))]
}

/** The parts of a span that lie in blocks it does not cover whole. */
function edgesOf(span: Span): Span[] {
  const end = span.offsetBytes + span.lengthBytes
  const [first, last] = wholeBlocks(span).map((index) => index * BLOCK_BYTES) as [number, number]
  if (first >= last) return [span]
  return [
    { offsetBytes: span.offsetBytes, lengthBytes: first - span.offsetBytes },
    { offsetBytes: last, lengthBytes: end - last },
  ].filter(({ lengthBytes }) => lengthBytes > 0)
}

/** @throws StrataError RANGE_REFUSED */
function assertInside(row: VolumeRow, { offsetBytes, lengthBytes }: Span): void {
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
function assertApart(row: VolumeRow, spans: readonly Span[]): void {
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
