import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { isForeign, labelOfAccount } from '../state/accounts.ts'
import { useApp } from '../state/context.ts'
import { keyMarkOf } from '../words/key-words.ts'

/** Whose a snapshot is, where that is somebody else. */
export function OwnerFacts({ library, snapshot }: { library: LibraryView; snapshot: Snapshot }) {
  const keys = useApp((state) => state.keys)
  if (!isForeign(library, snapshot)) return null
  const owner = labelOfAccount(library, snapshot.ownerId)
  // Why nothing can be made of it is said with its key.
  if (keyMarkOf(library, keys, snapshot)?.standing === 'refused') {
    return (
      <p className="copy-note" role="note">
        It belongs to {owner} and is shared with you. Only its owner deletes it.
      </p>
    )
  }
  const reach = snapshot.hasDirectReads
    ? 'is shared with you'
    : 'is public: a restore to a file takes a share with your account'
  return (
    <p className="copy-note" role="note">
      It belongs to {owner} and {reach}. You can make volumes and copies of it; what they store is
      full and your own. Only its owner deletes it.
    </p>
  )
}
