import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import type { RiverEdge } from './flow-nodes.ts'

const BEND = 8

/** The line from parent to child: straight in a lane, one elbow down to a clone's lane. */
export const RiverEdgeView = memo(function RiverEdgeView(props: EdgeProps<RiverEdge>) {
  const { sourceX, sourceY, targetX, targetY, data } = props
  const isStraight = data?.isStraight ?? true
  const side = targetY > sourceY ? 1 : -1
  const path = isStraight
    ? `M${sourceX} ${sourceY} H${targetX}`
    : `M${sourceX} ${sourceY} V${targetY - BEND * side} Q${sourceX} ${targetY} ${sourceX + BEND} ${targetY} H${targetX}`
  return (
    <g className="river" data-faded={data?.isFaded}>
      <title>{data?.says}</title>
      <path d={path} strokeWidth={data?.thickness} />
      {!isStraight && (
        <g className="fork" transform={`translate(${sourceX + 11} ${sourceY + 4})`}>
          <path d="M3 1v10M3 8c0-3 6-1 6-4" />
          <circle cx="3" cy="1.5" r="1.4" />
          <circle cx="3" cy="11" r="1.4" />
          <circle cx="9" cy="3" r="1.4" />
        </g>
      )}
    </g>
  )
})
