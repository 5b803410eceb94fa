import { describe, expect, it } from 'vitest'
import type { SnapshotId, VolumeId } from '../contract/ids.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { copy, FAR, iso, listed, oneSnapshot, subjects } from './testing/event-scene.ts'

const toSeconds = (ms: number) => `${iso(ms).slice(0, 19)}Z`

const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)

describe('the shape of an event', () => {
  const envelope = (type: 'Snapshot' | 'Volume', at: number, region = 'local') => ({
    version: '0',
    id: uuid,
    'detail-type': `EBS ${type} Notification`,
    source: 'aws.ec2',
    account: '111122223333',
    time: toSeconds(at),
    region,
  })
  const volumeArn = (id: VolumeId) => `arn:aws:ec2:local:111122223333:volume/${id}`
  const snapshotArn = (id: SnapshotId, region = 'local') => `arn:aws:ec2::${region}:snapshot/${id}`

  it('createVolume: what is available, whose it is, and of which request', async () => {
    const scene = await Scene.begin()
    const volumeId = await scene.managed(blocks(1))
    const { createdAt } = (await scene.view()).volumes[0]!
    expect(await listed(scene)).toEqual([
      {
        ...envelope('Volume', createdAt),
        resources: [volumeArn(volumeId)],
        detail: { event: 'createVolume', result: 'available', cause: '', 'request-id': uuid },
      },
    ])
    await scene.managed(blocks(1), 'other')
    const ids = (await listed(scene)).map(
      ({ detail }) => 'request-id' in detail && detail['request-id'],
    )
    expect(new Set(ids).size).toBe(2)
  })

  it('createSnapshot: of which volume, from when to when', async () => {
    const { scene, volumeId, snapshotId } = await oneSnapshot()
    const { startedAt, completedAt } = await scene.snapshotOf(snapshotId)
    expect(await listed(scene, { type: 'createSnapshot' })).toEqual([
      {
        ...envelope('Snapshot', completedAt!),
        resources: [snapshotArn(snapshotId)],
        detail: {
          event: 'createSnapshot',
          result: 'succeeded',
          cause: '',
          'request-id': '',
          snapshot_id: snapshotArn(snapshotId),
          source: volumeArn(volumeId),
          startTime: iso(startedAt),
          endTime: iso(completedAt!),
        },
      },
    ])
  })

  it('copySnapshot: of which snapshot, and whether it was incremental', async () => {
    const { scene, volumeId, snapshotId } = await oneSnapshot()
    const first = await copy(scene, snapshotId)
    const next = await scene.snapshot(volumeId, { file: scene.image(noises(1, 3)) })
    const second = await copy(scene, next)
    const { startedAt, completedAt } = await scene.snapshotOf(second.snapshotId)
    const events = await listed(scene, { type: 'copySnapshot' })
    expect(subjects(events)).toEqual([first.snapshotId, second.snapshotId])
    expect(events[0]!.detail).toMatchObject({ result: 'succeeded', incremental: 'false' })
    expect(events[1]).toEqual({
      ...envelope('Snapshot', completedAt!, FAR),
      resources: [snapshotArn(second.snapshotId, FAR)],
      detail: {
        event: 'copySnapshot',
        result: 'succeeded',
        cause: '',
        'request-id': '',
        snapshot_id: snapshotArn(second.snapshotId, FAR),
        source: snapshotArn(next),
        startTime: iso(startedAt),
        endTime: iso(completedAt!),
        incremental: 'true',
        transferType: 'standard',
      },
    })
  })

  it('deleteVolume: only its ARN is left', async () => {
    const scene = await Scene.begin()
    const volumeId = await scene.managed(blocks(1))
    const before = scene.nowMs
    await scene.engine.removeVolume({ volumeId })
    expect((await listed(scene)).slice(1)).toEqual([
      {
        ...envelope('Volume', before),
        resources: [volumeArn(volumeId)],
        detail: { event: 'deleteVolume', result: 'deleted', cause: '', 'request-id': uuid },
      },
    ])
  })
})
