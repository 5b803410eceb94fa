import { type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { Name } from '../../ui/Name.tsx'
import { Banks } from './Banks.tsx'
import type { RemnantNode } from './flow-nodes.ts'

/** A deleted or archived snapshot whose blocks others still read. */
export const RemnantNodeView = memo(function RemnantNodeView({ data }: NodeProps<RemnantNode>) {
  return (
    <div className="remnant" data-level={data.level} data-marked={data.isMarked}>
      <Banks top={data.level === 'pill' ? 13 : 20} sides={[Position.Left, Position.Right]} />
      <Name as={data.isLeftByArchiving ? 'b' : 's'}>{data.name}</Name>
      <p>
        {data.fate !== '' && <span>{data.fate}</span>}
        {data.size.map((line) => (
          <b key={line}>{line}</b>
        ))}
      </p>
    </div>
  )
})
