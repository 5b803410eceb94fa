import type { MasterKeyRow } from '../catalog/master-keys.ts'
import type { AccountId } from '../contract/account.ts'
import { StrataError } from '../contract/errors.ts'
import { KeyId, type RegionName } from '../contract/ids.ts'
import { newKey } from '../crypto/sealing.ts'
import { newId } from './ids.ts'
import type { Library } from './library.ts'

/** What EBS calls the key that it keeps for an account in a region. */
export const OWN_KEY = 'aws/ebs'

type Wish = Pick<MasterKeyRow, 'name' | 'account' | 'region' | 'manager' | 'createdAt'>

/** A key with new material, as its row will be. Keys are open. */
export function newMasterKey(library: Library, wish: Wish): MasterKeyRow {
  const id = newId(KeyId, 'key')
  const material = newKey()
  const wrapped = library.keyring.wrappedMaterial({ id, version: 1 }, material)
  material.fill(0)
  return {
    ...wish,
    id,
    origin: 'generated',
    state: 'enabled',
    version: 1,
    material: wrapped,
    fingerprint: null,
    deletedAt: null,
  }
}

/** The key that is kept for an account in a region; made now if it was never needed before. */
export function ownKey(
  library: Library,
  account: AccountId,
  region: RegionName,
  createdAt: number,
): KeyId {
  const found = ownKeyOf(library, account, region)
  if (found !== undefined) return found.id
  const row = newMasterKey(library, {
    name: OWN_KEY,
    account,
    region,
    manager: 'strata',
    createdAt,
  })
  library.change(() => library.masterKeys.insert(row))
  return row.id
}

/** undefined: it was never needed yet. */
export function ownKeyOf(
  library: Library,
  account: AccountId,
  region: RegionName,
): MasterKeyRow | undefined {
  return library.masterKeys
    .all()
    .find((row) => row.manager === 'strata' && row.account === account && row.region === region)
}

/** As events and descriptions name it. */
export function keyArn({ id, account, region }: Pick<MasterKeyRow, 'id' | 'account' | 'region'>) {
  return `arn:aws:kms:${region}:${account}:key/${id}`
}

/**
 * To the account that asks: its own, or one that is shared with it. In whatever state.
 *
 * @throws StrataError KEY_NOT_ACCESSIBLE
 */
export function accessibleKey(library: Library, id: KeyId): KeyId {
  const { account } = library
  const row = library.masterKeys.get(id)
  const isAccessible =
    row === undefined || row.account === account || library.keyGrants.of(id).includes(account)
  if (isAccessible) return id
  throw new StrataError('KEY_NOT_ACCESSIBLE', { key: id, account: row.account })
}

/** @throws StrataError KMSInvalidStateException, KEY_DELETED */
export function usableKey(library: Library, id: KeyId): MasterKeyRow {
  const row = library.masterKeys.get(id)
  if (row === undefined) throw new StrataError('KEY_DELETED', { key: id })
  if (row.state === 'enabled') return row
  throw new StrataError('KMSInvalidStateException', {
    key: keyArn(row),
    problem: row.state.replace('-', ' '),
  })
}
