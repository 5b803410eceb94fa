import type { EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import type { CopyEdge } from './flow-nodes.ts'

const BEND = 6
/** From the line to its label, and from the label's foot to the box. */
const [LABEL_RIGHT, LABEL_ABOVE] = [6, 5]

/** The dashed link from a snapshot to its copy in another region: no blocks run along it any more. */
export const CopyEdgeView = memo(function CopyEdgeView({ data }: EdgeProps<CopyEdge>) {
  if (data === undefined) return null
  const { from, to, levelY, label } = data
  const out = from.y < levelY ? 1 : -1
  const down = levelY < to.y ? 1 : -1
  const side = to.x > from.x ? 1 : -1
  const path = [
    `M${from.x} ${from.y} V${levelY - BEND * out}`,
    `Q${from.x} ${levelY} ${from.x + BEND * side} ${levelY}`,
    `H${to.x - BEND * side} Q${to.x} ${levelY} ${to.x} ${levelY + BEND * down} V${to.y}`,
  ]
  return (
    <g className="copy-link" data-faded={data.isFaded}>
      <title>{data.says}</title>
      <path d={path.join(' ')} />
      <path
        className="copy-arrow"
        d={`M${to.x - 3.5} ${to.y - 6 * down} l3.5 ${6 * down} l3.5 ${-6 * down}`}
      />
      {label !== '' && (
        <text x={to.x + LABEL_RIGHT} y={down === 1 ? to.y - LABEL_ABOVE : to.y + 14}>
          {label}
        </text>
      )}
    </g>
  )
})
