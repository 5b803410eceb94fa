import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import type { RiverEdge } from './flow-nodes.ts'

const BEND = 8

/** The line from parent to child: straight in a lane, one elbow down to a clone's lane. */
export const RiverEdgeView = memo(function RiverEdgeView(props: EdgeProps<RiverEdge>) {
  const { sourceX, sourceY, targetX, targetY, data } = props
  const isStraight = Math.abs(targetY - sourceY) < 1
  const turn = sourceX + BEND * 1.5
  const side = targetY > sourceY ? 1 : -1
  const path = isStraight
    ? `M${sourceX} ${sourceY} H${targetX}`
    : `M${turn} ${sourceY} V${targetY - BEND * side} Q${turn} ${targetY} ${turn + BEND} ${targetY} H${targetX}`
  return (
    <g className="river" data-faded={data?.isFaded}>
      <title>{data?.says}</title>
      <path d={path} strokeWidth={data?.thickness} />
      {!isStraight && (
        <path className="fork" d="M0 0v10M0 7c0-3 6-1 6-4" transform={`translate(${turn + 9} ${sourceY + 70})`} />
      )}
    </g>
  )
})
