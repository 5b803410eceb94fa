import type { DeletionPlan } from '../../core/contract/deletion.ts'
import type { VolumeId } from '../../core/contract/ids.ts'
import type { VolumeLoad } from '../../core/contract/loading.ts'
import { formatBytes } from './byte-format.ts'
import { count, joinNames } from './names.ts'
import { formatSeconds } from './time-format.ts'

/** "50 %": 100 only once all is there. */
export function loadedPercent({ loadedBytes, totalBytes }: VolumeLoad): string {
  const percent = totalBytes === 0 ? 100 : Math.floor((loadedBytes / totalBytes) * 100)
  return `${percent} %`
}

/** Where its blocks came from, how fast, and what is left, as far as that can be told. */
export function loadWords(load: VolumeLoad): string {
  const touched = `${count(load.touchedBlocks, 'block')} came when touched`
  const inTurn = `${count(load.backgroundBlocks, 'block')} in turn`
  const rate = load.rateMiBPerS === null ? '' : ` At ${load.rateMiBPerS} MiB/s.`
  const left =
    load.secondsLeft === null || load.state === 'loaded'
      ? ''
      : ` ${formatSeconds(load.secondsLeft)} left.`
  return `${touched}, ${inTurn}.${rate}${left}`
}

/** What does not come back yet, and why; null where nothing is held. */
export function heldWords(plan: DeletionPlan, nameOf: (id: VolumeId) => string): string | null {
  if (plan.heldBytes === 0) return null
  const names = plan.heldBy.map(({ volumeId }) => nameOf(volumeId))
  const [it, loads] = names.length === 1 ? ['it', 'loads'] : ['they', 'load']
  const volumes = names.length === 1 ? 'volume' : 'volumes'
  return `${formatBytes(plan.heldBytes)} held by ${volumes} ${joinNames(names)} while ${it} ${loads}.`
}
