import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { KeyId } from '../contract/ids.ts'
import { accountsAmong, type Grantee, type SnapshotPermissions } from '../contract/sharing.ts'
import { show } from '../contract/show.ts'
import { completed, isPublicBlocked } from '../engine/access.ts'
import type { Context } from '../engine/context.ts'
import { keyOfSnapshot } from '../engine/encryption-choice.ts'
import { granteesOf } from '../engine/grantees.ts'
import type { Library } from '../engine/library.ts'
import { snapshotShared } from '../engine/notifications.ts'
import { toldChange } from '../engine/told-change.ts'
import { grantKey, sharableKey, withoutKey } from './key-sharing.ts'
import { asOptions, inWords, namedGrantees } from './named-grantees.ts'
import { assertSharable } from './sharing-guards.ts'
import { keepTags } from './tags.ts'

/** Whom an own snapshot is shared with. */
export function listPermissions(
  { library }: Context,
  { snapshotId }: Input<'listPermissions'>,
): SnapshotPermissions {
  return permissionsOf(library, library.snapshotRow(snapshotId))
}

/**
 * Shares an own snapshot, or no longer: sets, so that what is there already or is not there changes
 * nothing. What others have made of it by then is theirs. With an encrypted one they can do something
 * once its key is shared, too.
 */
export function shareSnapshot(
  context: Context,
  { snapshotId, add = [], remove = [], withKey = false }: Input<'shareSnapshot'>,
): SnapshotPermissions {
  const { library } = context
  // Taken back from what is archived, too.
  const row =
    add.length > 0 ? library.completedRow(snapshotId) : completed(library.snapshotRow(snapshotId))
  if (add.length > 0 === remove.length > 0) {
    throw new StrataError('InvalidParameterCombination', {
      problem: 'One and only one operation type may be specified for createVolumePermissions',
    })
  }
  const keyId = withKey ? sharedKeyOf(library, row, remove) : null
  const before = granteesOf(library, row.id)
  if (add.length > 0) {
    const named = namedGrantees(add, row.ownerId)
    for (const grantee of named) if (!before.has(grantee)) assertSharable(context, row, grantee)
    grant(context, row, named, keyId)
  } else {
    const removed = namedGrantees(remove, row.ownerId).filter((grantee) => before.has(grantee))
    if (removed.length > 0) revoke(context, row, removed)
  }
  return permissionsOf(library, row)
}

/** @throws StrataError InvalidParameterCombination where no key can be meant; as `sharableKey` */
function sharedKeyOf(library: Library, row: SnapshotRow, remove: readonly string[]): KeyId {
  const keyId = keyOfSnapshot(library, row)
  if (keyId !== null && remove.length === 0) return sharableKey(library, keyId).id
  throw new StrataError('InvalidParameterCombination', {
    problem:
      keyId === null
        ? 'The snapshot is not encrypted: it has no key to share.'
        : 'A key may open other snapshots, too: it is taken back on its own.',
  })
}

/** @param keyId to share with them, too; null: none */
function grant(
  context: Context,
  row: SnapshotRow,
  grantees: readonly Grantee[],
  keyId: KeyId | null,
): void {
  const { library, clock } = context
  const before = granteesOf(library, row.id)
  const keyless = keyId === null ? [] : withoutKey(library, keyId, accountsAmong(grantees))
  const withIt = new Set<Grantee>(keyless)
  const changed = grantees.filter((grantee) => !before.has(grantee) || withIt.has(grantee))
  if (changed.length === 0) return
  const at = clock()
  const [what, options] = withIt.size === 0 ? ['', []] : [' and its key', ['--with-key']]
  const title = `Shared ${show(row.name)}${what} with ${inWords(changed)}`
  const command = ['snapshot', 'share', row.id, ...asOptions('--add', changed), ...options]
  toldChange(context, { title, command }, () => {
    for (const grantee of changed) {
      if (before.has(grantee)) continue
      library.shares.add({ snapshotId: row.id, grantee })
      if (grantee !== 'all') library.tell(snapshotShared(row, grantee, at))
    }
    if (keyId !== null) grantKey(library, keyId, keyless)
  })
}

function revoke({ library, clock }: Context, row: SnapshotRow, grantees: readonly Grantee[]): void {
  const left = [...granteesOf(library, row.id)].filter((grantee) => !grantees.includes(grantee))
  toldChange(
    { library, clock },
    {
      title: `No longer shares ${show(row.name)} with ${inWords(grantees)}`,
      command: ['snapshot', 'share', row.id, ...asOptions('--remove', grantees)],
    },
    () => {
      for (const grantee of grantees) library.shares.remove({ snapshotId: row.id, grantee })
      keepTags(library.snapshotTags, row, left)
    },
  )
}

function permissionsOf(library: Library, row: SnapshotRow): SnapshotPermissions {
  const grantees = granteesOf(library, row.id)
  const keyId = keyOfSnapshot(library, row)
  const sharedWith = accountsAmong(grantees)
  const isPublic = grantees.has('all')
  return {
    snapshotId: row.id,
    sharedWith,
    isPublic,
    isPublicBlocked: isPublic && isPublicBlocked(library, row),
    keyId,
    withoutKey: keyId === null ? [] : withoutKey(library, keyId, sharedWith),
  }
}
