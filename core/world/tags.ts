import type { Tags } from '../catalog/tags.ts'
import type { AccountId } from '../contract/account.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import { ImageId, SnapshotId, type VolumeId } from '../contract/ids.ts'
import { accountsAmong, type Grantee } from '../contract/sharing.ts'
import { show } from '../contract/show.ts'
import type { Tag } from '../contract/tags.ts'
import { snapshotInReach } from '../engine/access.ts'
import type { Context } from '../engine/context.ts'
import type { Library } from '../engine/library.ts'
import { assertKey, withTags } from '../engine/tags.ts'
import { toldChange } from '../engine/told-change.ts'
import { imageNamed } from './images.ts'

/** What the account that asks may put tags on, with those that it has put there. */
type Resource = {
  readonly id: string
  readonly name: string
  all(): Tag[]
  set(tags: readonly Tag[]): void
  remove(key: string): void
}

export function setTags(context: Context, { resourceId, tags }: Input<'setTags'>): Tag[] {
  const resource = resourceOf(context.library, resourceId)
  withTags(resource.all(), tags)
  const words = tags.map(({ key, value }) => ({ argument: `${key}=${value}` }))
  const title = `Tagged ${show(resource.name)}`
  toldChange(context, { title, command: ['tag', 'set', resource.id, ...words] }, () =>
    resource.set(tags),
  )
  return resource.all()
}

export function removeTags(context: Context, { resourceId, keys }: Input<'removeTags'>): Tag[] {
  const resource = resourceOf(context.library, resourceId)
  const there = new Set(resource.all().map(({ key }) => key))
  for (const key of keys) {
    assertKey(key)
    if (!there.has(key)) throw new StrataError('TAG_UNKNOWN', { key })
  }
  const words = keys.map((argument) => ({ argument }))
  const title = `Took tags off ${show(resource.name)}`
  toldChange(context, { title, command: ['tag', 'rm', resource.id, ...words] }, () => {
    for (const key of keys) resource.remove(key)
  })
  return resource.all()
}

/**
 * Within a change that takes shares away: an account's tags on something go with the last share by
 * which it had it.
 *
 * @param left whom it is shared with still
 */
export function keepTags<Id extends string>(
  tags: Tags<Id>,
  { id, ownerId }: { readonly id: Id; readonly ownerId: AccountId },
  left: readonly Grantee[],
): void {
  if (!left.includes('all')) tags.keepOnly(id, [ownerId, ...accountsAmong(left)])
}

/** Whoever may read a snapshot or launch an image has tags of its own on it; volumes are their owner's. */
function resourceOf(library: Library, id: Input<'setTags'>['resourceId']): Resource {
  const snapshotId = SnapshotId.safeParse(id)
  if (snapshotId.success) {
    return resource(library, snapshotInReach(library, snapshotId.data), library.snapshotTags)
  }
  const imageId = ImageId.safeParse(id)
  if (imageId.success) {
    const { name } = imageNamed(library, imageId.data)
    return resource(library, { id: imageId.data, name }, library.imageTags)
  }
  return resource(library, library.volumeRow(id as VolumeId), library.volumeTags)
}

function resource<Id extends string>(
  { account }: Library,
  { id, name }: { readonly id: Id; readonly name: string },
  tags: Tags<Id>,
): Resource {
  return {
    id,
    name,
    all: () => tags.of(id, account),
    set: (given) => tags.set(id, account, given),
    remove: (key) => tags.remove(id, account, key),
  }
}
