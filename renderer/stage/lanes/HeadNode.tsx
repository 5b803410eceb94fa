import { type NodeProps, Position } from '@xyflow/react'
import { type CSSProperties, memo } from 'react'
import { KeySign } from '../../ui/KeySign.tsx'
import { Banks } from './Banks.tsx'
import { type HeadNode, hasFigures } from './flow-nodes.ts'
import { Strip } from './Strip.tsx'

/** Narrower boxes have no room for words beside the name. */
const WORDS_WIDTH = 160

/** The live volume at the end of its lane: it reads, and stores nothing here. */
export const HeadNodeView = memo(function HeadNodeView({ data, width = 0 }: NodeProps<HeadNode>) {
  const isPill = data.level === 'pill'
  return (
    <div
      className="head"
      data-level={data.level}
      data-sliding={data.slide !== 0}
      style={{ '--slide': `${data.slide}px` } as CSSProperties}
    >
      <Banks top={isPill ? 13 : 20} sides={[Position.Left]} />
      <div className="snapshot-head">
        {!isPill && <i className="head-ring" />}
        <b className="snapshot-name">Now</b>
        {!isPill && data.keyStanding && <KeySign standing={data.keyStanding} />}
        {hasFigures(data.level) && width >= WORDS_WIDTH && (
          <span className="snapshot-when">live volume</span>
        )}
      </div>
      {isPill ? (
        <span className="head-short">
          {data.short.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </span>
      ) : (
        <>
          <Strip parts={data.strip} />
          {data.level !== 'low' &&
            data.lines.map((line) => (
              <p key={line} title={line}>
                {line}
              </p>
            ))}
        </>
      )}
    </div>
  )
})
