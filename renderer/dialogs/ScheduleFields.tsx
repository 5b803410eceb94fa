import { NativeSelect, TextInput } from '@mantine/core'
import { X } from 'lucide-react'
import {
  AgeUnit,
  MAX_CRON_LENGTH,
  MAX_SCHEDULE_NAME_LENGTH,
  type Retention,
} from '../../core/contract/policy.ts'
import { Button } from '../ui/Button.tsx'
import {
  cronWords,
  FREQUENCIES,
  HOUR_CHOICES,
  MONTHS,
  mostOf,
  ordinal,
  retentionOf,
  type ScheduleDraft,
  timesOf,
  WEEKDAYS,
} from '../words/schedule-draft.ts'

type Props = {
  draft: ScheduleDraft
  kind: Retention['kind']
  hasTwin: boolean
  onChange: (draft: ScheduleDraft) => void
  /** null: it is the only one. */
  onRemove: (() => void) | null
}

const DAYS = Array.from({ length: 31 }, (_, i) => ({
  value: String(i + 1),
  label: ordinal(i + 1),
}))
const choices = (labels: readonly string[], first: number) =>
  labels.map((label, i) => ({ value: String(i + first), label }))

/** One schedule: when it fires, in UTC, and what of it stays. */
export function ScheduleFields({ draft, kind, hasTwin, onChange, onRemove }: Props) {
  const { name, frequency, at, cron, kept, unit } = draft
  const isCron = frequency === 'cron'
  const isKept = retentionOf(draft, kind) !== null
  return (
    <fieldset className="schedule">
      <legend>Schedule</legend>
      {onRemove !== null && (
        <Button
          aria-label={`Remove schedule ${name}`}
          icon={<X size={14} />}
          onClick={onRemove}
          tone="ghost"
        />
      )}
      <TextInput
        error={hasTwin ? 'Another schedule is called so.' : name.trim() === '' && 'It needs one.'}
        label="Name"
        maxLength={MAX_SCHEDULE_NAME_LENGTH}
        onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
        value={name}
      />
      <NativeSelect
        data={[...FREQUENCIES]}
        label="How often"
        onChange={(event) =>
          onChange({
            ...draft,
            frequency:
              FREQUENCIES.find(({ value }) => value === event.currentTarget.value)?.value ??
              'hours',
          })
        }
        value={frequency}
      />
      {isCron ? (
        <TextInput
          error={cronWords(cron)}
          label="Expression, UTC"
          maxLength={MAX_CRON_LENGTH}
          onChange={(event) => onChange({ ...draft, cron: event.currentTarget.value })}
          spellCheck={false}
          value={cron}
        />
      ) : (
        <>
          <When draft={draft} onChange={onChange} />
          <TextInput
            error={timesOf(draft) === null && 'HH:MM, as in 03:00'}
            label={frequency === 'hours' && draft.hours < 24 ? 'From, UTC' : 'At, UTC'}
            onChange={(event) => onChange({ ...draft, at: event.currentTarget.value })}
            value={at}
          />
        </>
      )}
      <TextInput
        error={!isKept && `1 to ${mostOf(kind === 'count' ? 'count' : unit)}`}
        inputMode="numeric"
        label={kind === 'count' ? 'Snapshots that stay' : 'Each stays'}
        onChange={(event) => onChange({ ...draft, kept: event.currentTarget.value })}
        value={kept}
      />
      {kind === 'age' && (
        <NativeSelect
          data={[...AgeUnit.options]}
          label="Unit"
          onChange={(event) =>
            onChange({ ...draft, unit: AgeUnit.parse(event.currentTarget.value) })
          }
          value={unit}
        />
      )}
    </fieldset>
  )
}

function When({ draft, onChange }: Pick<Props, 'draft' | 'onChange'>) {
  const { frequency, hours, weekday, day, month } = draft
  const days = (
    <NativeSelect
      data={DAYS}
      label="On the"
      onChange={(event) => onChange({ ...draft, day: Number(event.currentTarget.value) })}
      value={String(day)}
    />
  )
  switch (frequency) {
    case 'cron':
      return null
    case 'hours':
      return (
        <NativeSelect
          data={HOUR_CHOICES}
          label="Every"
          onChange={(event) => onChange({ ...draft, hours: Number(event.currentTarget.value) })}
          value={String(hours)}
        />
      )
    case 'weekly':
      return (
        <NativeSelect
          data={choices(WEEKDAYS, 0)}
          label="On"
          onChange={(event) => onChange({ ...draft, weekday: Number(event.currentTarget.value) })}
          value={String(weekday)}
        />
      )
    case 'monthly':
      return days
    case 'yearly':
      return (
        <>
          {days}
          <NativeSelect
            data={choices(MONTHS, 1)}
            label="Of"
            onChange={(event) => onChange({ ...draft, month: Number(event.currentTarget.value) })}
            value={String(month)}
          />
        </>
      )
  }
}
