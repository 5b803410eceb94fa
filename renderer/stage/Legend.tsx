import { KeySign } from '../ui/KeySign.tsx'
import type { KeyStanding } from '../words/key-words.ts'
import type { LegendEntry } from './legend-entries.ts'

/** Labels of so many characters are never cut; longer ones give way. */
const SHORT_LENGTH = 8

/** What colours and patterns mean now. */
export function Legend({ intro, entries }: { intro: string; entries: readonly LegendEntry[] }) {
  return (
    <ul className="legend" aria-label="Legend">
      {intro && <li data-intro>{intro}</li>}
      {entries.map((entry) => (
        <li
          key={entry.label}
          title={entry.label}
          data-key={isKey(entry.look) || undefined}
          data-long={entry.label.length > SHORT_LENGTH || undefined}
        >
          {isKey(entry.look) ? (
            <KeySign size={12} standing={entry.look} />
          ) : (
            <i data-look={entry.look} style={entry.fill ? { background: entry.fill } : undefined} />
          )}
          <span dir="auto">{entry.label}</span>
        </li>
      ))}
    </ul>
  )
}

function isKey(look: LegendEntry['look']): look is KeyStanding {
  return look === 'usable' || look === 'locked' || look === 'refused'
}
