import type { Key } from '../../core/contract/keys.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { Grantees } from './Grantees.tsx'
import { Sheet } from './Sheet.tsx'

/** Who may open with a key what is shared with them. Each choice holds at once. */
export function ShareKeyDialog({ library, keyOf: key }: { library: LibraryView; keyOf: Key }) {
  const share = useApp((state) => state.shareKeys)
  const stop = useApp((state) => state.stopSharingKey)
  const { keyId } = key
  return (
    <Sheet title={`Share key ${key.name}`}>
      <p className="sec">
        Others open with it the snapshots that you share with them, and nothing else; they encrypt
        nothing with it. What they made by the time it is taken back is under keys of theirs, and
        stays.
      </p>
      <Grantees
        accounts={key.sharedWith}
        library={library}
        onGrant={(account) => account !== 'all' && void share([keyId], [account])}
        onRevoke={(account) => account !== 'all' && void stop(keyId, account)}
        publicSays={null}
      />
    </Sheet>
  )
}
