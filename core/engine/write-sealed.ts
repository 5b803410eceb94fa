import type { Delta } from '../blocks/delta.ts'
import type { Overlay } from '../blocks/slots.ts'
import { packSet } from '../catalog/packed-set.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { VolumeId } from '../contract/ids.ts'
import { wipe } from '../crypto/sealed-block.ts'
import { type IndexSet, minus, union } from '../lineage/index-set.ts'
import type { Context } from './context.ts'
import { type ManagedHead, managedHead } from './head.ts'
import type { JobHandle } from './jobs.ts'
import { usedSlots } from './keys-in-use.ts'
import type { Library } from './library.ts'
import { loadBeforeWrite } from './load-turns.ts'
import { slotRuns, withEmpty, writeSlots } from './sealed-volume.ts'

/** What is written into an encrypted volume: blocks touched, those covered whole, and with what. */
type Written = { touched: IndexSet; whole: IndexSet; overlay: Overlay }

/**
 * Seals what is written into free slots: the volume holds it once the catalog says so. Blocks that are
 * written in part are loaded before.
 *
 * @returns where it lies
 * @throws StrataError KEYS_LOCKED, KMSInvalidStateException, KEY_DELETED, or as `fillSlots`
 */
export async function writeSealed(
  context: Context,
  row: VolumeRow,
  { content }: ManagedHead,
  { touched, whole, overlay }: Written,
  job: JobHandle,
): Promise<Delta> {
  const { library } = context
  await library.keyring.ready()
  await loadBeforeWrite(context, row.id, touched, minus(touched, whole), job.signal)
  const volume = usedSlots(context, row)
  try {
    const kept = slotRuns(volume, content, minus(touched, whole))
    const before = withEmpty(kept, touched)
    const sources = library.sources()
    const moments = library.underWay.moments.contents(row.id)
    return await writeSlots(
      { volume, contents: [content, ...moments], blocks: touched, before, overlay, sources },
      job,
    )
  } finally {
    wipe([volume.key])
  }
}

/**
 * The same as a job of its own, so that nothing else is done to the volume meanwhile.
 *
 * @param settle says where it lies in the catalog, before the job is over
 */
export async function sealAsJob(
  context: Context,
  row: VolumeRow,
  head: ManagedHead,
  written: Written,
  settle: (placed: Delta) => void,
): Promise<void> {
  const { jobs } = context
  let isSettled = false
  let failure: unknown
  const jobId = jobs.start(
    { kind: 'write', title: `Write to ${row.name}`, volumeId: row.id },
    async (job) => {
      try {
        settle(await writeSealed(context, row, head, written, job))
        isSettled = true
        return { kind: 'volume', volumeId: row.id }
      } catch (error) {
        failure = error
        throw error
      }
    },
  )
  await jobs.ended(jobId)
  if (!isSettled) throw failure
}

/** What the row of an encrypted volume says once something was written into it: as of now. */
export function inSlots(
  library: Library,
  volumeId: VolumeId,
  placed: Delta,
): Pick<VolumeRow, 'content' | 'dirty'> {
  const { content, dirty } = managedHead(library.volumeRow(volumeId))!
  return {
    content: content.under(placed).encode(),
    dirty: packSet(union(dirty, placed.data)),
  }
}
