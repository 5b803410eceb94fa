import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { AccountId } from '../contract/account.ts'
import { ImageId, InstanceId, RegionName, type SnapshotId } from '../contract/ids.ts'
import { Consistency, ImageAttributes, ImageMapping } from '../contract/image.ts'
import { parsedRows } from './parsed-rows.ts'

const flag = z.int().transform(Boolean)

export const ImageRow = z.strictObject({
  id: ImageId,
  ownerId: AccountId,
  name: z.string(),
  description: z.string(),
  region: RegionName,
  ...ImageAttributes.shape,
  hasEna: flag,
  consistency: Consistency,
  createdAt: z.int(),
  instanceId: InstanceId.nullable(),
  copiedFrom: ImageId.nullable(),
  isDeregistered: flag,
})
export type ImageRow = z.infer<typeof ImageRow>

const MappingRow = z.strictObject({
  imageId: ImageId,
  ...ImageMapping.shape,
  deleteOnTermination: flag,
  isRoot: flag,
})
type MappingRow = z.infer<typeof MappingRow>

/** Everybody. */
export const ALL = 'all'
const Grantee = z.union([AccountId, z.literal(ALL)])
export type Grantee = z.infer<typeof Grantee>
const PermissionRow = z.strictObject({ imageId: ImageId, grantee: Grantee })

/**
 * Rows of `image`, with what each maps and who may launch it. One that is deregistered stays as a
 * name for what was launched from it, and maps nothing.
 */
export class Images {
  readonly #insert: Statement
  readonly #all: Statement
  readonly #map: Statement
  readonly #mappings: Statement
  readonly #mappers: Statement<[SnapshotId]>
  readonly #grant: Statement<[ImageId, Grantee]>
  readonly #revoke: Statement<[ImageId, Grantee]>
  readonly #permissions: Statement
  readonly #deregister: readonly Statement<[ImageId]>[]

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO image (id, owner_id, name, description, region, architecture, virtualization,
                         boot_mode, has_ena, consistency, created_at, instance_id, copied_from)
      VALUES (@id, @ownerId, @name, @description, @region, @architecture, @virtualization,
              @bootMode, @hasEna, @consistency, @createdAt, @instanceId, @copiedFrom)`)
    this.#all = db.prepare(`
      SELECT id, owner_id AS ownerId, name, description, region, architecture, virtualization,
             boot_mode AS bootMode, has_ena AS hasEna, consistency, created_at AS createdAt,
             instance_id AS instanceId, copied_from AS copiedFrom,
             is_deregistered AS isDeregistered
      FROM image ORDER BY created_at, id`)
    this.#map = db.prepare(`
      INSERT INTO image_mapping (image_id, device_name, snapshot_id, size_bytes, volume_type,
                                 delete_on_termination, is_root)
      VALUES (@imageId, @deviceName, @snapshotId, @sizeBytes, @volumeType,
              @deleteOnTermination, @isRoot)`)
    this.#mappings = db.prepare(`
      SELECT image_id AS imageId, device_name AS deviceName, snapshot_id AS snapshotId,
             size_bytes AS sizeBytes, volume_type AS volumeType,
             delete_on_termination AS deleteOnTermination, is_root AS isRoot
      FROM image_mapping ORDER BY is_root DESC, device_name`)
    this.#mappers = db
      .prepare('SELECT image_id FROM image_mapping WHERE snapshot_id = ? ORDER BY image_id')
      .pluck()
    this.#grant = db.prepare('INSERT OR IGNORE INTO image_permission VALUES (?, ?)')
    this.#revoke = db.prepare('DELETE FROM image_permission WHERE image_id = ? AND grantee = ?')
    this.#permissions = db.prepare(`
      SELECT image_id AS imageId, grantee FROM image_permission ORDER BY grantee`)
    this.#deregister = [
      'UPDATE image SET is_deregistered = 1 WHERE id = ?',
      'DELETE FROM image_mapping WHERE image_id = ?',
      'DELETE FROM image_permission WHERE image_id = ?',
    ].map((sql) => db.prepare(sql))
  }

  insert(row: Omit<ImageRow, 'isDeregistered'>, mappings: readonly ImageMapping[]): void {
    this.#insert.run({ ...row, hasEna: Number(row.hasEna) })
    for (const mapping of mappings) {
      this.#map.run({
        imageId: row.id,
        ...mapping,
        deleteOnTermination: Number(mapping.deleteOnTermination),
        isRoot: Number(mapping.isRoot),
      })
    }
  }

  /** Oldest first, deregistered ones too. */
  all(): ImageRow[] {
    return parsedRows(ImageRow, this.#all.all())
  }

  /** Of all images: roots first, then by device name. */
  mappings(): MappingRow[] {
    return parsedRows(MappingRow, this.#mappings.all())
  }

  /** Images that a snapshot is needed for. */
  mapping(snapshot: SnapshotId): ImageId[] {
    return parsedRows(ImageId, this.#mappers.all(snapshot))
  }

  grant(id: ImageId, grantee: Grantee): void {
    this.#grant.run(id, grantee)
  }

  revoke(id: ImageId, grantee: Grantee): void {
    this.#revoke.run(id, grantee)
  }

  permissions(): z.infer<typeof PermissionRow>[] {
    return parsedRows(PermissionRow, this.#permissions.all())
  }

  deregister(id: ImageId): void {
    for (const statement of this.#deregister) statement.run(id)
  }
}
