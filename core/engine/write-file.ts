import { setImmediate as nextTurn } from 'node:timers/promises'
import { writeFully } from '../blocks/full-write.ts'
import { punchHoles } from '../blocks/punch.ts'
import type { Range } from '../blocks/reclaim.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { Input, Output } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import { show } from '../contract/show.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import type { ImageFile } from '../images/image-file.ts'
import { untilTimesTell } from '../images/image-stamp.ts'
import { indexSet, minus, runsOf, union } from '../lineage/index-set.ts'
import { commandOf, wordFor } from './command-line.ts'
import type { Context } from './context.ts'
import { inPlace, type ManagedHead, managedHead } from './head.ts'
import type { JobHandle } from './jobs.ts'
import { loadBeforeWrite } from './load-turns.ts'
import { openOutside, readImage } from './outside-file.ts'
import { assertInside, type Span, touchedBlocks, wholeBlocks } from './spans.ts'
import { forgetUnloaded } from './unloaded.ts'
import { withVolumeFile, withVolumeFileFor } from './volume-file.ts'
import { inSlots, writeSealed } from './write-sealed.ts'
import { intoFile, markDirty, writable } from './write-volume.ts'

/** Copied in one turn of the engine thread; turns end where a block does. */
const TURN_BYTES = 8 * BLOCK_BYTES

/** A file on its way into a volume. */
type Transfer = {
  readonly row: VolumeRow
  readonly head: ManagedHead
  readonly image: ImageFile
  readonly span: Span
}

/**
 * Writes the bytes of a file at an offset, as a job. As on any disk, what was written before it was
 * cancelled or failed stays: that is told, and the volume reads so.
 */
export function writeFile(context: Context, input: Input<'writeFile'>): Output<'writeFile'> {
  const { library, jobs } = context
  const { row, head } = writable(context, input.volumeId)
  const image = openOutside(library, input.file)
  const span = { offsetBytes: input.offsetBytes, lengthBytes: image.stamp.sizeBytes }
  try {
    assertInside(row, span)
  } catch (error) {
    image.close()
    throw error
  }
  const title = `Write to ${row.name}`
  const jobId = jobs.start(
    { kind: 'write', title, volumeId: row.id, totalBytes: span.lengthBytes },
    async (job) => {
      let writtenBytes = 0
      let isOpened = false
      const transfer = { row, head, image, span }
      try {
        await untilTimesTell(image.stamp)
        if (row.dataKey !== null) {
          await sealFile(context, transfer, job)
          return { kind: 'volume', volumeId: row.id }
        }
        await copy(context, transfer, job, (bytes) => {
          isOpened = true
          writtenBytes = bytes
        })
        image.assertUnchanged()
      } catch (error) {
        keepPart(context, transfer, writtenBytes)
        if (isOpened) await giveBack(context, transfer)
        if (!job.signal.aborted) throw error
        const { lengthBytes } = span
        throw new StrataError('WRITE_CANCELLED', { title, writtenBytes, lengthBytes })
      } finally {
        image.close()
      }
      settle(context, transfer, span, plainly(head, span))
      return { kind: 'volume', volumeId: row.id }
    },
  )
  return { jobId }
}

/** @param onWritten told of what is in the file from the start of the span on: 0 when it is opened */
async function copy(
  context: Context,
  { row, head, image, span }: Transfer,
  job: JobHandle,
  onWritten: (writtenBytes: number) => void,
): Promise<void> {
  const { library } = context
  const { offsetBytes, lengthBytes } = span
  job.signal.throwIfAborted()
  const touched = indexSet([touchedBlocks(span)])
  const partial = minus(touched, indexSet([wholeBlocks(span)]))
  await loadBeforeWrite(context, row.id, touched, partial, job.signal)
  markDirty(library, row.id, touched)
  await withVolumeFileFor(library.volumeFile(row.id), async (volume) => {
    onWritten(0)
    const { moments } = library.underWay
    moments.keep(row.id, partial, volume)
    intoFile(volume, head.content, partial, row.sizeBytes)
    const buffer = Buffer.alloc(TURN_BYTES)
    for (let done = 0; done < lengthBytes; ) {
      job.signal.throwIfAborted()
      const turnBytes = TURN_BYTES - ((offsetBytes + done) % TURN_BYTES)
      const part = buffer.subarray(0, Math.min(turnBytes, lengthBytes - done))
      readImage(image, part, done)
      const place = { offsetBytes: offsetBytes + done, lengthBytes: part.length }
      moments.keep(row.id, indexSet([touchedBlocks(place)]), volume)
      writeFully(volume.fd, volume.path, part, offsetBytes + done)
      done += part.length
      onWritten(done)
      job.progress(done)
      await nextTurn()
    }
  })
}

