import type { DeletionPlan } from '../../core/contract/deletion.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { namerOf } from '../state/lanes.ts'
import { pinRemedies, pinSentence, pinSummary } from '../words/pin-words.ts'

/** Nobody reads more of them. */
const MAX_LINES = 20

/** Which of the selection cannot be deleted, and why: with one of them nothing is. */
export function Pins({ library, plan }: { library: LibraryView; plan: DeletionPlan }) {
  const wanted = new Set(plan.snapshotIds)
  const chosen = library.snapshots.filter((s) => wanted.has(s.snapshotId))
  const apart = namerOf(chosen)
  const names = new Map<string, string>([
    ...library.images.map((image): [string, string] => [image.imageId, image.name]),
    ...chosen.map((snapshot): [string, string] => [snapshot.snapshotId, apart(snapshot)]),
  ])
  const nameOf = (id: string) => names.get(id) ?? id
  const summary = pinSummary(plan)
  const more = plan.pinned.length - MAX_LINES
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it
    <div className="ledger-pins" role="alert" tabIndex={0}>
      {summary !== null && <b>{summary}</b>}
      <ul>
        {plan.pinned.slice(0, MAX_LINES).map((pin) => (
          <li key={pin.snapshotId}>{pinSentence(pin, nameOf)}</li>
        ))}
        {more > 0 && <li>and {more} more</li>}
      </ul>{' '}
      <p className="sec">{pinRemedies(plan.pinned)}</p>
    </div>
  )
}
