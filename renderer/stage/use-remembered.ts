import { useEffect, useRef } from 'react'
import type { SnapshotId } from '../../core/contract/ids.ts'
import type { Scene } from './core/scene.ts'
import type { LaneView } from './lanes/lane-view.ts'

/** A picture as it was shown: what a deletion takes away must be seen going. */
export type Remembered = {
  readonly view: LaneView
  readonly scene: Scene
  readonly panX: number
}

/** Remembers the last picture of this tree of snapshots and of the one before it. */
export function useRemembered(
  view: LaneView,
  scene: Scene | null,
  panX: number,
  isPlaying: boolean,
) {
  const pages = useRef<readonly Remembered[]>([])
  useEffect(() => {
    if (isPlaying || scene === null || !isWhole(view, scene)) return
    const page = { view, scene, panX }
    const older = pages.current.find((p) => p.view.tree.snapshots !== view.tree.snapshots)
    pages.current = older ? [page, older] : [page]
  }, [view, scene, panX, isPlaying])
  return (ids: readonly SnapshotId[]): Remembered | null =>
    pages.current.find((page) => ids.every((id) => page.view.tree.byId.has(id))) ?? null
}

/** The picture answers this very tree, not the one before it. */
function isWhole(view: LaneView, scene: Scene): boolean {
  return view.tree.snapshots.every((s) => scene.picture.columnOf.has(s.snapshotId))
}
