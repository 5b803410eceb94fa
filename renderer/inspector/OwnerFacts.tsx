import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { isForeign, labelOfAccount } from '../state/accounts.ts'

/** Whose a snapshot is, where that is somebody else. */
export function OwnerFacts({ library, snapshot }: { library: LibraryView; snapshot: Snapshot }) {
  if (!isForeign(library, snapshot)) return null
  return (
    <p className="copy-note" role="note">
      It belongs to {labelOfAccount(library, snapshot.ownerId)} and is shared with you. You can make
      volumes and copies of it; what they store is full and your own. Only its owner deletes it.
    </p>
  )
}
