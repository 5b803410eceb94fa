import type { Tags } from '../catalog/tags.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import { SnapshotId, type VolumeId } from '../contract/ids.ts'
import { show } from '../contract/show.ts'
import type { Tag } from '../contract/tags.ts'
import type { Context } from '../engine/context.ts'
import type { Library } from '../engine/library.ts'
import { assertKey, withTags } from '../engine/tags.ts'
import { toldChange } from '../engine/told-change.ts'

/** A volume or a snapshot that is there, with its tags. */
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

function resourceOf(library: Library, id: SnapshotId | VolumeId): Resource {
  const snapshot = SnapshotId.safeParse(id)
  if (snapshot.success) {
    return resource(library.snapshotRow(snapshot.data), library.snapshotTags)
  }
  return resource(library.volumeRow(id as VolumeId), library.volumeTags)
}

function resource<Id extends string>(
  { id, name }: { id: Id; name: string },
  tags: Tags<Id>,
): Resource {
  return {
    id,
    name,
    all: () => tags.of(id),
    set: (given) => tags.set(id, given),
    remove: (key) => tags.remove(id, key),
  }
}
