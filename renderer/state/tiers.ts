import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { isForeign } from './accounts.ts'

type Tiered = Pick<Snapshot, 'tiering'>

/** The archive alone has it: nothing can be made of it before it is restored. */
export function isArchived({ tiering }: Tiered): boolean {
  return tiering?.tier === 'archive'
}

/** The archive has it, also while it is restored for some days. */
export function isInArchive({ tiering }: Tiered): boolean {
  return tiering?.archivedAt != null
}

/** When it goes back to the archive, in milliseconds since 1970, UTC; null: it stays where it is. */
export function restoredUntil({ tiering }: Tiered): number | null {
  return tiering?.restoreExpiresAt ?? null
}

/** Its owner can make something of it where it lies. */
export function isOwnUsable(library: LibraryView | null, snapshot: Snapshot): boolean {
  return snapshot.state === 'completed' && !isArchived(snapshot) && !isForeign(library, snapshot)
}

/** An image can map it, as its root or as a data volume: it stays usable as long as the image does. */
export function canBeMapped(library: LibraryView | null, snapshot: Snapshot): boolean {
  return isOwnUsable(library, snapshot) && restoredUntil(snapshot) === null
}
