import type { MasterKeyRow } from '../catalog/master-keys.ts'
import { StrataError } from '../contract/errors.ts'
import { KeyId, type RegionName } from '../contract/ids.ts'
import type { EncryptionDefault, Key } from '../contract/keys.ts'
import type { Context } from '../engine/context.ts'
import { keyName } from '../engine/key-name.ts'
import { holdInUse } from '../engine/keys-in-use.ts'
import type { Library } from '../engine/library.ts'
import { ownKeyOf } from '../engine/master-key.ts'
import { checkName } from '../engine/names.ts'
import { toldChange } from '../engine/told-change.ts'

/** The keys of the current account, oldest first, with what would be lost with each. */
export function keysOf(library: Library): Key[] {
  return library.masterKeys
    .all()
    .filter(({ account }) => account === library.account)
    .map((row) => keyOf(library, row))
}

export function keyOf(library: Library, row: MasterKeyRow): Key {
  const isOf = (dataKey: number | null) =>
    dataKey !== null && library.dataKeyRows().get(dataKey)?.keyId === row.id
  return {
    keyId: row.id,
    name: row.name,
    accountId: row.account,
    region: row.region,
    manager: row.manager,
    origin: row.origin,
    state: row.state,
    version: row.version,
    createdAt: row.createdAt,
    deletedAt: row.deletedAt,
    isDefault: isDefault(library, row),
    volumeCount: [...library.volumeRows().values()].filter(
      ({ dataKey, isRemoved }) => !isRemoved && isOf(dataKey),
    ).length,
    snapshotCount: [...library.snapshotRows().values()].filter(
      ({ originKey, state }) => state !== 'deleted' && isOf(originKey),
    ).length,
    sharedWith: library.keyGrants.of(row.id),
  }
}

/** How the current account encrypts in a region; default: the current one. */
export function defaultOf(
  library: Library,
  region: RegionName = library.region,
): EncryptionDefault {
  const { account } = library
  const row = library.encryptionDefaults.of(account, region)
  const keyId = row.keyId ?? ownKeyOf(library, account, region)?.id ?? null
  return { accountId: account, region, isOn: row.isOn, keyId }
}

/**
 * The current account's key with that id, or with that name in the current region.
 *
 * @throws StrataError KEY_UNKNOWN
 */
export function knownKey(library: Library, text: string): MasterKeyRow {
  const { wanted, mayBe } = keyName(text)
  const own = library.masterKeys
    .all()
    .filter((row) => row.account === library.account && mayBe(row))
  const row =
    own.find(({ id }) => id === wanted) ??
    own.find(({ region, name }) => region === library.region && name === wanted)
  if (row === undefined) throw new StrataError('KEY_UNKNOWN', { key: text })
  return row
}

/** @throws StrataError NAME_REFUSED, NAME_TAKEN */
export function freeKeyName(library: Library, wish: string): string {
  const name = checkName(wish)
  if (/^(alias\/)?aws\//.test(name) || KeyId.safeParse(name).success) {
    throw new StrataError('NAME_REFUSED', { name: wish, problem: 'is kept for keys of Strata' })
  }
  const isTaken = library.masterKeys
    .all()
    .some(
      (row) =>
        row.account === library.account && row.region === library.region && row.name === name,
    )
  if (isTaken) throw new StrataError('NAME_TAKEN', { name, kind: 'key' })
  return name
}

/** When the next key goes, in milliseconds since 1970, UTC; null: none will. */
export function nextKeyEnd({ library }: Context): number | null {
  const ends = library.masterKeys.all().flatMap(({ deletedAt }) => deletedAt ?? [])
  return ends.length === 0 ? null : Math.min(...ends)
}

/** Keys whose time has come are gone for good; what they encrypt stays, and opens no more. */
export function dropExpired({ library, clock }: Context): void {
  const now = clock()
  const expired = library.masterKeys
    .all()
    .filter(({ deletedAt }) => deletedAt !== null && deletedAt <= now)
  if (expired.length === 0) return
  library.change(() => {
    for (const row of expired) library.masterKeys.remove(row.id)
  })
}

/** Changes a key's row, with a line of history. */
export function changeKey(
  { library, clock }: Context,
  row: MasterKeyRow,
  title: string,
  command: readonly string[],
  alongside: () => void = () => {},
): Key {
  holdInUse(library, row)
  toldChange({ library, clock }, { title, command }, () => {
    alongside()
    library.masterKeys.update(row)
  })
  return keyOf(library, row)
}

function isDefault(library: Library, { id, account, region, manager }: MasterKeyRow): boolean {
  const { keyId } = library.encryptionDefaults.of(account, region)
  return keyId === null ? manager === 'strata' : keyId === id
}
