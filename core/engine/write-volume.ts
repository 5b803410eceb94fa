import { createHash } from 'node:crypto'
import { Delta } from '../blocks/delta.ts'
import { writeFully } from '../blocks/full-write.ts'
import { packSet } from '../catalog/packed-set.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { Volume } from '../contract/model.ts'
import { show } from '../contract/show.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import {
  EMPTY,
  type IndexSet,
  indexSet,
  isEmpty,
  minus,
  runsOf,
  union,
} from '../lineage/index-set.ts'
import { commandOf, wordFor } from './command-line.ts'
import type { Context } from './context.ts'
import { inPlace, type ManagedHead, managedHead } from './head.ts'
import type { Library } from './library.ts'
import { fetchNow, missingForWrite } from './load-turns.ts'
import {
  assertApart,
  assertInside,
  edgesOf,
  type Span,
  touchedBlocks,
  wholeBlocks,
} from './spans.ts'
import { forgetUnloaded } from './unloaded.ts'
import { assertUnheld, assertWhole, usableVolume } from './usable-volume.ts'
import { volumeOf } from './view.ts'
import { type OpenVolume, withVolumeFile } from './volume-file.ts'
import { inSlots, sealAsJob } from './write-sealed.ts'

/*
 * Writing to managed volumes.
 * (1) A block is marked as written in the catalog before its bytes change, so that no change can be
 *     missed by the next snapshot, whatever happens in between.
 * (2) A block that is written in part is loaded before; one that is written whole need not be, unless
 *     a pending snapshot may have to read it.
 * (3) A fill block moves to the volume's file before the catalog says that it is there.
 */
const PATTERN_BYTES = 16

/** Writes bytes made from a seed: blocks that are covered whole become fill blocks. */
export async function writeFill(context: Context, input: Input<'writeFill'>): Promise<Volume> {
  const { library } = context
  const asked = writable(context, input.volumeId)
  for (const span of input.spans) assertInside(asked.row, span)
  assertApart(asked.row, input.spans)
  const pattern = patternOf(input.seed)
  const whole = indexSet(input.spans.map(wholeBlocks))
  const touched = indexSet(input.spans.map(touchedBlocks))
  if (asked.row.dataKey !== null) {
    const { row, head } = asked
    const overlay = { kind: 'pattern' as const, pattern, spans: input.spans }
    await sealAsJob(context, row, head, { touched, whole, overlay }, (placed) => {
      library.underWay.moments.write(row.id, touched)
      library.change(() => settle(context, row, inSlots(library, row.id, placed), input))
    })
    return volumeOf(library, library.volumeRow(row.id))
  }
  const partial = minus(touched, whole)
  const missing = () => missingForWrite(context, input.volumeId, touched, partial)
  // Nothing is waited for after the last look: a snapshot may be begun while this waits.
  while (!isEmpty(missing())) await fetchNow(context, input.volumeId, missing())
  // Asked anew: while this waited for blocks, something else may have been begun.
  const { row, head } = writable(context, asked.row.id)
  markDirty(library, row.id, touched)
  withVolumeFile(library.volumeFile(row.id), (volume) => {
    library.underWay.moments.keep(row.id, partial, volume)
    intoFile(volume, head.content, partial, row.sizeBytes)
    for (const span of input.spans) writePattern(volume, pattern, edgesOf(span))
  })
  const fills = Delta.of(
    [...runsOf(whole)].map(([start, end]) => ({ kind: 'fill', start, end, pattern })),
  )
  const content = head.content.under(inPlace(partial)).under(fills).encode()
  library.change(() => settle(context, row, { content }, input))
  return volumeOf(library, library.volumeRow(row.id))
}

function settle(
  { library, clock }: Context,
  row: VolumeRow,
  held: Partial<VolumeRow>,
  input: Input<'writeFill'>,
): void {
  library.volumes.update({ ...library.volumeRow(row.id), ...held })
  forgetUnloaded(library, row.id, indexSet(input.spans.map(touchedBlocks)))
  library.history.add({
    at: clock(),
    title: `Wrote to ${show(row.name)}`,
    command: commandsOf(library, row, input),
    storedDeltaBytes: 0,
    deletionId: null,
  })
}

/** Enough to see what was done; many spans would be many lines. */
const SHOWN_SPANS = 3

function commandsOf(library: Library, row: VolumeRow, { spans, seed }: Input<'writeFill'>): string {
  const commands = spans
    .slice(0, SHOWN_SPANS)
    .map(({ offsetBytes, lengthBytes }) =>
      commandOf(
        library,
        ...['volume', 'write', wordFor(library, row), '--at', String(offsetBytes)],
        ...['--fill', seed, '--length', String(lengthBytes)],
      ),
    )
  const more = spans.length - commands.length
  return commands.join('; ') + (more > 0 ? ` # and ${more} more` : '')
}

/** @throws StrataError InvalidVolume.NotFound, VOLUME_REMOVED, VOLUME_IS_LINKED, VOLUME_BUSY */
export function writable(
  context: Context,
  id: VolumeRow['id'],
): { row: VolumeRow; head: ManagedHead } {
  const row = usableVolume(context.library, id)
  const head = managedHead(row)
  if (head === undefined) throw new StrataError('VOLUME_IS_LINKED', { volume: row.name })
  assertUnheld(context.jobs, row)
  assertWhole(context.library, row)
  return { row, head }
}

/** On the row as it is now: a rename or a reclaim may have come since the write was asked for. */
export function markDirty(library: Library, id: VolumeRow['id'], touched: IndexSet): void {
  const row = library.volumeRow(id)
  const dirty = union(managedHead(row)?.dirty ?? EMPTY, touched)
  library.quietly(() => library.volumes.update({ ...row, dirty: packSet(dirty) }))
  library.underWay.moments.write(id, touched)
}

/** Brings fill blocks that are only partly overwritten into the file, whole. See (3). */
export function intoFile(
  volume: OpenVolume,
  content: Delta,
  blocks: IndexSet,
  sizeBytes: number,
): void {
  for (const run of content.restrict(blocks).runs()) {
    if (run.kind !== 'fill') continue
    for (let index = run.start; index < run.end; index += 1) {
      const offsetBytes = index * BLOCK_BYTES
      const lengthBytes = Math.min(BLOCK_BYTES, sizeBytes - offsetBytes)
      writePattern(volume, run.pattern, [{ offsetBytes, lengthBytes }])
    }
  }
  // What was never written may still lie in the file from before it was a fill: it reads as zeros.
  const zeros = Buffer.alloc(BLOCK_BYTES)
  for (const [start, end] of runsOf(minus(blocks, content.data))) {
    for (let index = start; index < end; index += 1) {
      const offsetBytes = index * BLOCK_BYTES
      const part = zeros.subarray(0, Math.min(BLOCK_BYTES, sizeBytes - offsetBytes))
      writeFully(volume.fd, volume.path, part, offsetBytes)
    }
  }
}

/** Pattern bytes lie at the same phase wherever they are written: offset modulo 16. */
function writePattern(volume: OpenVolume, pattern: Buffer, spans: readonly Span[]): void {
  for (const { offsetBytes, lengthBytes } of spans) {
    const phase = offsetBytes % PATTERN_BYTES
    const bytes = Buffer.alloc(phase + lengthBytes, pattern).subarray(phase)
    writeFully(volume.fd, volume.path, bytes, offsetBytes)
  }
}

function patternOf(seed: string): Buffer {
  return createHash('sha256').update(seed).digest().subarray(0, PATTERN_BYTES)
}
