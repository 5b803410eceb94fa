import type { DeletionPlan } from '../../core/contract/deletion.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { fullNameIn } from '../state/tree.ts'
import { pinSentence, pinSummary } from '../words/pin-words.ts'

/** Nobody reads more of them. */
const MAX_LINES = 20

/** Which of the selection cannot be deleted, and why: with one of them nothing is. */
export function Pins({ library, plan }: { library: LibraryView; plan: DeletionPlan }) {
  const imageNames = new Map<string, string>(library.images.map((i) => [i.imageId, i.name]))
  const snapshotName = fullNameIn(library)
  const nameOf = (id: string) => imageNames.get(id) ?? snapshotName(id as never)
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
      </ul>
    </div>
  )
}
