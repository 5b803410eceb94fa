import { TextInput } from '@mantine/core'
import { DURATION_RULE } from '../words/region-words.ts'

type Props = {
  typed: string
  onTyped: (typed: string) => void
  problem: string | null
  /** How fast the copy has to be then; null: not known, or as fast as it can be. */
  rate: string | null
}

/** Within how many minutes a copy is to be there, and the rate that this takes. */
export function DurationInput({ typed, onTyped, problem, rate }: Props) {
  return (
    <TextInput
      description={DURATION_RULE}
      error={problem}
      inputMode="numeric"
      label="There within, in minutes"
      maxLength={6}
      onChange={(event) => onTyped(event.currentTarget.value)}
      placeholder="As fast as it can be"
      rightSection={
        <span aria-live="polite" className="sec copy-rate">
          {rate}
        </span>
      }
      rightSectionPointerEvents="none"
      rightSectionWidth={150}
      value={typed}
    />
  )
}
