import { KeyRound } from 'lucide-react'
import { useApp } from '../state/context.ts'
import { type KeyStanding, keyMarkOf, type Sealable } from '../words/key-words.ts'

type Props = { standing: KeyStanding; size?: number }

/** A key; in a box: locked; struck through: it opens nothing now. Shapes, since colours are for figures. */
export function KeySign({ standing, size = 14 }: Props) {
  return (
    <KeyRound aria-hidden className="key-sign" data-standing={standing} size={size}>
      {standing === 'refused' && <path className="key-sign-strike" d="M2 2l20 20" />}
    </KeyRound>
  )
}

/** The same beside a name, said in words to ears and on hover. */
export function KeyBadge({ item, size = 14 }: { item: Sealable; size?: number }) {
  const library = useApp((state) => state.library)
  const keys = useApp((state) => state.keys)
  const mark = library && keyMarkOf(library, keys, item)
  if (mark === null) return null
  return (
    <span className="key-badge" title={mark.label}>
      <KeySign size={size} standing={mark.standing} />
      <span className="hidden-text">{mark.label}</span>
    </span>
  )
}
