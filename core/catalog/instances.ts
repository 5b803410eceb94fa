import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { AccountId } from '../contract/account.ts'
import { ImageId, InstanceId, RegionName, VolumeId } from '../contract/ids.ts'
import { type Attachment, DeviceName } from '../contract/instance.ts'
import { json, parsedRows } from './parsed-rows.ts'

export const InstanceRow = z.strictObject({
  id: InstanceId,
  ownerId: AccountId,
  name: z.string(),
  region: RegionName,
  instanceType: z.string(),
  securityGroups: json(z.array(z.string())),
  keyPair: z.string().nullable(),
  imageId: ImageId.nullable(),
  createdAt: z.int(),
})
export type InstanceRow = z.infer<typeof InstanceRow>

export const AttachmentRow = z.strictObject({
  instanceId: InstanceId,
  volumeId: VolumeId,
  deviceName: DeviceName,
  isRoot: z.int().transform(Boolean),
  deleteOnTermination: z.int().transform(Boolean),
})
export type AttachmentRow = z.infer<typeof AttachmentRow>

/** Rows of `instance`, and of `attachment`: each volume is on one instance at the most. */
export class Instances {
  readonly #insert: Statement
  readonly #all: Statement
  readonly #remove: Statement<[InstanceId]>
  readonly #attach: Statement
  readonly #detach: Statement<[VolumeId]>
  readonly #attachments: Statement

  constructor(db: Database) {
    this.#insert = db.prepare(`
      INSERT INTO instance
        (id, owner_id, name, region, instance_type, security_groups, key_pair, image_id,
         created_at)
      VALUES
        (@id, @ownerId, @name, @region, @instanceType, @securityGroups, @keyPair, @imageId,
         @createdAt)`)
    this.#all = db.prepare(`
      SELECT id, owner_id AS ownerId, name, region, instance_type AS instanceType,
             security_groups AS securityGroups, key_pair AS keyPair, image_id AS imageId, created_at AS createdAt
      FROM instance ORDER BY created_at, id`)
    this.#remove = db.prepare('DELETE FROM instance WHERE id = ?')
    this.#attach = db.prepare(`
      INSERT INTO attachment (instance_id, volume_id, device_name, is_root, delete_on_termination)
      VALUES (@instanceId, @volumeId, @deviceName, @isRoot, @deleteOnTermination)`)
    this.#detach = db.prepare('DELETE FROM attachment WHERE volume_id = ?')
    this.#attachments = db.prepare(`
      SELECT instance_id AS instanceId, volume_id AS volumeId, device_name AS deviceName,
             is_root AS isRoot, delete_on_termination AS deleteOnTermination
      FROM attachment ORDER BY is_root DESC, device_name`)
  }

  insert(row: InstanceRow): void {
    this.#insert.run({ ...row, securityGroups: JSON.stringify(row.securityGroups) })
  }

  /** Oldest first. */
  all(): InstanceRow[] {
    return parsedRows(InstanceRow, this.#all.all())
  }

  /** Its attachments go with it. */
  remove(id: InstanceId): void {
    this.#remove.run(id)
  }

  attach(row: AttachmentRow): void {
    this.#attach.run({
      ...row,
      isRoot: Number(row.isRoot),
      deleteOnTermination: Number(row.deleteOnTermination),
    })
  }

  detach(volume: VolumeId): void {
    this.#detach.run(volume)
  }

  /** Of all instances: roots first, then by device name. */
  attachments(): AttachmentRow[] {
    return parsedRows(AttachmentRow, this.#attachments.all())
  }
}

/** What of a row is shown of an attachment. */
export function attachmentOf({ instanceId, ...attachment }: AttachmentRow): Attachment {
  return attachment
}
