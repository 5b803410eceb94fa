import { ALL, type ImageRow } from '../catalog/images.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import { StrataError } from '../contract/errors.ts'
import { ImageId, type RegionName, type SnapshotId } from '../contract/ids.ts'
import type { Image } from '../contract/image.ts'
import { isPublicBlocked } from '../engine/access.ts'
import type { Context } from '../engine/context.ts'
import type { Library } from '../engine/library.ts'

/** Letters and marks that EC2 allows. */
const NAME = /^[A-Za-z0-9()[\] ./'@_-]{3,128}$/

/** Those that the account may launch: its own, and what others let it. Oldest first. */
export function imagesOf(library: Library): Image[] {
  return registeredImages(library).filter((image) => maySee(library, image))
}

function registeredImages(library: Library): Image[] {
  const mappings = library.images.mappings()
  const permissions = library.images.permissions()
  const tags = library.imageTags.all(library.account)
  return library.images
    .all()
    .filter(({ isDeregistered }) => !isDeregistered)
    .map(({ id, isDeregistered, ...row }) => {
      const grantees = permissions
        .filter(({ imageId }) => imageId === id)
        .map(({ grantee }) => grantee)
      const isPublic = grantees.includes(ALL)
      return {
        imageId: id,
        ...row,
        mappings: mappings
          .filter(({ imageId }) => imageId === id)
          .map(({ imageId, ...mapping }) => mapping),
        permissions: {
          isPublic,
          isPublicBlocked: isPublic && isPublicBlocked(library, row),
          accounts: grantees.flatMap((grantee) => (grantee === ALL ? [] : [grantee])),
        },
        tags: tags.get(id) ?? [],
      }
    })
}

function maySee(library: Library, image: Image): boolean {
  const { account } = library
  const { permissions } = image
  if (image.ownerId === account || permissions.accounts.includes(account)) return true
  return permissions.isPublic && !permissions.isPublicBlocked
}

/**
 * An image that the account may launch.
 *
 * @throws StrataError InvalidAMIID.NotFound, InvalidAMIID.Unavailable
 */
export function imageNamed(library: Library, id: ImageId): Image {
  const found = imagesOf(library).find(({ imageId }) => imageId === id)
  if (found !== undefined) return found
  const isGone = library.images.all().some((row) => row.id === id && row.isDeregistered)
  throw new StrataError(isGone ? 'InvalidAMIID.Unavailable' : 'InvalidAMIID.NotFound', {
    image: id,
  })
}

/** @throws StrataError IMAGE_NOT_YOURS, or as `imageNamed` */
export function ownImage(library: Library, id: ImageId): Image {
  const image = imageNamed(library, id)
  const { imageId, ownerId } = image
  if (ownerId !== library.account) throw new StrataError('IMAGE_NOT_YOURS', { imageId, ownerId })
  return image
}

/**
 * A name that no other image of the account has in that region.
 *
 * @throws StrataError InvalidAMIName.Malformed, InvalidAMIName.Duplicate
 */
export function freeImageName(library: Library, wish: string, region: RegionName): string {
  const name = wish.trim()
  // Names may stand where ids do.
  if (!NAME.test(name) || ImageId.safeParse(name).success) {
    throw new StrataError('InvalidAMIName.Malformed', { name: wish })
  }
  const isSame = (row: ImageRow) =>
    row.name === name && row.region === region && row.ownerId === library.account
  const other = library.images.all().find((row) => !row.isDeregistered && isSame(row))
  if (other === undefined) return name
  throw new StrataError('InvalidAMIName.Duplicate', { name, imageId: other.id })
}

/**
 * A completed snapshot that can stay where it is for as long as an image maps it.
 *
 * @throws StrataError SNAPSHOT_RESTORED_FOR_DAYS, or as `Library.completedRow`
 */
export function keepableRow(library: Library, id: SnapshotId): SnapshotRow {
  const row = library.completedRow(id)
  const expiresAt = library.tierings.get(id)?.restoreExpiresAt ?? null
  if (expiresAt === null) return row
  const until = new Date(expiresAt).toISOString()
  throw new StrataError('SNAPSHOT_RESTORED_FOR_DAYS', { snapshot: row.name, until })
}

/** Root and data volumes alike: a snapshot that an image maps is not deleted. */
export function imageGuard({ library }: Context, { id }: SnapshotRow): StrataError | null {
  const [image] = library.images.mapping(id)
  return image === undefined
    ? null
    : new StrataError('InvalidSnapshot.InUse', { snapshot: id, image })
}
