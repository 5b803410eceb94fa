import { memo } from 'react'
import type { VolumeId } from '../../core/contract/ids.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { colourOfGeneration, generationsOf } from '../stage/colours.ts'
import { snapshotsOfTree } from '../state/tree.ts'
import { StackBar } from '../ui/StackBar.tsx'

/** What a volume stores, split by the age of the snapshots that store it. */
export const MiniBar = memo(function MiniBar({
  library,
  volumeId,
}: {
  library: LibraryView
  volumeId: VolumeId
}) {
  const tree = snapshotsOfTree(library, volumeId)
  const generations = generationsOf(tree)
  const sums = new Map<number, number>()
  for (const s of tree) {
    if (s.volumeId !== volumeId) continue
    const generation = generations.get(s.snapshotId) ?? 0
    sums.set(generation, (sums.get(generation) ?? 0) + s.storedHereBytes)
  }
  const parts = [...sums]
    .toSorted(([a], [b]) => a - b)
    .map(([generation, bytes]) => ({
      key: String(generation),
      bytes,
      colour: colourOfGeneration(generation),
    }))
  return <StackBar className="mini-bar" parts={parts} />
})
