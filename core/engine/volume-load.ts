import type { VolumeLoadRow } from '../catalog/volume-loads.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { Input } from '../contract/calls.ts'
import type { VolumeId } from '../contract/ids.ts'
import type { VolumeLoad, VolumeStatus } from '../contract/loading.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { isEmpty, runsOf, sizeOf } from '../lineage/index-set.ts'
import type { Context } from './context.ts'
import type { Library } from './library.ts'
import { damagedOf, unloadedOf } from './unloaded.ts'
import { usableVolume } from './usable-volume.ts'

const MIB = 2 ** 20

/** How far a volume has been loaded; null when it was not made of a snapshot. */
export function volumeLoadOf(library: Library, volumeId: VolumeId): VolumeLoad | null {
  const row = library.loadRows().get(volumeId)
  if (row === undefined) return null
  const totalBytes = row.totalBlocks * BLOCK_BYTES
  const leftBytes = sizeOf(unloadedOf(library, volumeId).data) * BLOCK_BYTES
  const damaged = damagedOf(library, volumeId)
  const state = isEmpty(damaged) ? stateOf(library, row, leftBytes) : 'damaged'
  return {
    state,
    totalBytes,
    loadedBytes: totalBytes - leftBytes,
    damagedRanges: [...runsOf(damaged)].map(([start, end]) => ({
      firstBlock: start,
      blockCount: end - start,
    })),
    touchedBlocks: row.touchedBlocks,
    backgroundBlocks: row.backgroundBlocks,
    rateMiBPerS: row.rateMiBPerS,
    isFastRestored: row.isFastRestored,
    secondsLeft: secondsFor(state, row, leftBytes),
  }
}

/** Whether the key of an encrypted volume can be used now, or is held for it; others need none. */
export function hasKeys(library: Library, row: Pick<VolumeRow, 'id' | 'dataKey'>): boolean {
  const { id, dataKey } = row
  if (dataKey === null || library.keyring.isHeld(id, dataKey)) return true
  if (!library.keyring.isOpenable()) return false
  const { keyId } = library.dataKeyRows().get(dataKey)!
  return library.masterKeys.get(keyId)?.state === 'enabled'
}

function stateOf(library: Library, row: VolumeLoadRow, leftBytes: number): VolumeLoad['state'] {
  if (leftBytes === 0) return 'loaded'
  if (row.isPaused) return 'paused'
  if (!hasKeys(library, library.volumeRow(row.id))) return 'waiting'
  // A full disk, say, which may be too full to write that down.
  return library.underWay.stalled.has(row.id) ? 'paused' : 'loading'
}

function secondsFor(
  state: VolumeLoad['state'],
  { rateMiBPerS }: VolumeLoadRow,
  leftBytes: number,
): number | null {
  if (state === 'loaded') return 0
  return state !== 'loading' || rateMiBPerS === null ? null : leftBytes / MIB / rateMiBPerS
}

/** The same in EBS's words beside ours; a volume without a rate goes by how fast it has been. */
export function describeVolumeStatus(
  context: Context,
  { volumeId }: Input<'describeVolumeStatus'>,
): VolumeStatus {
  const { library, jobs } = context
  const { name } = usableVolume(library, volumeId)
  const load = volumeLoadOf(library, volumeId) ?? WHOLE
  const job = jobs.loading(volumeId)
  const secondsLeft = load.secondsLeft ?? job?.secondsLeft ?? null
  const isMade = library.loadRows().has(volumeId) && secondsLeft !== null
  return {
    volumeId,
    name,
    ...load,
    secondsLeft,
    InitializationStatusDetails: isMade
      ? {
          InitializationType: load.rateMiBPerS === null ? 'default' : 'provisioned-rate',
          Progress: percentOf(load),
          EstimatedTimeToCompleteInSeconds: Math.ceil(secondsLeft),
        }
      : null,
  }
}

/** A volume that was not made of a snapshot. */
const WHOLE: VolumeLoad = {
  state: 'loaded',
  totalBytes: 0,
  loadedBytes: 0,
  damagedRanges: [],
  touchedBlocks: 0,
  backgroundBlocks: 0,
  rateMiBPerS: null,
  isFastRestored: false,
  secondsLeft: 0,
}

/** 100 only once all is there. */
function percentOf({ totalBytes, loadedBytes }: VolumeLoad): number {
  return totalBytes === 0 ? 100 : Math.floor((loadedBytes / totalBytes) * 100)
}
