import { type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { Banks } from './Banks.tsx'
import type { CapsuleNode } from './flow-nodes.ts'

/** Neighbouring squeezed snapshots of a lane, one bar each: as high as what it stores. */
export const CapsuleNodeView = memo(function CapsuleNodeView({
  data,
  width = 0,
  height = 0,
}: NodeProps<CapsuleNode>) {
  return (
    <div className="capsule">
      <Banks top={13} sides={[Position.Left, Position.Right]} />
      <svg width={width} height={height} aria-hidden="true">
        {data.bars.map((bar) => (
          <path key={bar.fill} d={bar.d} fill={bar.fill} />
        ))}
        {data.flags && (
          <path d={data.flags} className="capsule-flags">
            <title>Locked, archived, shared or kept by an image</title>
          </path>
        )}
        {data.marks && <path d={data.marks} className="capsule-marked" />}
      </svg>
      {data.label && <b className="capsule-count">{data.label}</b>}
      <span className="capsule-facts">
        {data.facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </span>
    </div>
  )
})
