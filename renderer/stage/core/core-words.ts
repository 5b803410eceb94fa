import type { BlockRange } from '../../../core/contract/ids.ts'
import type { VolumeLoad } from '../../../core/contract/loading.ts'
import type { Snapshot, Volume } from '../../../core/contract/model.ts'
import { BLOCK_BYTES } from '../../../core/contract/units.ts'
import { formatBytes, formatBytesShort } from '../../words/byte-format.ts'
import { UNLOADED_LABELS, type UnloadedLook, unloadedWords } from '../../words/load-words.ts'
import { count, joinNames } from '../../words/names.ts'
import type { VolumeTree } from '../tree.ts'
import { otherHoldersOf } from './bands.ts'
import type { Labelled, Wordings } from './cell-label.ts'
import { NO_STORER } from './picture.ts'
import { EMPTY } from './tones.ts'
import type { UnloadedCell } from './unloaded-cells.ts'

/** One sentence for a person who cannot see the picture. */
export function summaryOf(
  tree: VolumeTree,
  volume: Volume | undefined,
  load: VolumeLoad | null,
): string {
  const stored = tree.snapshots.reduce((sum, s) => sum + s.storedHereBytes, 0)
  const widest = [...tree.snapshots].sort((a, b) => b.storedHereBytes - a.storedHereBytes)[0]
  const most = widest?.storedHereBytes
    ? ` ${widest.name} stores the most, ${formatBytes(widest.storedHereBytes)}.`
    : ''
  return `Core sample of ${volume?.name ?? 'the volume'}: addresses from top to bottom, ${count(
    tree.snapshots.length,
    'snapshot',
  )} from left to right, ${formatBytes(stored)} stored.${most}${leftToLoad(load)}`
}

function leftToLoad(load: VolumeLoad | null): string {
  if (load === null || load.state === 'loaded') return ''
  const left = formatBytes(load.totalBytes - load.loadedBytes)
  const why = load.state === 'damaged' ? 'cannot be read' : 'are not loaded yet'
  return ` Of the live volume ${left} of ${formatBytes(load.totalBytes)} ${why}.`
}

/** Under a snapshot's column. */
export function footOf(snapshot: Snapshot): Wordings {
  const size = formatBytes(snapshot.fullBytes)
  return [`Full size ${size}`, `Full ${size}`, size, formatBytesShort(snapshot.fullBytes)]
}

/** Under the column of the live volume. */
export function headFoot(
  volume: Volume,
  base: Pick<Snapshot, 'name'> | undefined,
  isPreview: boolean,
): Wordings {
  if (isPreview) return ['not touched']
  const { dataBytes, changedBytes } = volume.head
  if (dataBytes === null)
    return base ? [`as it was at ${base.name}`, `as at ${base.name}`, 'not read'] : ['']
  const size = formatBytes(dataBytes)
  const less = [`reads ${size}`, size, formatBytesShort(dataBytes)]
  if (changedBytes) return [`reads ${size}, ${formatBytes(changedBytes)} new`, ...less]
  return [`reads ${size}, stores 0\u00a0B`, ...less]
}

/** A cell too small for its label, told in lines. */
export function cellCard(of: Labelled, column: number, row: number): readonly string[] {
  const { picture } = of
  const { sample } = picture
  const from = sample.rowStarts[row] ?? 0
  const end = sample.rowStarts[row + 1] ?? from
  const range = `${formatBytes(from * BLOCK_BYTES)} to ${formatBytes(end * BLOCK_BYTES)}`
  const data = sample.columns[column]
  const writer = data?.cells[row] ?? -1
  const cell = column * picture.rowCount + row
  const name = of.names[column] ?? ''
  if (!data || writer === -1) return [range, 'never written']
  if (writer < 0) return [range, 'written since the last snapshot']
  if (of.view.foreign.has(column)) return [range, 'shared with you by its owner']
  const storer = picture.storers[cell] ?? NO_STORER
  const stored =
    storer === column ? `stored by ${name} itself` : `stored by ${of.names[storer] ?? ''}`
  const band = { firstRow: row, endRow: row + 1, firstBlock: from, endBlock: end, tone: EMPTY }
  const others = otherHoldersOf(picture, column, {
    ...band,
    writer,
    storer,
    dataBlocks: 0,
    releasedBlocks: 0,
  })
  const held =
    others.length === 0
      ? `only ${name} holds it`
      : heldBy(others.map((other) => of.names[other] ?? ''))
  const isMixed = (data.majorityBlocks[row] ?? 0) < (data.dataBlocks[row] ?? 0)
  return [range, isMixed ? `most of it ${stored}` : stored, held]
}

const CLICK_TO: Readonly<Record<UnloadedLook, string>> = {
  unloaded: 'click to load',
  damaged: 'click to try again, or to write',
}

/** A cell of the live volume of which blocks are still elsewhere, told in lines. */
export function unloadedCard(
  { firstBlock, blockCount }: BlockRange,
  missing: UnloadedCell,
  look: UnloadedLook,
  canLoad: boolean,
): readonly string[] {
  const end = (firstBlock + blockCount) * BLOCK_BYTES
  const range = `${formatBytes(firstBlock * BLOCK_BYTES)} to ${formatBytes(end)}`
  const amount = `${unloadedWords(missing)} of this cell`
  return [range, UNLOADED_LABELS[look], amount, ...(canLoad ? [CLICK_TO[look]] : [])]
}

/** A few names, or how many and from where to where. */
function heldBy(names: readonly string[]): string {
  if (names.length <= 3) return `also held by ${joinNames(names)}`
  return `also held by ${count(names.length, 'other')}, ${names[0]} to ${names.at(-1)}`
}
