import { useState } from 'react'
import type { Image } from '../../core/contract/image.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { keysOf } from '../state/keys.ts'
import { snapshotsBehind } from '../state/tree.ts'
import { Button } from '../ui/Button.tsx'
import { blockedChoiceWords, publicChoiceProblem } from '../words/account-words.ts'
import { SEALED_PUBLIC, unsharableWords } from '../words/key-words.ts'
import { Grantees } from './Grantees.tsx'
import { KeyGrants } from './KeyGrants.tsx'
import { Sheet } from './Sheet.tsx'
import { usePublicAccess } from './use-public-access.ts'

/** Who may launch and copy an image beside its owner. Each choice holds at once. */
export function LaunchPermissionsDialog({
  library,
  image,
}: {
  library: LibraryView
  image: Image
}) {
  const change = useApp((state) => state.changeLaunchPermission)
  const openDialog = useApp((state) => state.openDialog)
  const access = usePublicAccess()
  const allKeys = useApp((state) => state.keys)
  const [withKeys, setWithKeys] = useState(true)
  const { imageId, permissions } = image
  const snapshots = snapshotsBehind(library, image)
  const keys = keysOf(allKeys, snapshots)
  const isSealed = snapshots.some(({ encryption }) => encryption !== null)
  const problem = unsharableWords(keys)
  return (
    <Sheet title={`Who may launch ${image.name}`}>
      <p className="sec">
        {problem ??
          `Others may launch it and copy it, in ${image.region}. Its snapshots stay yours alone: to make volumes of them by themselves, they have to be shared, too.`}
      </p>
      <Grantees
        accounts={permissions.accounts}
        isClosed={problem !== null}
        isPublic={permissions.isPublic}
        library={library}
        onGrant={(grantee) => void change(imageId, 'add', grantee, withKeys && keys.length > 0)}
        onRevoke={(grantee) => void change(imageId, 'remove', grantee)}
        publicProblem={
          isSealed
            ? SEALED_PUBLIC
            : publicChoiceProblem(access, { region: image.region, isPublic: permissions.isPublic })
        }
        publicSays={
          permissions.isPublicBlocked
            ? blockedChoiceWords(image.region)
            : 'Whoever opens the library as another account can launch it.'
        }
      />
      {problem === null && (
        <KeyGrants
          accounts={permissions.accounts}
          keys={keys}
          library={library}
          onWithKeys={setWithKeys}
          withKeys={withKeys}
        />
      )}
      {problem === null && (
        <div className="sheet-actions">
          <Button onClick={() => openDialog({ kind: 'publicAccess' })}>Public access…</Button>
          <Button onClick={() => openDialog({ kind: 'addAccount' })}>Add an account…</Button>
        </div>
      )}
    </Sheet>
  )
}
