import { useState } from 'react'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { keysOf } from '../state/keys.ts'
import { isArchived } from '../state/tiers.ts'
import { Button } from '../ui/Button.tsx'
import { blockedChoiceWords, publicChoiceProblem } from '../words/account-words.ts'
import { SEALED_PUBLIC, unsharableWords } from '../words/key-words.ts'
import { ARCHIVED_SHARED } from '../words/tier-words.ts'
import { Grantees } from './Grantees.tsx'
import { KeyGrants } from './KeyGrants.tsx'
import { Sheet } from './Sheet.tsx'
import { usePublicAccess } from './use-public-access.ts'

/** Who else may make volumes and copies of a snapshot. Each choice holds at once. */
export function ShareDialog({ library, snapshot }: { library: LibraryView; snapshot: Snapshot }) {
  const share = useApp((state) => state.share)
  const stop = useApp((state) => state.stopSharing)
  const openDialog = useApp((state) => state.openDialog)
  const access = usePublicAccess()
  const keys = keysOf(
    useApp((state) => state.keys),
    [snapshot],
  )
  const [withKey, setWithKey] = useState(true)
  const { snapshotId, sharedWith, isPublic, isPublicBlocked, region, encryption } = snapshot
  const isAway = isArchived(snapshot)
  const problem = isAway ? ARCHIVED_SHARED : unsharableWords(keys)
  return (
    <Sheet title={`Share ${snapshot.name}`}>
      <p className="sec">
        {problem ??
          `Others may make volumes and copies of it, in ${region}. They can neither change nor delete it, and what they store of it is stored in full, as their own.`}
      </p>
      <Grantees
        accounts={sharedWith}
        isClosed={problem !== null}
        isPublic={isPublic}
        library={library}
        onGrant={(grantee) => void share(snapshotId, grantee, withKey && keys.length > 0)}
        onRevoke={(grantee) => void stop(snapshotId, grantee)}
        publicProblem={encryption === null ? publicChoiceProblem(access, snapshot) : SEALED_PUBLIC}
        publicSays={
          isPublicBlocked
            ? blockedChoiceWords(region)
            : 'Whoever opens the library as another account can make volumes of it, and so read it all.'
        }
      />
      {problem === null && (
        <KeyGrants
          accounts={sharedWith}
          keys={keys}
          library={library}
          onWithKeys={setWithKey}
          withKeys={withKey}
        />
      )}
      <div className="sheet-actions">
        {problem === null && (
          <Button onClick={() => openDialog({ kind: 'publicAccess' })}>Public access…</Button>
        )}
        {problem !== null && !isAway && (
          <Button onClick={() => openDialog({ kind: 'copySnapshot', snapshotId })}>Copy it…</Button>
        )}
        <Button onClick={() => openDialog({ kind: 'addAccount' })}>Add an account…</Button>
      </div>
    </Sheet>
  )
}
