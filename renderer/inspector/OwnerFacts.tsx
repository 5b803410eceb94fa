import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { isForeign, labelOfAccount } from '../state/accounts.ts'
import { sharedWords } from '../words/account-words.ts'

/** Whose a snapshot is, where that is somebody else, and who else may read it. */
export function OwnerFacts({ library, snapshot }: { library: LibraryView; snapshot: Snapshot }) {
  if (isForeign(library, snapshot)) {
    return (
      <p className="copy-note" role="note">
        It belongs to {labelOfAccount(library, snapshot.ownerId)} and is shared with you. You can
        make volumes and copies of it; what they store is full and your own. Only its owner deletes
        it.
      </p>
    )
  }
  const words = sharedWords(snapshot, (id) => labelOfAccount(library, id))
  return words && <p className="sec">{words}</p>
}
