import { useMemo } from 'react'
import type { CoreSampleRequest } from '../../core/contract/core-sample.ts'
import { MAX_SAMPLE_ROWS } from '../../core/contract/core-sample.ts'
import type { RegionName, SnapshotId, VolumeId } from '../../core/contract/ids.ts'
import { BLOCK_BYTES } from '../../core/contract/units.ts'
import { laneKeyOf } from '../state/lanes.ts'
import { generationsOf } from './colours.ts'
import type { BlockWindow } from './core/address-axis.ts'
import type { Picture } from './core/picture.ts'
import { stripOf } from './core/strip.ts'
import { takeoversOf } from './core/takeovers.ts'
import { MAX_SAMPLE_SNAPSHOTS } from './core/use-core-sample.ts'
import type { StageProps } from './stage-props.ts'
import { treeOf, type VolumeTree } from './tree.ts'

/** Rows that strips and a whole core sample are drawn from. */
const BASE_ROWS = 512

/** The tree of the volume shown, with what is looked up in it again and again. */
export function useTree(props: StageProps) {
  const { library, volumeId, selection } = props
  const tree = useMemo(() => treeOf(library, volumeId), [library, volumeId])
  const generations = useMemo(() => generationsOf(tree.snapshots), [tree])
  const last = selection.at(-1)
  const followed = useMemo(() => {
    const chosen = last === undefined ? undefined : tree.byId.get(last)
    const key = chosen && laneKeyOf(chosen)
    return (
      tree.lanes.find((lane) => lane.key === key) ??
      tree.lanes.find((lane) => lane.isHome && lane.volume.volumeId === volumeId) ??
      tree.lanes.find((lane) => lane.volume.volumeId === volumeId)
    )
  }, [tree, last, volumeId])
  const volumeBlocks = useMemo(
    () => Math.max(1, ...tree.volumes.map((v) => Math.ceil(v.sizeBytes / BLOCK_BYTES))),
    [tree],
  )
  return { tree, generations, followed, volumeBlocks }
}

/** The snapshots that the question or the selection is about. */
export function useDoomed(props: StageProps): readonly SnapshotId[] {
  const { question, selection } = props
  return question.kind === 'preview' ? question.plan.snapshotIds : selection
}

/**
 * What to ask the engine for. The same object as long as it asks the same, so that a re-render asks
 * nothing.
 *
 * @param window null: the whole volume
 */
export function useSampleRequest(
  tree: VolumeTree,
  volumeId: VolumeId,
  doomedIds: readonly SnapshotId[],
  volumeBlocks: number,
  window: BlockWindow | null,
): CoreSampleRequest | null {
  const idsKey = useMemo(() => tree.snapshots.map((s) => s.snapshotId).join(), [tree])
  const key = JSON.stringify([idsKey, volumeId, doomedIds, volumeBlocks, window])
  return useMemo(() => {
    const volume = tree.volumes.find((v) => v.volumeId === volumeId)
    if (!volume) return null
    const ids = tree.snapshots.map((s) => s.snapshotId)
    return {
      volumeId,
      snapshotIds: ids.slice(-MAX_SAMPLE_SNAPSHOTS),
      withHead: !volume.isRemoved,
      firstBlock: window?.firstBlock ?? 0,
      blockCount: window?.blockCount ?? volumeBlocks,
      maxRows: window ? MAX_SAMPLE_ROWS : BASE_ROWS,
      doomedIds: doomedIds.filter((id) => tree.byId.has(id)),
    }
  }, [key])
}

/** What the lanes draw from the picture. */
export function usePictureFacts(
  picture: Picture | null,
  tree: VolumeTree,
  generations: ReadonlyMap<SnapshotId, number>,
  headRegion: RegionName | undefined,
  isPreview: boolean,
) {
  return useMemo(() => {
    const columns = picture?.sample.columns ?? []
    const foreign = new Set(
      columns.flatMap((c, i) => (c.snapshotId && tree.foreign.has(c.snapshotId) ? [i] : [])),
    )
    const regions = columns.map((c) => c.snapshotId && tree.byId.get(c.snapshotId)?.region)
    const counts = new Map<unknown, number>()
    for (const region of regions) if (region) counts.set(region, (counts.get(region) ?? 0) + 1)
    return {
      /** Of each column, how many snapshots are of its region. */
      peers: regions.map((region) => counts.get(region ?? headRegion) ?? 0),
      generationOfColumn: columns.map((c) => (c.snapshotId && generations.get(c.snapshotId)) ?? 0),
      names: columns.map((c) => (c.snapshotId && tree.byId.get(c.snapshotId)?.name) ?? ''),
      foreign,
      strips: new Map(
        columns.map((column, index) => [
          column.snapshotId,
          picture ? stripOf(picture, index, isPreview && column.snapshotId !== null, foreign) : [],
        ]),
      ),
    }
  }, [picture, tree, generations, headRegion, isPreview])
}

/** Who takes over from the one pointed at, or in a preview from all that go. */
export function useTakeovers(
  props: StageProps,
  picture: Picture | null,
  tree: VolumeTree,
): ReadonlyMap<SnapshotId, number | null> {
  const { question, hoverId, selection } = props
  const aboutId = hoverId ?? (selection.length === 1 ? selection[0] : undefined)
  return useMemo(() => {
    if (question.kind === 'preview') {
      return new Map(question.plan.heirs.map((h) => [h.snapshotId, h.inheritedBytes]))
    }
    const about = aboutId ? tree.byId.get(aboutId) : undefined
    return about && picture ? takeoversOf(picture, about) : new Map()
  }, [question, aboutId, picture, tree])
}
