import { type MouseEvent, useRef } from 'react'
import type { SnapshotId } from '../../core/contract/ids.ts'
import { type ColumnLayout, columnAt } from './columns.ts'
import { rangeOf } from './keyboard.ts'
import type { StageProps } from './stage-props.ts'
import { isNode, type VolumeTree } from './tree.ts'
import { usePointing } from './use-pointing.ts'

/**
 * Pointing at columns and choosing them, the same in the lanes and in the core sample. `x` is in
 * pixels from the gutter, before panning.
 */
export function useGestures(
  props: StageProps,
  tree: VolumeTree,
  layout: ColumnLayout,
  onStand: (id: SnapshotId) => void,
) {
  const point = usePointing(props.hoverId, props.onHover)
  const anchor = useRef<SnapshotId | null>(null)
  const idAt = (x: number) => {
    const id = columnAt(layout, x)?.id ?? null
    return isNode(tree, id) ? id : null
  }
  return {
    onPointId: point,
    onPoint: (x: number | null) => point(x === null ? null : idAt(x)),
    onPress: (event: MouseEvent, x: number) => {
      const id = idAt(x)
      if (id === null) return
      onStand(id)
      if (event.shiftKey && anchor.current) {
        props.onSelect(rangeOf(tree, anchor.current, id), 'range')
        return
      }
      anchor.current = id
      props.onSelect([id], event.ctrlKey || event.metaKey ? 'toggle' : 'one')
    },
    onMenu: (event: MouseEvent, x: number) => {
      const id = idAt(x)
      if (id === null || !tree.byId.has(id)) return
      event.preventDefault()
      props.onContextMenu(id, event.clientX, event.clientY)
    },
  }
}
