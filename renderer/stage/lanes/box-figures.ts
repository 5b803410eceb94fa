import type { Snapshot } from '../../../core/contract/model.ts'
import { formatBytes } from '../../words/byte-format.ts'
import type { Figure, Level } from './flow-nodes.ts'
import type { LaneView } from './lane-view.ts'

/** The figures on a card. */
export function boxFigures(
  { tree }: LaneView,
  snapshot: Snapshot,
  level: Level,
): readonly Figure[] {
  // What its owner stores of it is not ours to know.
  if (tree.foreign.has(snapshot.snapshotId)) {
    return [figure('Full size', '', snapshot.fullBytes, false)]
  }
  const stored = figure('Stored', 'here', snapshot.storedHereBytes, false)
  const borrowed = figure('Borrowed', '', snapshot.fullBytes - snapshot.storedHereBytes, false)
  const released = figure('Released', 'if deleted', snapshot.releasedIfDeletedBytes, true)
  if (level !== 'detail') return [stored, borrowed, released]
  return [
    figure('Full size', '', snapshot.fullBytes, false),
    figure('Added', '', snapshot.addedBytes, false),
    figure('Inherited', '', snapshot.inheritedBytes, false),
    stored,
    borrowed,
    figure('Shared', '', snapshot.sharedBytes, false),
    released,
  ]
}

function figure(label: string, rest: string, bytes: number, isStrong: boolean): Figure {
  return { label, rest, value: formatBytes(bytes), isStrong }
}
