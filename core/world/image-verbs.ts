import type { Verbs } from '../engine/verb.ts'
import { copyImage } from './copy-image.ts'
import { createImage } from './create-image.ts'
import { deregisterImage, planDeregistration } from './deregister-image.ts'
import { modifyImagePermissions } from './image-permissions.ts'
import { imageNamed, imagesOf } from './images.ts'
import { launchImage } from './launch-image.ts'
import { registerImage } from './register-image.ts'

/** Machine images: what an instance was, and can be again. */
export const imageVerbs = {
  createImage,
  registerImage,
  listImages: ({ library }) => imagesOf(library),
  describeImage: ({ library }, { imageId }) => imageNamed(library, imageId),
  modifyImagePermissions,
  launchImage,
  copyImage,
  planDeregistration,
  deregisterImage,
} satisfies Partial<Verbs>
