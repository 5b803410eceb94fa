import type { Remnant, Snapshot, Volume } from '../../../core/contract/model.ts'
import { laneKeyOf } from '../../state/lanes.ts'
import { formatBytes, formatBytesShort } from '../../words/byte-format.ts'
import { joinNames } from '../../words/names.ts'
import { formatClock, formatInstant } from '../../words/time-format.ts'
import type { VolumeTree } from '../tree.ts'

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })

/** "3 Mar". */
export function dayOf(atMs: number): string {
  return day.format(atMs)
}

/** "10:00" for today, "3 Mar" for other days. */
export function dayOrClock(atMs: number, nowMs: number): string {
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString()
  return isToday ? formatClock(atMs) : dayOf(atMs)
}

/** "2 to 12 Feb", "21 Feb to 3 Mar"; one day alone. Oldest first. */
export function dateRange(snapshots: readonly Snapshot[]): string {
  const [first, last] = [snapshots[0], snapshots.at(-1)]
  if (!first || !last) return ''
  const [from, to] = [dayOf(first.startedAt), dayOf(last.startedAt)]
  if (from === to) return from
  const [fromDay, fromMonth] = from.split(' ')
  return to.endsWith(` ${fromMonth}`) ? `${fromDay} to ${to}` : `${from} to ${to}`
}

/** All that a snapshot's box shows, and its neighbours, as a person would say it. */
export function snapshotLabel(tree: VolumeTree, snapshot: Snapshot): string {
  const siblings = tree.laneOf.get(laneKeyOf(snapshot)) ?? []
  const volume = tree.volumes.find((v) => v.volumeId === snapshot.volumeId)
  const parent = snapshot.parentId === null ? undefined : tree.byId.get(snapshot.parentId)
  const children = tree.childrenOf.get(snapshot.snapshotId) ?? []
  const freed = snapshot.releasedIfDeletedBytes
  return [
    `${snapshot.name}, ${formatInstant(snapshot.startedAt)}, snapshot ${tree.numberOf.get(snapshot.snapshotId)} of ${siblings.length} in ${volume?.name ?? 'a removed volume'}${tree.hasRegions ? `, region ${snapshot.region}` : ''}.`,
    ...(snapshot.copiedFrom === null ? [] : [copyLabel(tree, snapshot)]),
    ...(tree.foreign.has(snapshot.snapshotId)
      ? [`Full size ${formatBytes(snapshot.fullBytes)}.`]
      : [
          `Full size ${formatBytes(snapshot.fullBytes)}, ${formatBytes(snapshot.storedHereBytes)} of it stored here.`,
          `Deleting it alone releases ${freed === 0 ? 'nothing' : formatBytes(freed)}.`,
        ]),
    ...(tree.marks.get(snapshot.snapshotId) ?? []).map(({ says }) => `${says}.`),
    parent ? `Parent ${parent.name}.` : 'No parent.',
    children.length === 0
      ? 'No child.'
      : `${children.length === 1 ? 'Child' : 'Children'} ${joinNames(children.map((c) => c.name))}.`,
  ].join(' ')
}

function copyLabel(tree: VolumeTree, copy: Snapshot): string {
  const source = copy.copiedFrom === null ? undefined : tree.byId.get(copy.copiedFrom)
  if (source === undefined) return 'A copy; its source has been deleted.'
  return `A copy of ${source.name}${source.region === copy.region ? '' : ` in ${source.region}`}.`
}

export function remnantLabel(remnant: Remnant): string {
  if (remnant.inBinUntil !== null) {
    return `${remnant.name} is in the Recycle Bin until ${formatInstant(remnant.inBinUntil)}; it stores ${formatBytes(remnant.heldBytes)}`
  }
  if (remnant.isLeftByArchiving) {
    return `${remnant.name} went to the archive; ${formatBytes(remnant.heldBytes)} that it wrote stay in the standard tier, as later snapshots read them`
  }
  return `${remnant.name} was deleted; later snapshots still read ${formatBytes(remnant.heldBytes)} that it wrote`
}

/** What the next snapshot goes on from; it may lie in the Recycle Bin. */
export function headBaseOf(
  { byId, remnantById }: VolumeTree,
  { head: { baseId } }: Volume,
): Snapshot | Remnant | undefined {
  return baseId === null ? undefined : (byId.get(baseId) ?? remnantById.get(baseId))
}

/** Two short lines for the box of a live volume. */
export function headLines(tree: VolumeTree, volume: Volume): readonly string[] {
  const base = headBaseOf(tree, volume)
  const changed = volume.head.changedBytes
  if (!base) return ['You are here.', 'No snapshot yet.']
  if (volume.source !== null && volume.source.state !== 'present') {
    return ['You are here.', SOURCE_SAYS[volume.source.state](base.name)]
  }
  const unreadable = unreadableOf(volume)
  if (unreadable !== null) return ['You are here.', `${formatBytes(unreadable)} cannot be read.`]
  if (changed === null) return ['You are here.', `File as it was at ${base.name}.`]
  if (changed === 0) return ['You are here.', `No change since ${base.name}.`]
  return ['You are here.', `${formatBytes(changed)} changed since ${base.name}.`]
}

/** The same for a narrow box: what it is, and since when, a line each. */
export function headNarrow(tree: VolumeTree, volume: Volume): readonly string[] {
  const base = headBaseOf(tree, volume)
  const { changedBytes } = volume.head
  if (!base) return ['no snapshot']
  if (volume.source !== null && volume.source.state !== 'present') {
    return [`file ${volume.source.state}`]
  }
  const unreadable = unreadableOf(volume)
  if (unreadable !== null) return [formatBytes(unreadable), 'unreadable']
  if (changedBytes === null) return ['as it was', `at ${base.name}`]
  if (changedBytes === 0) return ['no change', `since ${base.name}`]
  return [`+${formatBytes(changedBytes)}`, `since ${base.name}`]
}

/** The same in a word or two, a line each, for a pill. */
export function headShort(volume: Volume): readonly string[] {
  const changed = volume.head.changedBytes
  if (volume.source !== null && volume.source.state !== 'present') return [volume.source.state]
  if (unreadableOf(volume) !== null) return ['damaged']
  if (changed === null) return ['not read']
  if (changed === 0) return ['same']
  return `+${formatBytesShort(changed)}`.split('\u00a0')
}

/** Bytes of its snapshot that were tried and are damaged; null: none. */
function unreadableOf({ load }: Volume): number | null {
  return load?.state === 'damaged' ? load.totalBytes - load.loadedBytes : null
}

const SOURCE_SAYS = {
  changed: (base: string) => `The file changed since ${base}.`,
  grown: (base: string) => `The file grew since ${base}.`,
  shrunk: (base: string) => `The file shrank since ${base}.`,
  missing: () => 'The file is missing.',
  unreadable: () => 'The file cannot be read.',
}