/**
 * The volume reads what came into its file, up to the last block that came there whole, as long as the
 * catalog can tell of it.
 */
function keepPart(context: Context, transfer: Transfer, writtenBytes: number): void {
  if (writtenBytes === 0) return
  const { library } = context
  try {
    withVolumeFile(library.volumeFile(transfer.row.id), () => {})
    const written = { ...transfer.span, lengthBytes: writtenBytes }
    settle(context, transfer, written, plainly(transfer.head, written))
  } catch (error) {
    // The disk that failed the write fails this too: the first failure is the one to tell.
    if (!(error instanceof StrataError)) throw error
  }
}

/**
 * On a full disk nothing could be deleted if bytes that nobody reads kept the last of its room. The file
 * was opened for writing before, so it is no link.
 */
async function giveBack({ library }: Context, { row, span }: Transfer): Promise<void> {
  const head = managedHead(library.volumeRow(row.id))
  if (head === undefined || row.dataKey !== null) return
  const touched = indexSet([touchedBlocks(span)])
  const read = union(head.content.stored, library.underWay.moments.needed(row.id, touched))
  const unread = minus(touched, read)
  const ranges = [...runsOf(unread)].map(
    ([start, end]): Range => [start * BLOCK_BYTES, (end - start) * BLOCK_BYTES],
  )
  await punchHoles(library.volumeFile(row.id), ranges, new AbortController().signal)
}

function plainly({ content }: ManagedHead, written: Span): Partial<VolumeRow> {
  return { content: content.under(inPlace(indexSet([touchedBlocks(written)]))).encode() }
}

/** All of it or nothing: no slot that the catalog names is touched before the end. */
async function sealFile(context: Context, transfer: Transfer, job: JobHandle): Promise<void> {
  const { row, head, image, span } = transfer
  const { path, stamp } = image
  const placed = await writeSealed(
    context,
    row,
    head,
    {
      touched: indexSet([touchedBlocks(span)]),
      whole: indexSet([wholeBlocks(span)]),
      overlay: { kind: 'file', path, stamp, offsetBytes: span.offsetBytes, skipsZeros: false },
    },
    job,
  )
  image.assertUnchanged()
  job.signal.throwIfAborted()
  context.library.underWay.moments.write(row.id, placed.data)
  settle(context, transfer, span, inSlots(context.library, row.id, placed))
}

function settle(
  { library, clock }: Context,
  transfer: Transfer,
  written: Span,
  held: Partial<VolumeRow>,
): void {
  const { row, image, span } = transfer
  const isWhole = written.lengthBytes === span.lengthBytes
  const what = isWhole ? show(image.path) : `${written.lengthBytes} bytes of ${show(image.path)}`
  const touched = indexSet([touchedBlocks(written)])
  library.change(() => {
    library.volumes.update({
      ...library.volumeRow(row.id),
      ...held,
    })
    forgetUnloaded(library, row.id, touched)
    library.history.add({
      at: clock(),
      title: `Wrote ${what} to ${show(row.name)}`,
      command: commandOf(
        library,
        ...['volume', 'write', wordFor(library, row), '--at', String(span.offsetBytes)],
        ...['--file', image.path],
      ),
      storedDeltaBytes: 0,
      deletionId: null,
    })
  })
}
