import type { LibraryView } from '../core/contract/model.ts'
import {
  type PublicAccess,
  PublicAccessState,
  type SnapshotPermissions,
} from '../core/contract/sharing.ts'
import { type Answer, answer } from './answer.ts'
import { UsageError } from './failure.ts'
import { findSnapshot } from './find.ts'
import { PermissionsJson, PublicAccessJson } from './json.ts'
import type { Library } from './library.ts'
import { facts, safeName } from './table.ts'

/** The options of `snapshot share`, as they are given. */
export type ShareOptions = { readonly add?: readonly string[]; readonly remove?: readonly string[] }

/** @throws UsageError where neither or both are given */
export async function shareSnapshot(
  { engine }: Library,
  text: string,
  { add = [], remove = [] }: ShareOptions,
): Promise<Answer> {
  if (add.length > 0 === remove.length > 0) throw new UsageError('Give --add or --remove.')
  const view = await engine.describeLibrary()
  const { snapshotId } = findSnapshot(view, text)
  const wish = { add: add.map(granteeIn(view)), remove: remove.map(granteeIn(view)) }
  return permissionsAnswer(view, await engine.shareSnapshot({ snapshotId, ...wish }))
}

export async function showPermissions({ engine }: Library, text: string): Promise<Answer> {
  const view = await engine.describeLibrary()
  const { snapshotId } = findSnapshot(view, text)
  return permissionsAnswer(view, await engine.listPermissions({ snapshotId }))
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
  if (!state.success) throw new UsageError(`It is ${PublicAccessState.options.join(' or ')}.`)
  return accessAnswer(await engine.setPublicAccess({ region: askedRegion, state: state.data }))
}

/** A name may stand for the id of an account; what is neither is refused by the engine. */
function granteeIn({ accounts }: LibraryView): (text: string) => string {
  return (text) => {
    const named = accounts.find(({ name }) => name !== '' && name === text)
    return named === undefined ? text : named.accountId
  }
}

function permissionsAnswer(view: LibraryView, permissions: SnapshotPermissions): Answer {
  const { snapshotId, sharedWith, isPublic, isPublicBlocked } = permissions
  const { name } = findSnapshot(view, snapshotId)
  const text = facts([
    ['Snapshot', `${safeName(name)} (${snapshotId})`],
    ['Shared with', sharedWith.length === 0 ? 'no account' : sharedWith.join(', ')],
    ['Public', isPublic ? (isPublicBlocked ? 'yes, but blocked' : 'yes') : 'no'],
  ])
  return answer(PermissionsJson, permissions, text)
}

function accessAnswer(access: PublicAccess): Answer {
  const { ownerId, region, state } = access
  return answer(PublicAccessJson, access, `${state} for ${ownerId} in ${region}`)
}
