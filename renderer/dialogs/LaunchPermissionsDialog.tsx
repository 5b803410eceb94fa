import type { Image } from '../../core/contract/image.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { Grantees } from './Grantees.tsx'
import { Sheet } from './Sheet.tsx'

/** Who may launch and copy an image beside its owner. Each choice holds at once. */
export function LaunchPermissionsDialog({
  library,
  image,
}: {
  library: LibraryView
  image: Image
}) {
  const change = useApp((state) => state.changeLaunchPermission)
  const { imageId, permissions } = image
  return (
    <Sheet title={`Who may launch ${image.name}`}>
      <p className="sec">
        Others may launch it and copy it, in {image.region}. Its snapshots stay yours alone: to make
        volumes of them by themselves, they have to be shared, too.
      </p>
      <Grantees
        accounts={permissions.accounts}
        isPublic={permissions.isPublic}
        library={library}
        onGrant={(grantee) => void change(imageId, 'add', grantee)}
        onRevoke={(grantee) => void change(imageId, 'remove', grantee)}
        publicSays="Whoever opens the library as another account can launch it."
      />
    </Sheet>
  )
}
