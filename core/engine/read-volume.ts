import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Delta } from '../blocks/delta.ts'
import { PATTERN_BYTES } from '../blocks/fill.ts'
import { readFully } from '../blocks/full-read.ts'
import { told } from '../blocks/io-errors.ts'
import { NewFile } from '../blocks/new-file.ts'
import { SlotReader } from '../blocks/slot-reader.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { Input, Output } from '../contract/calls.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import type { ImageFile } from '../images/image-file.ts'
import { indexSet } from '../lineage/index-set.ts'
import type { Context } from './context.ts'
import { managedHead } from './head.ts'
import type { JobHandle } from './jobs.ts'
import { usedSlots } from './keys-in-use.ts'
import { fetchBlocks } from './load-turns.ts'
import { readImage } from './outside-file.ts'
import { freeTarget, withPartial } from './restore-snapshot.ts'
import { openSource } from './snapshot-source.ts'
import { assertInside, type Span, touchedBlocks } from './spans.ts'
import { assertUnheld, usableVolume } from './usable-volume.ts'

/** Copied in one turn of the engine thread. */
const TURN_BYTES = 8 * BLOCK_BYTES

/** Writes bytes that a volume holds now to a new file. What was not loaded yet is loaded for it. */
export function readVolume(context: Context, input: Input<'readVolume'>): Output<'readVolume'> {
  const { library, jobs } = context
  const row = usableVolume(library, input.volumeId)
  const whole = { offsetBytes: input.offsetBytes, lengthBytes: input.lengthBytes }
  assertUnheld(jobs, row)
  if (row.dataKey !== null) library.keyring.assertOpenable()
  assertInside(row, whole)
  const target = told(input.file, () => freeTarget(library, input))
  const begin = { kind: 'read', title: `Reading ${row.name}`, volumeId: row.id } as const
  const jobId = jobs.start({ ...begin, totalBytes: whole.lengthBytes }, async (job) => {
    await withPartial(library, target, async (partial) => {
      const file = NewFile.begin(partial, target, whole.lengthBytes)
      try {
        await copyOut(context, row, whole, job, (bytes, at) => file.write(bytes, at))
        await file.sync()
        job.signal.throwIfAborted()
        file.publish(input.overwrite)
      } catch (error) {
        file.drop()
        throw error
      }
    })
    return { kind: 'read', bytesWritten: whole.lengthBytes }
  })
  return { jobId }
}

async function copyOut(
  context: Context,
  row: VolumeRow,
  { offsetBytes, lengthBytes }: Span,
  job: JobHandle,
  write: (bytes: Buffer, at: number) => void,
): Promise<void> {
  const image = openSource(context.library, row, undefined)
  const content = managedHead(row)?.content ?? null
  const slots = await slotsOf(context, row)
  const end = offsetBytes + lengthBytes
  try {
    for (let at = offsetBytes; at < end; ) {
      job.signal.throwIfAborted()
      const next = Math.min(end, (Math.floor(at / TURN_BYTES) + 1) * TURN_BYTES)
      const part = { offsetBytes: at, lengthBytes: next - at }
      await fetchBlocks(context, row.id, indexSet([touchedBlocks(part)]), job.signal)
      write(bytesIn(image, content, slots, part), at - offsetBytes)
      at = next
      job.progress(at - offsetBytes)
      await nextTurn()
    }
    if (content === null) image.assertUnchanged()
  } finally {
    slots?.close()
    image.close()
    context.loaders.of(row.id).commit()
  }
}

/** null: its data is plain. */
async function slotsOf(context: Context, row: VolumeRow): Promise<SlotReader | null> {
  if (row.dataKey === null) return null
  await context.library.keyring.ready()
  return new SlotReader(usedSlots(context, row))
}

/**
 * @param content of a managed volume; null for a linked one, whose file has every byte
 * @param slots of an encrypted one
 */
function bytesIn(
  image: ImageFile,
  content: Delta | null,
  slots: SlotReader | null,
  span: Span,
): Buffer {
  const { offsetBytes, lengthBytes } = span
  const bytes = Buffer.alloc(lengthBytes)
  if (content === null) {
    readImage(image, bytes, offsetBytes)
    return bytes
  }
  for (const run of content.runsIn(...touchedBlocks(span))) {
    const from = Math.max(run.start * BLOCK_BYTES, offsetBytes)
    const to = Math.min(run.end * BLOCK_BYTES, offsetBytes + lengthBytes)
    const into = bytes.subarray(from - offsetBytes, to - offsetBytes)
    if (run.kind === 'data' && slots !== null) openBlocks(slots, run, into, from)
    else if (run.kind === 'data') readFully(image.fd, into, from)
    if (run.kind === 'fill') {
      const phase = from % PATTERN_BYTES
      into.set(Buffer.alloc(phase + into.length, run.pattern).subarray(phase))
    }
  }
  return bytes
}

/** @param from byte of the volume at which `into` begins */
function openBlocks(
  slots: SlotReader,
  run: { start: number; end: number; firstBlockId: number },
  into: Buffer,
  from: number,
): void {
  for (let index = run.start; index < run.end; index += 1) {
    const at = index * BLOCK_BYTES
    const skipped = Math.max(0, from - at)
    slots
      .read(index, run.firstBlockId + index - run.start)
      .copy(into, Math.max(0, at - from), skipped)
  }
}
