import { packSet } from '../catalog/packed-set.ts'
import type { SnapshotRow } from '../catalog/snapshots.ts'
import type { Output } from '../contract/calls.ts'
import type { RegionName } from '../contract/ids.ts'
import { EMPTY } from '../lineage/index-set.ts'
import { BlockMap } from './block-map.ts'
import { wholeLoad } from './clone-whole.ts'
import type { Context } from './context.ts'
import { type Credit, insertVolume, startMaking } from './create-volume.ts'
import {
  assertKeyUsable,
  type Chosen,
  keyOfSnapshot,
  newVolumeSeal,
  readyKey,
  type VolumeSeal,
} from './encryption-choice.ts'
import { type Clone, stepOf } from './new-clone.ts'
import { dataBytesOf } from './restore-snapshot.ts'
import { cloneSealed } from './sealed-clone.ts'
import { removeUnnamed } from './unnamed-files.ts'
import { volumeCreated } from './volume-notifications.ts'

type Sealed = Exclude<Chosen, { kind: 'plain' }>

/** Makes an encrypted volume of a snapshot: all of it is sealed before it can be used. */
export function makeSealed(
  context: Context,
  clone: Clone,
  choice: Sealed,
  credit: Credit | null,
): Output<'createVolumeFromSnapshot'> {
  const { library, clock } = context
  const { origin, row } = clone
  const begin = {
    kind: 'clone' as const,
    title: `Volume ${row.name} from ${origin.name}`,
    snapshotId: origin.id,
    totalBytes: dataBytesOf(BlockMap.of(library, origin.id)),
  }
  const work: Parameters<typeof startMaking>[3] = (job) =>
    context.gate.share(job.signal, async () => {
      // It may have been deleted, and reclaimed, while this waited.
      library.readableRow(origin.id)
      const map = BlockMap.of(library, origin.id)
      const seal = await sealOfClone(context, origin, choice, row.region)
      assertKeyUsable(library, origin)
      const content = await cloneSealed(library, row, seal, map, job)
      const isContinued = origin.ownerId === row.ownerId && seal.originKey === origin.originKey
      try {
        library.change(() => {
          const at = clock()
          const held = { content: content.encode(), dirty: packSet(EMPTY) }
          const baseId = isContinued && origin.originKey !== null ? origin.id : null
          insertVolume(library, { ...row, ...held, baseId }, seal)
          if (credit !== null) library.loads.insert(wholeLoad(row.id, map))
          library.tell(volumeCreated(row, at, library.asker.requestId))
          library.history.add({ ...stepOf(clone), at, account: row.ownerId })
          clone.alongside(row)
        })
      } catch (error) {
        removeUnnamed(error, [library.volumeFile(row.id)])
        throw error
      }
      return { kind: 'volume', volumeId: row.id }
    })
  return { jobId: startMaking(context, row, begin, work, credit), volumeId: row.id }
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
