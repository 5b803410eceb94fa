import { PanOnScrollMode, ReactFlow, type Viewport } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { type KeyboardEvent, type MouseEvent, type RefObject, useMemo, useRef } from 'react'
import { CapsuleNodeView } from './CapsuleNode.tsx'
import type { RiverEdge, StageNode } from './flow-nodes.ts'
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
}
const edgeTypes = { river: RiverEdgeView }

type Props = {
  view: LaneView
  /** The lanes' own element, for whoever moves the focus in it. */
  container: RefObject<HTMLDivElement | null>
  width: number
  viewport: Viewport
  onViewport(viewport: Viewport): void
  /** `x`: pixels from the gutter, before panning; where the pointer is in the window. */
  onPoint(x: number | null, key: string | null): void
  onPress(event: MouseEvent, x: number, key: string): void
  onMenu(event: MouseEvent, x: number, key: string): void
  onFocusKey(key: string): void
  onKeyDown(event: KeyboardEvent): void
}

/** The lineage: a lane for each volume, a column for each snapshot. One tab stop. */
export function Lanes(props: Props) {
  const { view, viewport, container } = props
  const flow = useMemo(() => toFlow(view), [view])
  const frame = useRef<HTMLDivElement>(null)
  const columnX = (event: MouseEvent) => {
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
        <ReactFlow<StageNode, RiverEdge>
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
          onNodeMouseMove={(event, node) => props.onPoint(columnX(event), node.id)}
          onNodeMouseLeave={() => props.onPoint(null, null)}
          onNodeClick={(event, node) => props.onPress(event, columnX(event), node.id)}
          onNodeContextMenu={(event, node) => props.onMenu(event, columnX(event), node.id)}
          proOptions={{ hideAttribution: true }}
        />
      </div>
    </div>
  )
}
