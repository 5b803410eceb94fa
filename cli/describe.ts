import type { BlockRange } from '../core/contract/ids.ts'
import type { LibraryView, Snapshot } from '../core/contract/model.ts'
import type { BlockDiff, VerifyResult } from '../core/contract/results.ts'
import { formatSize } from '../core/contract/size-text.ts'
import { BLOCK_BYTES } from '../core/contract/units.ts'
import { fastRestoreFacts } from './fast-restore.ts'
import { isOwn } from './find.ts'
import { formatInstant } from './instant.ts'
import { encryptionFacts, markFacts } from './marks.ts'
import { facts, safeName, table } from './table.ts'

/** A size that may have to be exact: `1.5 GiB (1610612736 bytes)`. */
export function exact(bytes: number): string {
  return bytes < 1_024 ? formatSize(bytes) : `${formatSize(bytes)} (${bytes} bytes)`
}

export function snapshotText(view: LibraryView, snapshot: Snapshot): string {
  const borrowedBytes = snapshot.fullBytes - snapshot.storedHereBytes
  return facts([
    ['Snapshot', safeName(snapshot.name)],
    ['Id', snapshot.snapshotId],
    ...(snapshot.description === ''
      ? []
      : ([['Description', safeName(snapshot.description)]] as const)),
    ['Volume', `${volumeName(view, snapshot.volumeId)} (${snapshot.volumeId})`],
    ['Owner', snapshot.ownerId],
    ['Region', snapshot.region],
    ...(snapshot.copiedFrom === null
      ? []
      : ([['Copy of', sourceText(view, snapshot.copiedFrom)]] as const)),
    ['Parent', parentText(view, snapshot)],
    ['State', stateText(snapshot)],
    ...encryptionFacts(snapshot),
    ...markFacts(snapshot),
    ...fastRestoreFacts(view, snapshot.snapshotId),
    ['Taken', formatInstant(snapshot.startedAt)],
    ['Volume size', exact(snapshot.volumeSizeBytes)],
    ['Full size', exact(snapshot.fullBytes)],
    ['Added', exact(snapshot.addedBytes)],
    ['Inherited', exact(snapshot.inheritedBytes)],
    ['Stored here', exact(snapshot.storedHereBytes)],
    ['Borrowed', exact(borrowedBytes)],
    ['Shared', exact(snapshot.sharedBytes)],
    ['Released if deleted', exact(snapshot.releasedIfDeletedBytes)],
    ...heldFacts(snapshot),
    ['Fair share', exact(snapshot.fairShareBytes)],
  ])
}

function heldFacts({ heldIfDeletedBytes }: Snapshot): [string, string][] {
  if (heldIfDeletedBytes === 0) return []
  return [['Held', `${exact(heldIfDeletedBytes)}: volumes that load it need it until then`]]
}

export function snapshotTable(view: LibraryView, snapshots: readonly Snapshot[]): string {
  const isSplit = view.regions.length > 1
  const isShared = snapshots.some((snapshot) => !isOwn(view, snapshot))
  return table(
    [
      { heading: 'Id' },
      { heading: 'Name' },
      { heading: 'Volume' },
      ...(isShared ? [{ heading: 'Owner' }] : []),
      ...(isSplit ? [{ heading: 'Region' }] : []),
      { heading: 'Parent' },
      { heading: 'Taken' },
      { heading: 'Full', isFigure: true },
      { heading: 'Stored here', isFigure: true },
      { heading: 'Borrowed', isFigure: true },
      { heading: 'Released', isFigure: true },
      { heading: 'Fair share', isFigure: true },
    ],
    snapshots.map((snapshot) => [
      snapshot.snapshotId,
      safeName(snapshot.name),
      volumeName(view, snapshot.volumeId),
      ...(isShared ? [snapshot.ownerId] : []),
      ...(isSplit ? [snapshot.region] : []),
      parentText(view, snapshot),
      snapshot.state === 'completed' ? formatInstant(snapshot.startedAt) : snapshot.state,
      formatSize(snapshot.fullBytes),
      formatSize(snapshot.storedHereBytes),
      formatSize(snapshot.fullBytes - snapshot.storedHereBytes),
      formatSize(snapshot.releasedIfDeletedBytes),
      formatSize(snapshot.fairShareBytes),
    ]),
  )
}

export function diffText(diff: BlockDiff): string {
  const rows = diff.ranges.map((range) => [
    String(range.firstBlock),
    String(range.blockCount),
    String(range.firstBlock * BLOCK_BYTES),
    formatSize(range.blockCount * BLOCK_BYTES),
    range.change,
  ])
  const sums = facts([
    ['Added', formatSize(diff.addedBytes)],
    ['Changed', formatSize(diff.changedBytes)],
    ['Removed', formatSize(diff.removedBytes)],
  ])
  if (rows.length === 0) return `No block differs.\n${sums}`
  const columns = [
    { heading: 'First block', isFigure: true },
    { heading: 'Blocks', isFigure: true },
    { heading: 'At byte', isFigure: true },
    { heading: 'Size', isFigure: true },
    { heading: 'Change' },
  ]
  return `${table(columns, rows)}\n${sums}`
}

export function verifyText(view: LibraryView, result: VerifyResult): string {
  const checked = `${result.blocksChecked} blocks checked`
  const unchecked = uncheckedText(result)
  if (result.ok) return [`${checked}: everything is whole.`, ...unchecked].join('\n')
  const count = result.problems.length
  const lines = [`${checked}, ${count} ${count === 1 ? 'problem' : 'problems'}:`]
  for (const problem of result.problems) {
    lines.push(`${problem.kind}: ${problem.message}`)
    for (const { snapshotId, ranges } of problem.affected) {
      const places = blockPlaces(ranges)
      lines.push(`  touches ${snapshotName(view, snapshotId)} (${snapshotId}), block ${places}`)
    }
  }
  return [...lines, ...unchecked].join('\n')
}

export function blockPlaces(ranges: readonly BlockRange[]): string {
  const places = ranges.map(({ firstBlock, blockCount }) =>
    blockCount === 1 ? `${firstBlock}` : `${firstBlock}-${firstBlock + blockCount - 1}`,
  )
  return places.join(', ')
}

function uncheckedText({ encrypted: { unchecked } }: VerifyResult): string[] {
  if (unchecked === 0) return []
  const those =
    unchecked === 1 ? '1 encrypted snapshot was' : `${unchecked} encrypted snapshots were`
  return [`${those} not compared with what their keys say: those are locked, or cannot be used.`]
}

export function volumeName(view: LibraryView, volumeId: string): string {
  const volume = view.volumes.find((each) => each.volumeId === volumeId)
  return volume === undefined ? volumeId : safeName(volume.name)
}

export function snapshotName(view: LibraryView, snapshotId: string): string {
  const found = [...view.snapshots, ...view.remnants].find((each) => each.snapshotId === snapshotId)
  return found === undefined ? snapshotId : safeName(found.name)
}

function stateText({ state, stateMessage, isToBeDeleted }: Snapshot): string {
  if (stateMessage !== null) return `${state}: ${stateMessage}`
  return isToBeDeleted ? `${state}, to be deleted when complete` : state
}

function parentText(view: LibraryView, snapshot: Snapshot): string {
  return snapshot.parentId === null ? '-' : snapshotName(view, snapshot.parentId)
}

function sourceText(view: LibraryView, snapshotId: string): string {
  const source = view.snapshots.find((each) => each.snapshotId === snapshotId)
  if (source === undefined) return `${snapshotId}, which was deleted`
  return `${safeName(source.name)} in ${source.region} (${snapshotId})`
}
