import type { DeletionPlan } from '../../core/contract/deletion.ts'
import type { VolumeId } from '../../core/contract/ids.ts'
import type { VolumeLoad } from '../../core/contract/loading.ts'
import type { UnloadedCell } from '../stage/core/unloaded-cells.ts'
import { formatBytes } from './byte-format.ts'
import { count, joinNames } from './names.ts'
import { formatSeconds } from './time-format.ts'
import { placesOf } from './verify-words.ts'

/** "50 %": 100 only once all is there. */
export function loadedPercent({ loadedBytes, totalBytes }: VolumeLoad): string {
  const percent = totalBytes === 0 ? 100 : Math.floor((loadedBytes / totalBytes) * 100)
  return `${percent} %`
}

export const LOAD_TITLES: Readonly<Record<VolumeLoad['state'], string>> = {
  loading: 'Loading',
  paused: 'Loading is paused',
  waiting: 'Loading waits for its key',
  damaged: 'Loaded but for damage',
  loaded: 'Loaded',
}

/** How what a volume has not got is drawn, and why it has not: its turn has not come, or it cannot. */
export type UnloadedLook = 'unloaded' | 'damaged'

export const UNLOADED_LABELS: Readonly<Record<UnloadedLook, string>> = {
  unloaded: 'not loaded yet',
  damaged: 'cannot be read',
}

export function unloadedLook(load: Pick<VolumeLoad, 'state'> | null): UnloadedLook {
  return load?.state === 'damaged' ? 'damaged' : 'unloaded'
}

/**
 * What can be done with a volume before all of it is loaded.
 *
 * @param isOpen its keys can be used, if it has any
 */
export function meanwhile({ state, damagedRanges }: VolumeLoad, isOpen: boolean): string {
  if (state === 'damaged') {
    return `All but ${placesOf(damagedRanges)}, which cannot be read. Verify tells the file: put it back from a copy and load again, or write something else there.`
  }
  return state === 'waiting'
    ? 'It goes on once its key can be used: unlock the keys, or enable it.'
    : isOpen
      ? 'It can be used meanwhile.'
      : 'Nothing more comes until its key can be used.'
}

/** Where its blocks came from, how fast, and what is left, as far as that can be told. */
export function loadWords(load: VolumeLoad): string {
  if (load.isFastRestored) return 'Restored fast: all of it was there before the volume was.'
  const touched = `${count(load.touchedBlocks, 'block')} came when touched`
  const inTurn = `${count(load.backgroundBlocks, 'block')} in turn`
  const isOver = load.state === 'loaded' || load.state === 'damaged'
  const rate = isOver || load.rateMiBPerS === null ? '' : ` At ${load.rateMiBPerS} MiB/s.`
  const left =
    isOver || load.secondsLeft === null ? '' : ` ${formatSeconds(load.secondsLeft)} left.`
  return `${touched}, ${inTurn}.${rate}${left}`
}

/** What blocks that were asked for have come to. */
export function touchedWords({ loadedBytes, totalBytes }: VolumeLoad): string {
  return `Loaded ${formatBytes(loadedBytes)} of ${formatBytes(totalBytes)}.`
}

/** How much of some blocks is still elsewhere. @param ofBlocks all of them, more than none */
export function unloadedWords({ blocks, ofBlocks, isExact }: UnloadedCell): string {
  const amount = isExact ? '' : 'about '
  return `${amount}${blocks} of ${count(ofBlocks, 'block')}`
}

/**
 * What stays on the disk although its snapshots were deleted; null where that is nothing.
 *
 * @param heldBytes for all volumes that load
 */
export function heldNowWords(heldBytes: number, load: VolumeLoad): string | null {
  const most = Math.min(heldBytes, load.totalBytes - load.loadedBytes)
  if (most === 0) return null
  return `Up to ${formatBytes(most)} of that are of deleted snapshots: held for this volume until it has them.`
}

/** What does not come back yet, and why; null where nothing is held. */
export function heldWords(plan: DeletionPlan, nameOf: (id: VolumeId) => string): string | null {
  if (plan.heldBytes === 0) return null
  const names = plan.heldBy.map(({ volumeId }) => nameOf(volumeId))
  const [it, loads] = names.length === 1 ? ['it', 'loads'] : ['they', 'load']
  const volumes = names.length === 1 ? 'volume' : 'volumes'
  return `${formatBytes(plan.heldBytes)} held by ${volumes} ${joinNames(names)} while ${it} ${loads}.`
}
