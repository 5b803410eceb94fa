import { useId } from 'react'
import type { LibraryView } from '../../core/contract/model.ts'
import { EventResult, EventType } from '../../core/contract/world-events.ts'
import { useApp } from '../state/context.ts'
import { hasRegions } from '../state/lanes.ts'
import type { EventFilter } from '../state/world-log.ts'
import { RESULT_WORDS, TYPE_WORDS } from '../words/event-words.ts'
import { count } from '../words/names.ts'

/** Which events are listed, and how many there are. */
export function EventFilters({ library }: { library: LibraryView }) {
  const filter = useApp((state) => state.eventFilter)
  const apply = useApp((state) => state.filterEvents)
  const events = useApp((state) => state.worldEvents)
  const hasOlder = useApp((state) => state.hasOlderEvents)
  const change = (part: EventFilter) => void apply({ ...filter, ...part })
  return (
    <section aria-label="Filter events" className="event-filters">
      <Choice
        label="Event"
        onChoice={(type) => change({ type })}
        options={EventType.options.map((value) => [value, TYPE_WORDS[value]])}
        value={filter.type}
      />
      <Choice
        label="Result"
        onChoice={(result) => change({ result })}
        options={EventResult.options.map((value) => [value, RESULT_WORDS[value]])}
        value={filter.result}
      />
      {hasRegions(library) && (
        <Choice
          label="Region"
          onChoice={(region) => change({ region })}
          options={library.regions.map(({ name }) => [name, name])}
          value={filter.region}
        />
      )}
      {events !== null && (
        <span className="sec event-count" role="status">
          {hasOlder ? `the newest ${count(events.length, 'event')}` : count(events.length, 'event')}
        </span>
      )}
    </section>
  )
}

type ChoiceProps<Value extends string> = {
  label: string
  value: Value | undefined
  options: readonly (readonly [value: Value, words: string])[]
  onChoice: (value: Value | undefined) => void
}

function Choice<Value extends string>({ label, value, options, onChoice }: ChoiceProps<Value>) {
  const id = useId()
  return (
    <span className="event-choice">
      <label className="sec" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        onChange={({ currentTarget }) =>
          onChoice(options.find(([each]) => each === currentTarget.value)?.[0])
        }
        value={value ?? ''}
      >
        <option value="">All</option>
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </span>
  )
}
