import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import {
  accountsAmong,
  Grantee,
  MAX_GRANTEES,
  type SnapshotPermissions,
} from '../contract/sharing.ts'
import { show } from '../contract/show.ts'
import { isPublicBlocked } from '../engine/access.ts'
import { commandOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { granteesOf } from '../engine/grantees.ts'
import type { Library } from '../engine/library.ts'
import { snapshotShared } from '../engine/notifications.ts'
import { toldChange } from '../engine/told-change.ts'
import { assertSharable } from './sharing-guards.ts'

/** Whom an own snapshot is shared with. */
export function listPermissions(
  { library }: Context,
  { snapshotId }: Input<'listPermissions'>,
): SnapshotPermissions {
  return permissionsOf(library, library.snapshotRow(snapshotId))
}

/**
 * Shares an own snapshot, or no longer: sets, so that what is there already or is not there changes
 * nothing. What others have made of it by then is theirs.
 */
export function shareSnapshot(
  context: Context,
  { snapshotId, add = [], remove = [] }: Input<'shareSnapshot'>,
): SnapshotPermissions {
  const { library } = context
  const row = library.completedRow(snapshotId)
  if (add.length > 0 === remove.length > 0) {
    throw new StrataError('InvalidParameterCombination', {
      problem: 'One and only one operation type may be specified for createVolumePermissions',
    })
  }
  const before = granteesOf(library, row.id)
  if (add.length > 0) {
    const added = namedGrantees(add, row).filter((grantee) => !before.has(grantee))
    for (const grantee of added) assertSharable(context, row, grantee)
    if (added.length > 0) grant(context, row, added)
  } else {
    const removed = namedGrantees(remove, row).filter((grantee) => before.has(grantee))
    if (removed.length > 0) revoke(context, row, removed)
  }
  return permissionsOf(library, row)
}

function grant({ library, clock }: Context, row: SnapshotRow, grantees: readonly Grantee[]): void {
  const at = clock()
  library.change(() => {
    for (const grantee of grantees) {
      library.shares.add({ snapshotId: row.id, grantee })
      if (grantee !== 'all') library.tell(snapshotShared(row, grantee, at))
    }
    library.history.add({
      at,
      title: `Shared ${show(row.name)} with ${inWords(grantees)}`,
      command: commandOf('snapshot', 'share', row.id, ...options('--add', grantees)),
      storedDeltaBytes: 0,
      deletionId: null,
    })
  })
}

function revoke({ library, clock }: Context, row: SnapshotRow, grantees: readonly Grantee[]): void {
  toldChange(
    { library, clock },
    {
      title: `No longer shares ${show(row.name)} with ${inWords(grantees)}`,
      command: ['snapshot', 'share', row.id, ...options('--remove', grantees)],
    },
    () => {
      for (const grantee of grantees) library.shares.remove({ snapshotId: row.id, grantee })
    },
  )
}

function permissionsOf(library: Library, row: SnapshotRow): SnapshotPermissions {
  const grantees = granteesOf(library, row.id)
  const isPublic = grantees.has('all')
  return {
    snapshotId: row.id,
    sharedWith: accountsAmong(grantees),
    isPublic,
    isPublicBlocked: isPublic && isPublicBlocked(library, row),
  }
}

/** @throws StrataError InvalidAMIAttributeItemValue, TOO_MANY_GRANTEES */
function namedGrantees(texts: readonly string[], { ownerId }: SnapshotRow): Grantee[] {
  if (texts.length > MAX_GRANTEES) {
    throw new StrataError('TOO_MANY_GRANTEES', { limit: MAX_GRANTEES })
  }
  const grantees = texts.map((text) => {
    const parsed = Grantee.safeParse(text)
    if (parsed.success) return parsed.data
    throw new StrataError('InvalidAMIAttributeItemValue', { account: text })
  })
  // An owner has all rights already.
  return [...new Set(grantees)].filter((grantee) => grantee !== ownerId)
}

const options = (option: string, grantees: readonly Grantee[]) =>
  grantees.flatMap((grantee) => [option, grantee])

const inWords = (grantees: readonly Grantee[]) =>
  grantees.map((grantee) => (grantee === 'all' ? 'everybody' : grantee)).join(', ')
