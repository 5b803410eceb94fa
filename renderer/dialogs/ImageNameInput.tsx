import { TextInput } from '@mantine/core'
import { IMAGE_NAME_RULE, MAX_IMAGE_NAME } from '../words/image-words.ts'

type Props = { label?: string; isFirst?: boolean; name: string; onName: (name: string) => void }

/** What an image is to be called, with EC2's rule for it. */
export function ImageNameInput({ label = 'Name', isFirst = false, name, onName }: Props) {
  return (
    <TextInput
      data-autofocus={isFirst || undefined}
      description={IMAGE_NAME_RULE}
      label={label}
      maxLength={MAX_IMAGE_NAME}
      onChange={(event) => onName(event.currentTarget.value)}
      value={name}
    />
  )
}
