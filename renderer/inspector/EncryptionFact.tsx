import type { LibraryView } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { KeySign } from '../ui/KeySign.tsx'
import { keyMarkOf, type Sealable } from '../words/key-words.ts'
import { SourceState } from './SourceState.tsx'

type Props = {
  library: LibraryView
  item: Sealable
  /** Actions are about what is selected: none is offered for what is only pointed at. */
  isPointedAt?: boolean
}

const PROBLEMS = {
  usable: 'It goes on without its key',
  locked: 'Its keys are locked',
  refused: 'Its key cannot be used',
}

/** Under which key it lies on the disk, and what is in the way of reading it. */
export function EncryptionFact({ library, item, isPointedAt = false }: Props) {
  const keys = useApp((state) => state.keys)
  const mark = keyMarkOf(library, keys, item)
  if (mark === null) return null
  const { standing, label, remedy, actionId } = mark
  // Of a key that is gone no other name is known.
  const isNamed = item.encryption !== null && label.includes(item.encryption.keyId)
  const actionIds = actionId === undefined || isPointedAt ? [] : [actionId]
  return (
    <>
      <p className="sec fact-line encryption-fact">
        <KeySign standing={standing} />
        <span>
          {label}{' '}
          {!isNamed && <span className="selectable unbroken small">{item.encryption?.keyId}</span>}
        </span>
      </p>
      {remedy !== '' && (
        <SourceState words={{ title: PROBLEMS[standing], body: remedy, actionIds }} />
      )}
    </>
  )
}
