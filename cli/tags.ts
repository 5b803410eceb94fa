import { StrataError } from '../core/contract/errors.ts'
import { ImageId, type SnapshotId, type VolumeId } from '../core/contract/ids.ts'
import type { LibraryView } from '../core/contract/model.ts'
import type { Tag } from '../core/contract/tags.ts'
import { type Answer, answer } from './answer.ts'
import { assertHere, findSnapshot, findVolume, unknownSnapshot, unknownVolume } from './find.ts'
import { findImage } from './find-images.ts'
import { TagListJson } from './json.ts'
import type { Library } from './library.ts'
import { safeName, table } from './table.ts'

type Resource = {
  readonly kind: 'volume' | 'snapshot' | 'image'
  readonly id: VolumeId | SnapshotId | ImageId
  readonly region: string
  readonly tags: readonly Tag[]
}

export async function listTags(library: Library, text: string): Promise<Answer> {
  const { id, tags } = await findResource(library, await library.engine.describeLibrary(), text)
  return told(id, tags)
}

export async function setTags(
  library: Library,
  text: string,
  tags: readonly Tag[],
): Promise<Answer> {
  const { id } = await resourceToChange(library, text)
  return told(id, await library.engine.setTags({ resourceId: id, tags: [...tags] }))
}

export async function removeTags(
  library: Library,
  text: string,
  keys: readonly string[],
): Promise<Answer> {
  const { id } = await resourceToChange(library, text)
  return told(id, await library.engine.removeTags({ resourceId: id, keys: [...keys] }))
}

function told(resourceId: string, tags: readonly Tag[]): Answer {
  const rows = tags.map(({ key, value }) => [safeName(key), safeName(value)])
  const text = table([{ heading: 'Key' }, { heading: 'Value' }], rows)
  return answer(TagListJson, { resourceId, tags: [...tags] }, rows.length === 0 ? 'No tags.' : text)
}

/**
 * The snapshot, the volume or the image that `text` means.
 *
 * @throws StrataError NAME_AMBIGUOUS when it means more than one; as `findVolume` or `findSnapshot`
 *   when none; for the id of an image, as `describeImage`
 */
async function findResource(library: Library, view: LibraryView, text: string): Promise<Resource> {
  if (ImageId.safeParse(text).success) return imageNamed(library, view, text)
  const found = [
    await foundOr(() => volumeNamed(view, text), unknownVolume(text).code),
    await foundOr(() => snapshotNamed(view, text), unknownSnapshot(text).code),
    await foundOr(() => imageNamed(library, view, text), 'IMAGE_UNKNOWN', 'InvalidAMIID.Malformed'),
  ].flatMap((one) => one ?? [])
  const [resource, ...others] = found
  if (resource === undefined)
    throw text.startsWith('vol-') ? unknownVolume(text) : unknownSnapshot(text)
  if (others.length === 0) return resource
  const kind = found.map((one) => one.kind).join(' or ')
  const ids = found.map(({ id }) => id).join(', ')
  throw new StrataError('NAME_AMBIGUOUS', { name: text, kind, ids })
}

/** @throws StrataError as `findResource`, NAMED_ELSEWHERE */
async function resourceToChange(library: Library, text: string): Promise<Resource> {
  const view = await library.engine.describeLibrary()
  const resource = await findResource(library, view, text)
  const { id, kind } = resource
  if (id !== text) assertHere(view, text, kind, resource)
  return resource
}

function volumeNamed(view: LibraryView, text: string): Resource {
  const { volumeId, region, tags } = findVolume(view, text)
  return { kind: 'volume', id: volumeId, region, tags }
}

function snapshotNamed(view: LibraryView, text: string): Resource {
  const { snapshotId, region, tags } = findSnapshot(view, text)
  return { kind: 'snapshot', id: snapshotId, region, tags }
}

async function imageNamed(library: Library, view: LibraryView, text: string): Promise<Resource> {
  const { imageId, region, tags } = await findImage(library, view, text)
  return { kind: 'image', id: imageId, region, tags }
}

async function foundOr<T>(find: () => T | Promise<T>, ...unknown: string[]): Promise<T | null> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof StrataError && unknown.includes(error.code)) return null
    throw error
  }
}
