import { StrataError } from '../core/contract/errors.ts'
import type { SnapshotId, VolumeId } from '../core/contract/ids.ts'
import type { LibraryView } from '../core/contract/model.ts'
import type { Tag } from '../core/contract/tags.ts'
import { type Answer, answer } from './answer.ts'
import { findSnapshot, findVolume, snapshotToChange } from './find.ts'
import { TagListJson } from './json.ts'
import type { Library } from './library.ts'
import { safeName, table } from './table.ts'

type Resource = { readonly id: SnapshotId | VolumeId; readonly tags: readonly Tag[] }

export async function listTags({ engine }: Library, text: string): Promise<Answer> {
  const { id, tags } = findResource(await engine.describeLibrary(), text)
  return told(id, tags)
}

export async function setTags(
  { engine }: Library,
  text: string,
  tags: readonly Tag[],
): Promise<Answer> {
  const { id } = resourceToChange(await engine.describeLibrary(), text)
  return told(id, await engine.setTags({ resourceId: id, tags: [...tags] }))
}

export async function removeTags(
  { engine }: Library,
  text: string,
  keys: readonly string[],
): Promise<Answer> {
  const { id } = resourceToChange(await engine.describeLibrary(), text)
  return told(id, await engine.removeTags({ resourceId: id, keys: [...keys] }))
}

function told(resourceId: string, tags: readonly Tag[]): Answer {
  const rows = tags.map(({ key, value }) => [safeName(key), safeName(value)])
  const text = table([{ heading: 'Key' }, { heading: 'Value' }], rows)
  return answer(TagListJson, { resourceId, tags: [...tags] }, rows.length === 0 ? 'No tags.' : text)
}

/**
 * The snapshot or the volume that `text` means.
 *
 * @throws StrataError NAME_AMBIGUOUS when it means both; InvalidSnapshot.NotFound when neither
 */
function findResource(view: LibraryView, text: string): Resource {
  const volume = foundOr(() => findVolume(view, text), 'VOLUME_UNKNOWN')
  const snapshot = foundOr(() => findSnapshot(view, text), 'InvalidSnapshot.NotFound')
  if (volume !== null && snapshot !== null) {
    const ids = `${volume.volumeId}, ${snapshot.snapshotId}`
    throw new StrataError('NAME_AMBIGUOUS', { name: text, kind: 'volume or snapshot', ids })
  }
  if (volume !== null) return { id: volume.volumeId, tags: volume.tags }
  if (snapshot !== null) return { id: snapshot.snapshotId, tags: snapshot.tags }
  throw new StrataError('InvalidSnapshot.NotFound', { snapshot: text })
}

/** @throws StrataError as `findResource`, NAMED_ELSEWHERE */
function resourceToChange(view: LibraryView, text: string): Resource {
  const resource = findResource(view, text)
  if (view.snapshots.some(({ snapshotId }) => snapshotId === resource.id)) {
    snapshotToChange(view, text)
  }
  return resource
}

function foundOr<T>(find: () => T, unknown: string): T | null {
  try {
    return find()
  } catch (error) {
    if (error instanceof StrataError && error.code === unknown) return null
    throw error
  }
}
