import { Handle, Position } from '@xyflow/react'

/** Where rivers reach a node: `top` pixels below its upper edge, and under it for clones. */
export function Banks({ top, sides }: { top: number; sides: readonly Position[] }) {
  return sides.map((side) => (
    <Handle
      key={side}
      id={side}
      type={side === Position.Left ? 'target' : 'source'}
      position={side}
      isConnectable={false}
      className="bank"
      style={side === Position.Bottom ? undefined : { top }}
    />
  ))
}
