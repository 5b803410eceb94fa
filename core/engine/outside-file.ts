import { sep } from 'node:path'
import { readFully } from '../blocks/full-read.ts'
import { unreadable } from '../blocks/io-errors.ts'
import { StrataError } from '../contract/errors.ts'
import { type ImageFile, openImage } from '../images/image-file.ts'
import type { Library } from './library.ts'

/**
 * Opens a file of the user's to read from. A library must not be its own source: its files change
 * and go as it works.
 *
 * @throws StrataError FILE_IN_LIBRARY, or as `openImage`
 */
export function openOutside(library: Library, file: string): ImageFile {
  const image = openImage(file)
  if (!image.path.startsWith(library.path + sep)) return image
  image.close()
  throw new StrataError('FILE_IN_LIBRARY', { path: image.path })
}

/** Fills `into`, with zeros after the end of the file. @throws StrataError FILE_UNREADABLE */
export function readImage(image: ImageFile, into: Uint8Array, position: number): void {
  try {
    readFully(image.fd, into, position)
  } catch (error) {
    throw unreadable(error, image.path, position)
  }
}
