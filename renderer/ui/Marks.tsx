import {
  Archive,
  ArchiveRestore,
  ArchiveX,
  createLucideIcon,
  Frame,
  Globe,
  Hourglass,
  LockKeyhole,
  type LucideIcon,
  Share2,
  UserRound,
} from 'lucide-react'
import type { Mark } from '../state/marks.ts'

/** Lucide's own has so many lines that it is a blot at this size. */
const StruckGlobe = createLucideIcon('struck-globe', [
  ['path', { d: 'M8.4 2.7A10 10 0 0 1 21.3 15.6', key: 'above' }],
  ['path', { d: 'M4.9 4.9A10 10 0 1 0 19.1 19.1', key: 'below' }],
  ['path', { d: 'M17 12h5M2 12h6', key: 'equator' }],
  ['path', { d: 'M2 2l20 20', key: 'strike' }],
])

const GLYPHS: Readonly<Record<Mark['kind'], LucideIcon>> = {
  foreign: UserRound,
  locked: LockKeyhole,
  image: Frame,
  archived: Archive,
  restored: ArchiveRestore,
  moving: Hourglass,
  unmoved: ArchiveX,
  public: Globe,
  blocked: StruckGlobe,
  shared: Share2,
}

/** Glyphs of what a snapshot is beside its figures, each with its sentence. */
export function Marks({ marks, more = 0 }: { marks: readonly Mark[]; more?: number }) {
  if (marks.length + more === 0) return null
  return (
    <span className="marks">
      {marks.map((mark) => (
        <MarkGlyph key={mark.kind} mark={mark} />
      ))}
      {more > 0 && <b>+{more}</b>}
    </span>
  )
}

type GlyphProps = { mark: Mark; isNamed?: boolean }

/** @param isNamed unless the sentence stands beside it */
export function MarkGlyph({ mark: { kind, says }, isNamed = true }: GlyphProps) {
  const Glyph = GLYPHS[kind]
  if (!isNamed) return <Glyph aria-hidden size={14} />
  return (
    <i aria-label={says} className="mark" data-kind={kind} role="img" title={says}>
      <Glyph aria-hidden size={12} strokeWidth={2.25} />
    </i>
  )
}
