import { OWNER_ACCOUNT } from '../../core/contract/account.ts'
import { KeyId } from '../../core/contract/ids.ts'
import type { Encryption, Key } from '../../core/contract/keys.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import type { KeysView } from './keys.ts'
import { id, library, region } from './library-example.ts'

/** One key, which encrypts B of the chain, as the engine tells it, for the tests of the window. */

const keyId = KeyId.parse('key-00000000000000001')
const encryption: Encryption = { keyId, dataKeyId: 'dek-00000000000000001' }

export function keysExample(view: Partial<KeysView> = {}, key: Partial<Key> = {}): KeysView {
  const byDefault = { accountId: OWNER_ACCOUNT, region, isOn: false, keyId: null }
  return {
    vault: { state: 'open', isKeptBySystem: false, recoveryKeyMadeAt: null },
    keys: [
      {
        keyId,
        name: 'backups',
        accountId: OWNER_ACCOUNT,
        region,
        manager: 'account',
        origin: 'generated',
        state: 'enabled',
        version: 1,
        createdAt: 0,
        deletedAt: null,
        isDefault: false,
        volumeCount: 0,
        snapshotCount: 1,
        sharedWith: [],
        ...key,
      },
    ],
    sharedKeys: [],
    default: byDefault,
    defaults: [byDefault],
    heldVolumeIds: [],
    ...view,
  }
}

export function sealedLibrary(): LibraryView {
  const plain = library()
  return {
    ...plain,
    snapshots: plain.snapshots.map((s) => (s.snapshotId === id('b') ? { ...s, encryption } : s)),
  }
}
