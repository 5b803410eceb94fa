import { Delta } from '../blocks/delta.ts'
import type { LoadKeyRow } from '../catalog/load-keys.ts'
import { packSet } from '../catalog/packed-set.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { NewLoad } from '../catalog/volume-loads.ts'
import type { Output } from '../contract/calls.ts'
import type { RegionName } from '../contract/ids.ts'
import { EMPTY, sizeOf } from '../lineage/index-set.ts'
import { assertAuthentic, readAuthentic } from './authentic.ts'
import { BlockMap } from './block-map.ts'
import { wholeLoad } from './clone-whole.ts'
import type { Context } from './context.ts'
import { type Credit, insertVolume, startMaking } from './create-volume.ts'
import {
  assertKeyUsable,
  type Chosen,
  keyOfNew,
  keyOfSnapshot,
  newVolumeSeal,
  readyKey,
  type VolumeSeal,
} from './encryption-choice.ts'
import type { Library } from './library.ts'
import { inTurns } from './listed-blocks.ts'
import { dataKeysOf, wrappedForLoad } from './load-keys.ts'
import { startLoading } from './load-volume.ts'
import { type Clone, stepOf } from './new-clone.ts'
import { cloneSealed } from './sealed-clone.ts'
import { inNewSlots, slotFileBytes } from './sealed-volume.ts'
import { removeUnnamed } from './unnamed-files.ts'
import { createVolumeFile } from './volume-file.ts'
import { volumeCreated } from './volume-notifications.ts'

type Sealed = Exclude<Chosen, { kind: 'plain' }>

/** What its file has when the volume is there: which block lies in which slot, and what is to come. */
type Filled = {
  readonly content: Delta
  readonly load: NewLoad
  readonly loadKeys: readonly LoadKeyRow[]
}

/**
 * Makes an encrypted volume of a snapshot. The job ends when it is there and can be used: as keys
 * have to be opened for it, that is not at once. Loading it, fills too, is another job; for a credit
 * all of it is sealed in this one.
 */
export function makeSealed(
  context: Context,
  clone: Clone,
  choice: Sealed,
  { credit, rateMiBPerS }: { credit: Credit | null; rateMiBPerS: number | null },
): Output<'createVolumeFromSnapshot'> {
  const { library } = context
  const { origin, row } = clone
  const begin = {
    kind: 'clone' as const,
    title: `Volume ${row.name} from ${origin.name}`,
    snapshotId: origin.id,
  }
  const work: Parameters<typeof startMaking>[3] = (job) =>
    context.gate.share(job.signal, async () => {
      const seal = await sealOfClone(context, origin, choice, row.region)
      // It may have been deleted, and reclaimed, while this waited.
      library.readableRow(origin.id)
      assertKeyUsable(library, origin)
      const map = BlockMap.of(library, origin.id)
      if (credit === null) {
        await assertAuthentic(library, origin, job.signal)
        const loadKeys = await loadKeysOf(library, clone, seal, map, job.signal)
        keep(context, clone, seal, { ...inEmptyFile(library, clone, map, rateMiBPerS), loadKeys })
        startLoading(context, row.id)
      } else {
        const content = await readAuthentic(library, origin, job.signal, (runs) =>
          cloneSealed(library, row, seal, map, runs, job),
        )
        keep(context, clone, seal, { content, load: wholeLoad(row.id, map, true), loadKeys: [] })
      }
      return { kind: 'volume', volumeId: row.id }
    })
  return { jobId: startMaking(context, row, begin, work, credit), volumeId: row.id }
}

/** What else opens the blocks of a snapshot that is under another key than the volume. */
async function loadKeysOf(
  library: Library,
  { origin, row }: Clone,
  seal: VolumeSeal,
  { pieces }: BlockMap,
  signal: AbortSignal,
): Promise<LoadKeyRow[]> {
  const originKeyId = keyOfSnapshot(library, origin)
  if (originKeyId === null || originKeyId === seal.keyId) return []
  const numbers = new Set<number>()
  await inTurns(dataKeysOf(library, Delta.of(pieces)), signal, (some) => {
    for (const number of some) numbers.add(number)
  })
  return wrappedForLoad(library, row.id, keyOfNew(library, seal), numbers)
}

/** Each block has its slot, and none is in it yet. */
function inEmptyFile(
  library: Library,
  { row: { id } }: Clone,
  { pieces }: BlockMap,
  rateMiBPerS: number | null,
): Pick<Filled, 'content' | 'load'> {
  const unloaded = Delta.of(pieces)
  const content = inNewSlots(unloaded.data)
  createVolumeFile(library.volumeFile(id), slotFileBytes(content))
  const totalBlocks = sizeOf(unloaded.data)
  const load = { id, unloaded: unloaded.encode(), rateMiBPerS, totalBlocks, isFastRestored: false }
  return { content, load }
}

/** The volume exists from here on; its file does already. */
function keep(
  { library, clock }: Context,
  clone: Clone,
  seal: VolumeSeal,
  { content, load, loadKeys }: Filled,
): void {
  const { origin, row } = clone
  const isContinued = origin.ownerId === row.ownerId && seal.originKey === origin.originKey
  const baseId = isContinued && origin.originKey !== null ? origin.id : null
  try {
    library.change(() => {
      const at = clock()
      const held = { content: content.encode(), dirty: packSet(EMPTY) }
      insertVolume(library, { ...row, ...held, baseId }, seal)
      library.loads.insert(load)
      for (const loadKey of loadKeys) library.loadKeys.insert(loadKey)
      library.tell(volumeCreated(row, at, library.asker.requestId))
      library.history.add({ ...stepOf(library, clone), at })
      clone.alongside(row)
    })
  } catch (error) {
    removeUnnamed(error, [library.volumeFile(row.id)])
    throw error
  }
}

/** Under the key of the snapshot it goes back to the same origin. */
async function sealOfClone(
  context: Context,
  origin: SnapshotRow,
  choice: Sealed,
  region: RegionName,
): Promise<VolumeSeal> {
  const keyId = await readyKey(context, choice, region)
  const isSameKey = keyOfSnapshot(context.library, origin) === keyId
  return newVolumeSeal(context.library, keyId, isSameKey ? origin.originKey : null)
}
