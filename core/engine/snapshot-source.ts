import type { VolumeRow } from '../catalog/volumes.ts'
import { StrataError } from '../contract/errors.ts'
import { type ImageFile, openImage } from '../images/image-file.ts'
import type { Library } from './library.ts'
import { openOutside } from './outside-file.ts'
import { assertWhole } from './usable-volume.ts'

/**
 * Opens what a snapshot of a volume is taken of: its own file, or for a linked one the image, which
 * may be a new file.
 *
 * @throws StrataError KEYS_LOCKED, VOLUME_IS_MANAGED, VOLUME_DAMAGED, IMAGE_MISSING, IMAGE_SHRANK, or as `openImage`
 */
export function openSource(library: Library, row: VolumeRow, file: string | undefined): ImageFile {
  if (row.originKey !== null) library.keyring.assertOpenable()
  if (row.kind === 'managed') {
    if (file !== undefined) throw new StrataError('VOLUME_IS_MANAGED', { volume: row.name })
    assertWhole(library, row)
    return openImage(library.volumeFile(row.id))
  }
  const path = file ?? row.sourcePath!
  const image = openLinked(library, path, row)
  if (image.stamp.sizeBytes >= row.sizeBytes) return image
  image.close()
  throw new StrataError('IMAGE_SHRANK', {
    path,
    sizeBytes: image.stamp.sizeBytes,
    volumeBytes: row.sizeBytes,
  })
}

function openLinked(library: Library, path: string, row: VolumeRow): ImageFile {
  try {
    return openOutside(library, path)
  } catch (error) {
    if (error instanceof StrataError && error.code === 'FILE_MISSING' && path === row.sourcePath) {
      throw new StrataError('IMAGE_MISSING', { path, volume: row.name }, { cause: error })
    }
    throw error
  }
}
