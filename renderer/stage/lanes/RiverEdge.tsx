import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import type { RiverEdge } from './flow-nodes.ts'

const BEND = 8
/** Under a box: how deep a line goes that passes the next ones by, beside the middle of both. */
const [DIP, ASIDE] = [9, 14]
/** The head's goes so much deeper, since those of copies end on its way. */
const BELOW = 4
/** It passes through where links and captions are: as wide as other lines it would cover them. */
const AROUND_WIDTH = 2.5

/** The line from parent to child, in the shape that toFlow chose. */
export const RiverEdgeView = memo(function RiverEdgeView(props: EdgeProps<RiverEdge>) {
  const { sourceX, sourceY, data } = props
  const shape = data?.shape ?? 'straight'
  return (
    <g className="river" data-faded={data?.isFaded} data-shape={shape}>
      <title>{data?.says}</title>
      <path d={pathOf(props)} strokeWidth={shape === 'around' ? AROUND_WIDTH : data?.thickness} />
      {shape === 'elbow' && (
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

function pathOf({ sourceX, sourceY, targetX, targetY, data }: EdgeProps<RiverEdge>): string {
  switch (data?.shape) {
    case 'elbow': {
      const side = targetY > sourceY ? 1 : -1
      return `M${sourceX} ${sourceY} V${targetY - BEND * side} Q${sourceX} ${targetY} ${sourceX + BEND} ${targetY} H${targetX}`
    }
    case 'around': {
      // From under its box, below the others, and up again into the foot of the last one.
      const low = sourceY + DIP + (data.isToHead ? BELOW : 0)
      const [from, to] = [sourceX - ASIDE, targetX + ASIDE]
      return `M${from} ${sourceY} V${low - BEND} Q${from} ${low} ${from + BEND} ${low} H${to - BEND} Q${to} ${low} ${to} ${low - BEND} V${sourceY}`
    }
    default:
      return `M${sourceX} ${sourceY} H${targetX}`
  }
}
