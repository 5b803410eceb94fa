import { Handle, Position } from '@xyflow/react'

/** Where rivers reach a node: `top` pixels below its upper edge. */
export function Banks({ top, sides }: { top: number; sides: readonly Position[] }) {
  return sides.map((side) => (
    <Handle
      key={side}
      type={side === Position.Left ? 'target' : 'source'}
      position={side}
      isConnectable={false}
      className="bank"
      style={{ top }}
    />
  ))
}
