import type { MasterKeyRow } from '../catalog/master-keys.ts'
import type { AccountId } from '../contract/account.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { KeyId } from '../contract/ids.ts'
import type { KeyPermissions, SharedKey } from '../contract/keys.ts'
import { accountsAmong, type Grantee } from '../contract/sharing.ts'
import { show } from '../contract/show.ts'
import { wordFor } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import type { Library } from '../engine/library.ts'
import { toldChange } from '../engine/told-change.ts'
import { dropExpired, knownKey } from './keys.ts'
import { asOptions, inWords, namedGrantees } from './named-grantees.ts'

/*
 * A key is shared on its own, whatever it encrypts: whoever has it opens with it what is shared with
 * them, and makes nothing of theirs with it.
 */

export function listKeyPermissions(
  { library }: Context,
  { key }: Input<'listKeyPermissions'>,
): KeyPermissions {
  return permissionsOf(library, knownKey(library, key))
}

/**
 * Shares an own key, or no longer: sets, as snapshots are shared. What others have made with its help
 * by then is under keys of theirs.
 */
export function shareKey(
  context: Context,
  { key, add = [], remove = [] }: Input<'shareKey'>,
): KeyPermissions {
  dropExpired(context)
  const { library } = context
  const row = knownKey(library, key)
  if (add.length > 0 === remove.length > 0) {
    throw new StrataError('InvalidParameterCombination', {
      problem: 'A key is shared with accounts, or no longer shared with them: one at a time.',
    })
  }
  if (add.length > 0) grant(context, row, namedAccounts(add, row))
  else revoke(context, row, namedAccounts(remove, row))
  return permissionsOf(library, row)
}

/** Of other accounts, for the one that asks. */
export function sharedKeysOf(library: Library): SharedKey[] {
  const { account } = library
  const granted = new Set(
    library.keyGrants.all().flatMap(({ keyId, grantee }) => (grantee === account ? [keyId] : [])),
  )
  return library.masterKeys
    .all()
    .filter(({ id }) => granted.has(id))
    .map(({ id, account: accountId, region }) => ({ keyId: id, accountId, region }))
}

/** As part of a change that shares what the key encrypts. */
export function grantKey(library: Library, keyId: KeyId, grantees: readonly Grantee[]): void {
  for (const grantee of accountsAmong(grantees)) library.keyGrants.add({ keyId, grantee })
}

/** Those of `accounts` that a key is not shared with. */
export function withoutKey(
  library: Library,
  keyId: KeyId,
  accounts: readonly AccountId[],
): AccountId[] {
  const granted = library.keyGrants.of(keyId)
  return accounts.filter((account) => !granted.includes(account))
}

/** @throws StrataError KEY_DELETED; OperationNotPermitted for the one that an account has anyway */
export function sharableKey(library: Library, keyId: KeyId): MasterKeyRow {
  const row = library.masterKeys.get(keyId)
  if (row === undefined) throw new StrataError('KEY_DELETED', { key: keyId })
  if (row.manager === 'account') return row
  throw new StrataError('OperationNotPermitted', {
    problem: 'EBS default key cannot be shared',
    instead: 'Copy what it encrypts under a key of your own, and share that key',
  })
}

function grant(context: Context, row: MasterKeyRow, accounts: readonly AccountId[]): void {
  const { library } = context
  const added = withoutKey(library, sharableKey(library, row.id).id, accounts)
  if (added.length === 0) return
  const title = `Shared key ${show(row.name)} with ${inWords(added)}`
  const command = ['key', 'share', wordFor(library, row), ...asOptions('--add', added)]
  toldChange(context, { title, command }, () => grantKey(library, row.id, added))
}

function revoke(context: Context, row: MasterKeyRow, accounts: readonly AccountId[]): void {
  const { library } = context
  const granted = library.keyGrants.of(row.id)
  const removed = accounts.filter((account) => granted.includes(account))
  if (removed.length === 0) return
  const title = `No longer shares key ${show(row.name)} with ${inWords(removed)}`
  const command = ['key', 'share', wordFor(library, row), ...asOptions('--remove', removed)]
  toldChange(context, { title, command }, () => {
    for (const grantee of removed) library.keyGrants.remove({ keyId: row.id, grantee })
  })
}

/** @throws StrataError OperationNotPermitted for everybody */
function namedAccounts(texts: readonly string[], { account }: MasterKeyRow): AccountId[] {
  return namedGrantees(texts, account).map((grantee) => {
    if (grantee !== 'all') return grantee
    throw new StrataError('OperationNotPermitted', {
      problem: 'A key cannot be shared publicly',
      instead: 'Share it with accounts, by their ids',
    })
  })
}

function permissionsOf(library: Library, { id, name }: MasterKeyRow): KeyPermissions {
  return { keyId: id, name, sharedWith: library.keyGrants.of(id) }
}
