import { CalendarClock } from 'lucide-react'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { takenBy } from '../words/policy-words.ts'

/** Which policy took a snapshot, and whether it will delete it. */
export function PolicyFact({ library, snapshot }: { library: LibraryView; snapshot: Snapshot }) {
  const taken = takenBy(snapshot.tags, library.policies)
  if (taken === null) return null
  const { policy, schedule, isManaged } = taken
  return (
    <p className="sec fact-line">
      <CalendarClock aria-hidden size={14} />
      <span>
        Taken by policy {policy}, schedule {schedule}
        {isManaged ? '' : '; no policy deletes it'}
      </span>
    </p>
  )
}
