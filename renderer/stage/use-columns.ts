import { useMemo, useState } from 'react'
import type { SnapshotId } from '../../core/contract/ids.ts'
import { GUTTER_WIDTH, layoutColumns } from './columns.ts'
import { layoutLanes } from './lanes/lane-layout.ts'
import { entriesOf, forksOf, type VolumeTree } from './tree.ts'
import { useColumnZoom, usePan } from './use-pan.ts'
import type { Size } from './use-size.ts'

/**
 * Where columns and lanes lie, and how far they are moved.
 *
 * @param markedIds selected or previewed: they stay open when others are squeezed
 * @param openKey what the keyboard is on
 */
export function useColumns(
  tree: VolumeTree,
  markedIds: readonly SnapshotId[],
  openKey: string | null,
  size: Size,
) {
  const [zoom, setZoom] = useState(1)
  const entries = useMemo(() => entriesOf(tree), [tree])
  const standing = useMemo(() => {
    const ends = [tree.snapshots[0], ...tree.snapshots.slice(-2)]
    const clones = tree.snapshots.filter((s) => s.volumeId !== tree.volumes[0]?.volumeId)
    const endIds = ends.flatMap((s) => s?.snapshotId ?? [])
    return [...endIds, ...forksOf(tree), ...clones.map((s) => s.snapshotId)]
  }, [tree])
  const layout = useMemo(() => {
    const focused = openKey !== null && tree.byId.has(openKey as SnapshotId) ? [openKey] : []
    const openFirst = [...focused, ...markedIds, ...standing] as SnapshotId[]
    return layoutColumns({ entries, openFirst, availableWidth: size.width - GUTTER_WIDTH, zoom })
  }, [tree, entries, standing, markedIds, openKey, size.width, zoom])
  const lanes = useMemo(
    () => layoutLanes(tree.lanes.length, layout, size.height),
    [tree, layout, size.height],
  )
  const pan = usePan(layout, lanes, size.width)
  const zoomBy = useColumnZoom(layout, pan, setZoom)
  const inView = size.width - GUTTER_WIDTH
  const seen = {
    from: Math.min(1, pan.x / layout.contentWidth),
    to: Math.min(1, (pan.x + inView) / layout.contentWidth),
  }
  return { layout, lanes, pan, zoomBy, seen }
}
