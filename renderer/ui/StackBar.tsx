import type { CSSProperties } from 'react'

export type BarPart = {
  key: string
  bytes: number
  /** A CSS colour, or a class that says a state. */
  colour?: string
  className?: string
}

/** A whole split into parts by size. The figures beside it say the same in text. */
export function StackBar({ parts, className }: { parts: readonly BarPart[]; className?: string }) {
  return (
    <div aria-hidden className={className ?? 'stack-bar'}>
      {parts
        .filter((part) => part.bytes > 0)
        .map((part) => (
          <span className={part.className} key={part.key} style={styleOf(part)} />
        ))}
    </div>
  )
}

const styleOf = ({ bytes, colour }: BarPart): CSSProperties => ({
  flexGrow: bytes,
  flexBasis: 0,
  background: colour,
})
