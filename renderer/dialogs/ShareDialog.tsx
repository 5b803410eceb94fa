import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { Button } from '../ui/Button.tsx'
import { Grantees } from './Grantees.tsx'
import { Sheet } from './Sheet.tsx'

/** Who else may make volumes and copies of a snapshot. Each choice holds at once. */
export function ShareDialog({ library, snapshot }: { library: LibraryView; snapshot: Snapshot }) {
  const share = useApp((state) => state.share)
  const stop = useApp((state) => state.stopSharing)
  const openDialog = useApp((state) => state.openDialog)
  const { snapshotId, sharedWith, isPublic } = snapshot
  return (
    <Sheet title={`Share ${snapshot.name}`}>
      <p className="sec">
        Others may make volumes and copies of it, in {snapshot.region}. They can neither change nor
        delete it, and what they store of it is stored in full, as their own.
      </p>
      <Grantees
        accounts={sharedWith}
        isPublic={isPublic}
        library={library}
        onGrant={(grantee) => void share(snapshotId, grantee)}
        onRevoke={(grantee) => void stop(snapshotId, grantee)}
        publicSays="Whoever opens the library as another account can read all of it."
      />
      <div className="sheet-actions">
        <Button onClick={() => openDialog({ kind: 'publicAccess' })}>Public access…</Button>
        <Button onClick={() => openDialog({ kind: 'addAccount' })}>Add an account…</Button>
      </div>
    </Sheet>
  )
}
