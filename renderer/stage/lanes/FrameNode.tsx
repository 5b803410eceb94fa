import type { NodeProps } from '@xyflow/react'
import { Frame } from 'lucide-react'
import { memo } from 'react'
import type { FrameNode } from './flow-nodes.ts'

/** What an image keeps. The list of images has the same as buttons, for keys. */
export const FrameNodeView = memo(function FrameNodeView({ data }: NodeProps<FrameNode>) {
  const { others } = data
  return (
    <div
      aria-hidden="true"
      className="image-frame"
      data-shown={data.isShown}
      title={`Image ${data.label}`}
    >
      <span className="image-frame-name">
        <Frame size={11} />
        {!data.isNarrow && <span className="ellipsis">{data.label}</span>}
        {!data.isNarrow && others !== null && (
          <span
            className="image-frame-others ellipsis"
            data-shows={others.volumeId !== null || undefined}
            title={`Image ${data.label} keeps more snapshots: ${others.label}`}
          >
            {others.label}
          </span>
        )}
      </span>
    </div>
  )
})
