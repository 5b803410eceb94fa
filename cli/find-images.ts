import { StrataError } from '../core/contract/errors.ts'
import { ImageId } from '../core/contract/ids.ts'
import type { Image } from '../core/contract/image.ts'
import type { Instance } from '../core/contract/instance.ts'
import type { LibraryView } from '../core/contract/model.ts'
import { assertHere } from './find.ts'
import type { Library } from './library.ts'

/**
 * The instance that `text` means: an id, else a name.
 *
 * @throws StrataError INSTANCE_UNKNOWN
 */
export function findInstance({ instances }: LibraryView, text: string): Instance {
  const name = text.normalize('NFC').trim()
  const found =
    instances.find(({ instanceId }) => instanceId === text) ??
    instances.find((instance) => instance.name === name)
  if (found === undefined) throw new StrataError('INSTANCE_UNKNOWN', { instance: text })
  return found
}

/**
 * The instance that `text` means, to change it, take snapshots of it or terminate it.
 *
 * @throws StrataError INSTANCE_UNKNOWN, NAMED_ELSEWHERE
 */
export function instanceToChange(view: LibraryView, text: string): Instance {
  const instance = findInstance(view, text)
  if (instance.instanceId !== text) assertHere(view, text, 'instance', instance)
  return instance
}

/**
 * The image that `text` means: an id, else a name, first in the region that the command works in.
 *
 * @throws StrataError IMAGE_UNKNOWN, NAME_AMBIGUOUS, InvalidAMIID.Malformed, or as `describeImage`
 */
export async function findImage(
  { engine }: Library,
  { images, regions }: LibraryView,
  text: string,
): Promise<Image> {
  if (text.startsWith('ami-')) {
    const parsed = ImageId.safeParse(text)
    if (!parsed.success) throw new StrataError('InvalidAMIID.Malformed', { image: text })
    return engine.describeImage({ imageId: parsed.data })
  }
  const current = regions.find(({ isCurrent }) => isCurrent)
  const named = images.filter(({ name }) => name === text.trim())
  const here = named.filter(({ region }) => region === current?.name)
  const [image, ...others] = here.length > 0 ? here : named
  if (image === undefined) throw new StrataError('IMAGE_UNKNOWN', { image: text })
  if (others.length > 0) {
    const ids = [image, ...others].map(({ imageId }) => imageId).join(', ')
    throw new StrataError('NAME_AMBIGUOUS', { name: text, kind: 'image', ids })
  }
  return image
}

/**
 * The image that `text` means, to change it or take it away.
 *
 * @throws StrataError NAMED_ELSEWHERE, or as `findImage`
 */
export async function imageToChange(
  library: Library,
  view: LibraryView,
  text: string,
): Promise<Image> {
  const image = await findImage(library, view, text)
  if (image.imageId !== text) assertHere(view, text, 'image', image)
  return image
}
