import { PanOnScrollMode, ReactFlow, type Viewport } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { type KeyboardEvent, type MouseEvent, type RefObject, useMemo, useRef } from 'react'
import type { ImageId, VolumeId } from '../../../core/contract/ids.ts'
import { type Column, columnAt } from '../columns.ts'
import { useWheel } from '../use-wheel.ts'
import { CapsuleNodeView } from './CapsuleNode.tsx'
import { CopyEdgeView } from './CopyEdge.tsx'
import { FrameNodeView } from './FrameNode.tsx'
import type { StageEdge, StageNode } from './flow-nodes.ts'
import { HeadNodeView } from './HeadNode.tsx'
import { LaneNames } from './LaneNames.tsx'
import type { LaneView } from './lane-view.ts'
import { RemnantNodeView } from './RemnantNode.tsx'
import { RiverEdgeView } from './RiverEdge.tsx'
import { SnapshotNodeView } from './SnapshotNode.tsx'
import { toFlow } from './to-flow.ts'

/** Outside every component: a new object on each render makes React Flow mount all nodes anew. */
const nodeTypes = {
  snapshot: SnapshotNodeView,
  remnant: RemnantNodeView,
  head: HeadNodeView,
  capsule: CapsuleNodeView,
  frame: FrameNodeView,
}
const edgeTypes = { river: RiverEdgeView, copy: CopyEdgeView }

type Props = {
  view: LaneView
  /** The lanes' own element, for whoever moves the focus in it. */
  container: RefObject<HTMLDivElement | null>
  width: number
  viewport: Viewport
  onViewport(viewport: Viewport): void
  onZoom(factor: number, about: Column | undefined): void
  /** `x`: pixels from the gutter, before panning. */
  onPoint(x: number | null): void
  onPress(event: MouseEvent, x: number): void
  onMenu(event: MouseEvent, x: number): void
  /** The frame of an image was pressed, or what it names of another volume. */
  onImage(id: ImageId, at?: VolumeId): void
  onFocusKey(key: string): void
  onKeyDown(event: KeyboardEvent): void
}

/** One notch of a wheel. */
const ZOOM_STEP = 1.25

/** The lineage: a lane for each volume and region, a column for each snapshot. One tab stop. */
export function Lanes(props: Props) {
  const { view, viewport, container } = props
  const flow = useMemo(() => toFlow(view), [view])
  const frame = useRef<HTMLDivElement>(null)
  useWheel(frame, (event) => {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    const about = columnAt(view.layout, columnX(event))
    props.onZoom(event.deltaY > 0 ? 1 / ZOOM_STEP : ZOOM_STEP, about)
  })
  const columnX = (event: { clientX: number }) => {
    const left = frame.current?.getBoundingClientRect().left ?? 0
    return event.clientX - left - viewport.x
  }
  return (
    <div className="lanes" ref={container} style={{ height: view.lanes.height }}>
      <LaneNames
        tree={view.tree}
        lanes={view.lanes}
        offsetY={viewport.y}
        shape={view.layout.shape}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys reach it from the focused node */}
      <div
        className="lanes-flow"
        ref={frame}
        onKeyDown={props.onKeyDown}
        onFocus={(event) => {
          const node = event.target.closest<HTMLElement>('.react-flow__node')
          if (node?.dataset.id) props.onFocusKey(node.dataset.id)
        }}
      >
        <ReactFlow<StageNode, StageEdge>
          nodes={flow.nodes}
          edges={flow.edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          viewport={viewport}
          onViewportChange={props.onViewport}
          minZoom={1}
          maxZoom={1}
          translateExtent={[
            [0, 0],
            [
              Math.max(view.layout.contentWidth, props.width),
              Math.max(view.lanes.contentHeight, view.lanes.height),
            ],
          ]}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          selectionOnDrag={false}
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          panActivationKeyCode={null}
          zoomActivationKeyCode={null}
          zoomOnScroll={false}
          zoomOnPinch={false}
          zoomOnDoubleClick={false}
          panOnScroll
          panOnScrollMode={
            view.lanes.contentHeight > view.lanes.height
              ? PanOnScrollMode.Free
              : PanOnScrollMode.Horizontal
          }
          disableKeyboardA11y
          onlyRenderVisibleElements
          // A frame is about an image: the snapshot in it is not meant.
          onNodeMouseMove={(event, { type }) =>
            props.onPoint(type === 'frame' ? null : columnX(event))
          }
          onNodeMouseLeave={() => props.onPoint(null)}
          onNodeClick={(event, node) => {
            if (node.type !== 'frame') return props.onPress(event, columnX(event))
            const isOther = (event.target as Element).closest('.image-frame-others') !== null
            const at = isOther ? node.data.others?.volumeId : null
            props.onImage(node.data.imageId, at ?? undefined)
          }}
          onNodeContextMenu={(event, { type }) => {
            if (type !== 'frame') props.onMenu(event, columnX(event))
          }}
          proOptions={{ hideAttribution: true }}
        />
      </div>
    </div>
  )
}
