import { Checkbox } from '@mantine/core'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { accountLabel, isForeign } from '../state/accounts.ts'
import { useApp } from '../state/context.ts'
import { Button } from '../ui/Button.tsx'
import { Sheet } from './Sheet.tsx'

/** Who else may make volumes and copies of a snapshot. Each choice holds at once. */
export function ShareDialog({ library, snapshot }: { library: LibraryView; snapshot: Snapshot }) {
  const share = useApp((state) => state.share)
  const stop = useApp((state) => state.stopSharing)
  const openDialog = useApp((state) => state.openDialog)
  const { snapshotId, sharedWith, isPublic } = snapshot
  const others = library.accounts.filter((account) =>
    isForeign(library, { ownerId: account.accountId }),
  )
  return (
    <Sheet title={`Share ${snapshot.name}`}>
      <p className="sec">
        Others may make volumes and copies of it, in {snapshot.region}. They can neither change nor
        delete it, and what they store of it is stored in full, as their own.
      </p>
      {others.map((account) => (
        <Checkbox
          checked={sharedWith.includes(account.accountId)}
          description={account.name === '' ? undefined : account.accountId}
          key={account.accountId}
          label={accountLabel(account)}
          onChange={({ currentTarget }) =>
            void (currentTarget.checked ? share : stop)(snapshotId, account.accountId)
          }
        />
      ))}
      {others.length === 0 && <p>There is no other account in this library yet.</p>}
      <Checkbox
        checked={isPublic}
        description="Whoever opens the library as another account can read all of it."
        label="Everybody (public)"
        onChange={({ currentTarget }) =>
          void (currentTarget.checked ? share : stop)(snapshotId, 'all')
        }
      />
      <div className="sheet-actions">
        <Button onClick={() => openDialog({ kind: 'publicAccess' })}>Public access…</Button>
        <Button onClick={() => openDialog({ kind: 'addAccount' })}>Add an account…</Button>
      </div>
    </Sheet>
  )
}
