import { ALL, type Grantee } from '../catalog/images.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import { AccountId } from '../contract/account.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { KeyId } from '../contract/ids.ts'
import type { Image } from '../contract/image.ts'
import { show } from '../contract/show.ts'
import type { Context } from '../engine/context.ts'
import { keyOfSnapshot } from '../engine/encryption-choice.ts'
import type { Library } from '../engine/library.ts'
import { toldChange } from '../engine/told-change.ts'
import { ownImage } from './images.ts'
import { grantKey, sharableKey } from './key-sharing.ts'
import { encryptionGuard, publicAccessGuard } from './sharing-guards.ts'
import { keepTags } from './tags.ts'

/**
 * Lets others launch an image, or no longer. What they launched or copied by then is theirs. With
 * encrypted snapshots behind it they can do so once the keys of these are shared, too.
 */
export function modifyImagePermissions(
  context: Context,
  { imageId, operation, accounts, all, withKeys = false }: Input<'modifyImagePermissions'>,
): Image {
  const { library } = context
  const image = ownImage(library, imageId)
  const grantees: Grantee[] = [...(all ? ([ALL] as const) : []), ...accounts.map(accountOf)]
  const isAdding = operation === 'add'
  const keyIds = withKeys ? sharedKeysOf(library, image, isAdding) : []
  if (isAdding) assertLaunchable(context, image, grantees)
  const title = isAdding
    ? `Let ${grantees.join(', ')} launch ${show(image.name)}`
    : `Let ${grantees.join(', ')} no longer launch ${show(image.name)}`
  const options = grantees.flatMap((grantee) => [`--${operation}`, grantee])
  const withThem = withKeys ? ['--with-keys'] : []
  const command = ['image', 'permissions', imageId, ...options, ...withThem]
  toldChange(context, { title, command }, () => {
    for (const grantee of grantees) {
      if (isAdding) library.images.grant(imageId, grantee)
      else library.images.revoke(imageId, grantee)
    }
    keepTags(
      library.imageTags,
      { id: imageId, ownerId: image.ownerId },
      launchersOf(library, image),
    )
    const others = grantees.filter((grantee) => grantee !== image.ownerId)
    for (const keyId of keyIds) grantKey(library, keyId, others)
  })
  return ownImage(library, imageId)
}

/** As its snapshots are shared; those that may launch it already stay. @throws as the guards say */
function assertLaunchable(context: Context, image: Image, grantees: readonly Grantee[]): void {
  const { isPublic, accounts } = image.permissions
  const before = new Set<Grantee>([...accounts, ...(isPublic ? ([ALL] as const) : [])])
  for (const grantee of grantees) {
    if (before.has(grantee) || grantee === image.ownerId) continue
    const rows = snapshotsOf(context.library, image)
    const refusal =
      rows.map((row) => encryptionGuard(context, row, grantee)).find((found) => found !== null) ??
      publicAccessGuard(context, image, grantee)
    if (refusal !== null) throw refusal
  }
}

/** @throws StrataError InvalidParameterCombination where no key can be meant; as `sharableKey` */
function sharedKeysOf(library: Library, image: Image, isAdding: boolean): KeyId[] {
  const ids = snapshotsOf(library, image).flatMap((row) => keyOfSnapshot(library, row) ?? [])
  if (isAdding && ids.length > 0) return [...new Set(ids)].map((id) => sharableKey(library, id).id)
  throw new StrataError('InvalidParameterCombination', {
    problem: isAdding
      ? 'No snapshot of the image is encrypted: there is no key to share.'
      : 'A key may open other snapshots, too: it is taken back on its own.',
  })
}

function snapshotsOf(library: Library, { mappings }: Image): SnapshotRow[] {
  const rows = library.snapshotRows()
  return mappings.flatMap(({ snapshotId }) => (snapshotId && rows.get(snapshotId)) ?? [])
}

function launchersOf(library: Library, { imageId }: Image): Grantee[] {
  return library.images
    .permissions()
    .filter((one) => one.imageId === imageId)
    .map(({ grantee }) => grantee)
}

function accountOf(text: string): AccountId {
  const parsed = AccountId.safeParse(text)
  if (parsed.success) return parsed.data
  throw new StrataError('InvalidAMIAttributeItemValue', { account: text })
}
