import { Bytes } from '../ui/Bytes.tsx'

type Props = { label: string; value: number; colour?: string; className?: string }

/** A part of a bar: its colour or pattern, what it is, how much. */
export function KeyRow({ label, value, colour, className = '' }: Props) {
  return (
    <div className="key-row" data-zero={value === 0 || undefined}>
      <span className={`swatch ${className}`} style={{ background: colour }} />
      <span className="ellipsis">{label}</span>
      <span className="value">
        <Bytes value={value} />
      </span>
    </div>
  )
}
