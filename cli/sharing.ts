import type { KeyPermissions } from '../core/contract/keys.ts'
import type { LibraryView } from '../core/contract/model.ts'
import {
  type PublicAccess,
  PublicAccessState,
  type SnapshotPermissions,
} from '../core/contract/sharing.ts'
import { type Answer, answer } from './answer.ts'
import { UsageError } from './failure.ts'
import { findSnapshot, snapshotToChange } from './find.ts'
import { PermissionsJson, PublicAccessJson } from './json.ts'
import { KeyPermissionsJson } from './key-json.ts'
import type { Library } from './library.ts'
import { facts, safeName } from './table.ts'

/** The options of `key share`, as they are given. */
export type ShareOptions = { readonly add?: readonly string[]; readonly remove?: readonly string[] }
/** Those of `snapshot share`. */
export type ShareSnapshotOptions = ShareOptions & { readonly withKey?: boolean }

/** @throws UsageError where neither is given; StrataError InvalidParameterCombination for both */
export async function shareSnapshot(
  { engine }: Library,
  text: string,
  { withKey, ...options }: ShareSnapshotOptions,
): Promise<Answer> {
  const view = await engine.describeLibrary()
  const wish = wishOf(view, options)
  const { snapshotId } = snapshotToChange(view, text)
  return permissionsAnswer(view, await engine.shareSnapshot({ snapshotId, ...wish, withKey }))
}

export async function showPermissions({ engine }: Library, text: string): Promise<Answer> {
  const view = await engine.describeLibrary()
  const { snapshotId } = findSnapshot(view, text)
  return permissionsAnswer(view, await engine.listPermissions({ snapshotId }))
}

/** @throws UsageError where neither is given; StrataError InvalidParameterCombination for both */
export async function shareKey(
  { engine }: Library,
  key: string,
  options: ShareOptions,
): Promise<Answer> {
  const wish = wishOf(await engine.describeLibrary(), options)
  return keyAnswer(await engine.shareKey({ key, ...wish }))
}

export async function showKeyPermissions({ engine }: Library, key: string): Promise<Answer> {
  return keyAnswer(await engine.listKeyPermissions({ key }))
}

export async function showPublicAccess({ engine, askedRegion }: Library): Promise<Answer> {
  return accessAnswer(await engine.getPublicAccess({ region: askedRegion }))
}

/** @throws UsageError for a word that is no state */
export async function setPublicAccess(
  { engine, askedRegion }: Library,
  word: string,
): Promise<Answer> {
  const state = PublicAccessState.safeParse(word)
  if (!state.success) {
    const states = PublicAccessState.options.join(', ')
    throw new UsageError(`“${word}” is no state of public access: it is one of ${states}.`)
  }
  return accessAnswer(await engine.setPublicAccess({ region: askedRegion, state: state.data }))
}

export function accountsText(accounts: readonly string[]): string {
  return accounts.length === 0 ? 'no account' : accounts.join(', ')
}

/** Offered to everybody, or not; where the owner's settings keep everybody away, that as well. */
export function publicText({
  isPublic,
  isPublicBlocked,
}: Pick<SnapshotPermissions, 'isPublic' | 'isPublicBlocked'>): string {
  if (!isPublic) return 'no'
  return isPublicBlocked ? 'yes, but blocked' : 'yes'
}

/** What follows where some have a share of something encrypted and not its key. */
export function keylessText(keyId: string, accounts: readonly string[]): string {
  const command = `strata key share ${keyId} ${accounts.map((one) => `--add ${one}`).join(' ')}`
  return `Its key is not shared with ${accounts.join(', ')}: they can make nothing of it.\nTo share it, too: ${command}`
}

function wishOf(view: LibraryView, { add = [], remove = [] }: ShareOptions) {
  if (add.length === 0 && remove.length === 0) throw new UsageError('Give --add or --remove.')
  return { add: add.map(granteeIn(view)), remove: remove.map(granteeIn(view)) }
}

/**
 * A name may stand for the id of an account; what is neither is refused by the engine. `all` is
 * everybody, whatever an account was called before that was refused.
 */
export function granteeIn({ accounts }: LibraryView): (text: string) => string {
  return (text) => {
    if (text === 'all') return text
    const named = accounts.find(({ name }) => name !== '' && name === text)
    return named === undefined ? text : named.accountId
  }
}

function permissionsAnswer(view: LibraryView, permissions: SnapshotPermissions): Answer {
  const { snapshotId, sharedWith, keyId, withoutKey } = permissions
  const { name } = findSnapshot(view, snapshotId)
  const told = facts([
    ['Snapshot', `${safeName(name)} (${snapshotId})`],
    ['Shared with', accountsText(sharedWith)],
    ['Public', publicText(permissions)],
    ...(keyId === null ? [] : ([['Encrypted with', keyId]] as const)),
  ])
  const isAmiss = keyId !== null && withoutKey.length > 0
  const text = isAmiss ? `${told}\n\n${keylessText(keyId, withoutKey)}` : told
  return answer(PermissionsJson, permissions, text)
}

function keyAnswer(permissions: KeyPermissions): Answer {
  const { keyId, name, sharedWith } = permissions
  const text = facts([
    ['Key', `${safeName(name)} (${keyId})`],
    ['Shared with', accountsText(sharedWith)],
  ])
  return answer(KeyPermissionsJson, permissions, text)
}

function accessAnswer(access: PublicAccess): Answer {
  const { ownerId, region, state } = access
  return answer(PublicAccessJson, access, `${state} for ${ownerId} in ${region}`)
}
