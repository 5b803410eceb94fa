import { TextInput } from '@mantine/core'
import type { LibraryView } from '../../core/contract/model.ts'
import { REGION_RULE, regionProblem } from '../words/region-words.ts'

type Props = { library: LibraryView; name: string; onName: (name: string) => void }

/** The name of a region to be, with the rule for such names. */
export function RegionNameInput({ library, name, onName }: Props) {
  return (
    <TextInput
      data-autofocus
      description={REGION_RULE}
      error={name === '' ? null : regionProblem(name, library.regions)}
      label="Name of the region"
      maxLength={40}
      onChange={(event) => onName(event.currentTarget.value)}
      spellCheck={false}
      value={name}
    />
  )
}
