import { TextInput } from '@mantine/core'
import { MAX_NAME_LENGTH } from '../../core/contract/units.ts'

type Props = {
  label: string
  name: string
  onName: (name: string) => void
  error?: string | null
  /** Has the focus when its dialog opens. */
  isFirst?: boolean
  /** Chosen whole on focus: typing replaces it. */
  isProposal?: boolean
}

/** What something in the library is to be called. */
export function NameInput({ label, name, onName, error, isFirst, isProposal }: Props) {
  return (
    <TextInput
      data-autofocus={isFirst || undefined}
      error={error}
      label={label}
      maxLength={MAX_NAME_LENGTH}
      onChange={(event) => onName(event.currentTarget.value)}
      onFocus={isProposal ? (event) => event.currentTarget.select() : undefined}
      value={name}
    />
  )
}
