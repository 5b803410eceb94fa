import { randomUUID } from 'node:crypto'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { AccountId } from '../contract/account.ts'
import type { RegionName, SnapshotId } from '../contract/ids.ts'
import type { EventDetail, WorldEvent } from '../contract/world-events.ts'

/** The part of a volume's row that is known before there is one. */
export type NewVolume = Pick<VolumeRow, 'id' | 'ownerId' | 'region'>

/** @param at milliseconds since 1970, UTC */
export function notification(
  detailType: WorldEvent['detail-type'],
  { ownerId, region }: { ownerId: AccountId; region: RegionName },
  resources: string[],
  at: number,
  detail: EventDetail,
): WorldEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source: 'aws.ec2',
    account: ownerId,
    time: `${new Date(at).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z`,
    region,
    resources,
    detail,
  }
}

/** As events have them: the region stands where the account would. */
export function snapshotArn({ id, region }: { id: SnapshotId; region: string }): string {
  return `arn:aws:ec2::${region}:snapshot/${id}`
}

export function volumeArn({ id, ownerId, region }: NewVolume): string {
  return `arn:aws:ec2:${region}:${ownerId}:volume/${id}`
}
