import type { Sealing } from '../blocks/sealed-writer.ts'
import type { MasterKeyRow } from '../catalog/master-keys.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { AccountId } from '../contract/account.ts'
import { StrataError } from '../contract/errors.ts'
import type { KeyId, RegionName } from '../contract/ids.ts'
import type { BlockKey } from '../crypto/sealed-block.ts'
import type { Context } from './context.ts'
import { type Asked, copyKey, type KeyChoice, volumeKey } from './encryption-rules.ts'
import { keyName } from './key-name.ts'
import type { NewDataKey } from './keyring.ts'
import type { Library } from './library.ts'
import { accessibleKey, OWN_KEY, ownKey, usableKey } from './master-key.ts'

/** What a request says of encryption. A key goes by its id, its name or its ARN. */
export type EncryptionWish = { encrypted?: boolean | undefined; key?: string | undefined }

/** Which key something will have; the account's own may have to be made first. */
export type Chosen =
  | { kind: 'plain' }
  /** The account's own. */
  | { kind: 'own' }
  /** `isDefault`: nobody named it, and nothing is encrypted with it yet. */
  | { kind: 'key'; keyId: KeyId; isDefault: boolean }

/** A new volume's key and data key. */
export type VolumeSeal = {
  readonly keyId: KeyId
  readonly dataKey: NewDataKey
  /** The data key of the volume it goes back to; null: it goes back to none. */
  readonly originKey: number | null
}

/**
 * How a new volume is encrypted.
 *
 * @param source null: it is empty
 * @throws StrataError InvalidParameterCombination, InvalidParameterDependency, InvalidParameterValue
 */
export function chosenForVolume(
  library: Library,
  source: SnapshotRow | null,
  wish: EncryptionWish,
  region: RegionName,
): Chosen {
  const sourceKey = source === null ? null : keyOfSnapshot(library, source)
  const isOwn = source?.ownerId === library.account
  const kind = source === null ? 'none' : sourceKey === null ? 'plain' : isOwn ? 'own' : 'foreign'
  const { isOn } = library.encryptionDefaults.of(library.account, region)
  return chosen(library, volumeKey(kind, asked(wish), isOn), wish, sourceKey, region)
}

/** How a copy is encrypted. @throws StrataError as for volumes; that a key is disabled as well */
export function chosenForCopy(
  library: Library,
  source: SnapshotRow,
  wish: EncryptionWish,
  region: RegionName,
): Chosen {
  const sourceKey = keyOfSnapshot(library, source)
  const { isOn } = library.encryptionDefaults.of(library.account, region)
  const choice = copyKey(sourceKey === null ? 'plain' : 'encrypted', asked(wish), isOn)
  const found = chosen(library, choice, wish, sourceKey, region)
  if (found.kind === 'key' && library.masterKeys.get(found.keyId)?.state === 'disabled') {
    throw new StrataError('InvalidParameterValue', { key: found.keyId, problem: 'disabled' })
  }
  return found
}

/** The key of an encrypted snapshot; null: it is plain. */
export function keyOfSnapshot(library: Library, { originKey }: SnapshotRow): KeyId | null {
  return originKey === null ? null : library.dataKeyRows().get(originKey)!.keyId
}

/**
 * Comes before the data of a snapshot is read, or moved as it is. What was begun by then goes on,
 * though the key is no longer shared.
 *
 * @throws StrataError KEY_NOT_ACCESSIBLE, KMSInvalidStateException, KEY_DELETED
 */
export function assertKeyUsable(library: Library, row: SnapshotRow): void {
  const keyId = keyOfSnapshot(library, row)
  if (keyId !== null) usableKey(library, accessibleKey(library, keyId))
}

/**
 * Makes sure that there is a key to use, and that it can be used. Keys are open then.
 *
 * @throws StrataError PASSPHRASE_MISSING, KEYS_LOCKED, PASSPHRASE_WRONG, KMSInvalidStateException,
 *   DEFAULT_KEY_DELETED, KEY_DELETED
 */
export async function readyKey(
  { library, clock }: Context,
  choice: Exclude<Chosen, { kind: 'plain' }>,
  region: RegionName,
): Promise<KeyId> {
  await library.keyring.ready(true)
  const keyId =
    choice.kind === 'key' ? choice.keyId : ownKey(library, library.account, region, clock())
  if (choice.kind === 'key' && choice.isDefault && library.masterKeys.get(keyId) === undefined) {
    throw new StrataError('DEFAULT_KEY_DELETED', { key: keyId, region })
  }
  return usableKey(library, keyId).id
}

/** @param originKey of the snapshot that it continues */
export function newVolumeSeal(
  library: Library,
  keyId: KeyId,
  originKey: number | null,
): VolumeSeal {
  return { keyId, dataKey: library.keyring.newDataKey(), originKey }
}

/** What a new volume's blocks are sealed with; its own, to be wiped. */
export function keyOfNew(library: Library, { dataKey }: VolumeSeal): BlockKey {
  return { library: library.facts().libraryId, id: dataKey.id, bytes: dataKey.bytes }
}

/**
 * How a new snapshot of something encrypted is sealed. Keys are open. Its data key is a new one, so that
 * those that are held for volumes on instances do not do.
 *
 * @throws StrataError KMSInvalidStateException, KEY_DELETED
 */
export function newSealing(
  library: Library,
  originKey: number,
): { dataKey: NewDataKey; sealing: Sealing } {
  usableKey(library, library.dataKeyRows().get(originKey)!.keyId)
  const dataKey = library.keyring.newDataKey()
  return { dataKey, sealing: library.keyring.sealingWith(dataKey, originKey) }
}

/** The key that somebody names. @throws StrataError InvalidParameterValue */
export function namedKey(
  library: Library,
  text: string,
  account: AccountId,
  region: RegionName,
): MasterKeyRow {
  const { wanted, mayBe } = keyName(text)
  const own = library.masterKeys
    .all()
    .filter((row) => row.account === account && row.region === region && mayBe(row))
  const row = own.find(({ id }) => id === wanted) ?? own.find(({ name }) => name === wanted)
  if (row === undefined) {
    throw new StrataError('InvalidParameterValue', { key: text, problem: 'invalid' })
  }
  return row
}

/** Whether the account's own key for a region is named, which may not be made yet. */
export function isOwnKey(text: string, account: AccountId, region: RegionName): boolean {
  const { wanted, mayBe } = keyName(text)
  return wanted === OWN_KEY && mayBe({ account, region })
}

function asked({ encrypted, key }: EncryptionWish): Asked {
  return { encrypted, namesKey: key !== undefined }
}

function chosen(
  library: Library,
  choice: KeyChoice,
  { key }: EncryptionWish,
  sourceKey: KeyId | null,
  region: RegionName,
): Chosen {
  switch (choice) {
    case 'plain':
      return { kind: 'plain' }
    case 'source':
      return { kind: 'key', keyId: sourceKey!, isDefault: false }
    case 'named':
      return isOwnKey(key!, library.account, region)
        ? { kind: 'own' }
        : {
            kind: 'key',
            keyId: namedKey(library, key!, library.account, region).id,
            isDefault: false,
          }
    case 'default': {
      const { keyId } = library.encryptionDefaults.of(library.account, region)
      return keyId === null ? { kind: 'own' } : { kind: 'key', keyId, isDefault: true }
    }
    default:
      return choice satisfies never
  }
}
