import { KeyRound, KeySquare } from 'lucide-react'
import type { KeyMark, KeyStanding } from '../words/key-words.ts'

type Props = { standing: KeyStanding; size?: number }

/** A key; in a box: locked; struck through: it opens nothing now. Shapes, since colours are for figures. */
export function KeySign({ standing, size = 14 }: Props) {
  if (standing === 'locked') return <KeySquare aria-hidden className="key-sign" size={size} />
  return (
    <KeyRound aria-hidden className="key-sign" size={size}>
      {standing === 'refused' && <path className="key-sign-strike" d="M2 2l20 20" />}
    </KeyRound>
  )
}

/** The same beside a name, said in words to ears and on hover. */
export function KeyBadge({ mark, size = 14 }: { mark: KeyMark | null; size?: number }) {
  if (mark === null) return null
  return (
    <span className="key-badge" data-standing={mark.standing} title={mark.label}>
      <KeySign size={size} standing={mark.standing} />
      <span className="hidden-text">{mark.label}</span>
    </span>
  )
}
