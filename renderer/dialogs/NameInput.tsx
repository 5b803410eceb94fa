import { TextInput } from '@mantine/core'
import { MAX_NAME_LENGTH } from '../../core/contract/units.ts'

type Props = {
  label: string
  name: string
  onName: (name: string) => void
  description?: string
  error?: string | null
  /** Has the focus when its dialog opens. */
  isFirst?: boolean
  /** Chosen whole on focus: typing replaces it. */
  isProposal?: boolean
}

/** What something in the library is to be called. */
export function NameInput(props: Props) {
  const { label, name, onName, description, error, isFirst, isProposal } = props
  return (
    <TextInput
      data-autofocus={isFirst || undefined}
      description={description}
      error={error}
      label={label}
      maxLength={MAX_NAME_LENGTH}
      onChange={(event) => onName(event.currentTarget.value)}
      onFocus={isProposal ? (event) => event.currentTarget.select() : undefined}
      value={name}
    />
  )
}
