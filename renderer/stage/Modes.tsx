import type { CoreMode } from './stage-props.ts'

const MODES: readonly { mode: CoreMode; label: string; title: string }[] = [
  { mode: 'owner', label: 'Owner', title: 'Which snapshot stores each block' },
  { mode: 'changed', label: 'Changed', title: 'What each snapshot wrote itself' },
  { mode: 'survival', label: 'Survival', title: 'How many snapshots hold each block' },
  { mode: 'state', label: 'State', title: 'What would be released, and what stays' },
]

type Props = {
  mode: CoreMode
  /** A question is asked that only one mode answers. */
  isForced: boolean
  onMode(mode: CoreMode): void
}

/** What the colours of the core sample tell. */
export function Modes({ mode, isForced, onMode }: Props) {
  return (
    <fieldset className="modes" disabled={isForced}>
      <legend className="hidden-text">Colour of the core sample</legend>
      {MODES.map((choice) => (
        <label key={choice.mode} title={choice.title} data-on={choice.mode === mode}>
          <input
            className="hidden-text"
            type="radio"
            name="core-mode"
            value={choice.mode}
            checked={choice.mode === mode}
            onChange={() => onMode(choice.mode)}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  )
}
