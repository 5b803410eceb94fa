import type { StripPart } from './flow-nodes.ts'

/** The whole address range of a snapshot in ten pixels: who stores what it reads. */
export function Strip({ parts }: { parts: readonly StripPart[] }) {
  return (
    <svg className="strip" aria-hidden="true">
      {parts.map((part) => (
        <rect
          key={part.from}
          x={`${part.from * 100}%`}
          width={`${(part.to - part.from) * 100}%`}
          height="100%"
          fill={part.fill}
          shapeRendering="crispEdges"
        />
      ))}
    </svg>
  )
}
