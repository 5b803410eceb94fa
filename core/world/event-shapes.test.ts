import { describe, expect, it } from 'vitest'
import type { SnapshotId, VolumeId } from '../contract/ids.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { copy, FAR, iso, listed, oneSnapshot, subjects } from './testing/event-scene.ts'

const toSeconds = (ms: number) => `${iso(ms).slice(0, 19)}Z`

const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)

describe('F23: the shape of an event', () => {
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

  it('modifyVolume: a volume that grew is optimizing, then completed', async () => {
    const scene = await Scene.begin()
    const volumeId = await scene.managed(blocks(1))
    const at = scene.nowMs + 1
    await scene.engine.resizeVolume({ volumeId, sizeBytes: blocks(2) })
    const [optimizing, completed, ...more] = (await listed(scene)).slice(1)
    const shape = (result: string) => ({
      ...envelope('Volume', at),
      resources: [volumeArn(volumeId)],
      detail: { event: 'modifyVolume', result, cause: '', 'request-id': uuid },
    })
    expect([optimizing, completed]).toEqual([shape('optimizing'), shape('completed')])
    expect(more).toEqual([])
    await scene.engine.resizeVolume({ volumeId, sizeBytes: blocks(2) })
    expect(await listed(scene, { type: 'modifyVolume' })).toHaveLength(2)
  })

  it('of the tiers and the Recycle Bin: from when to when, of which request, and until when', async () => {
    const { scene, snapshotId } = await oneSnapshot()
    const { engine } = scene
    await scene.result('tier', engine.archiveSnapshot({ snapshotId }))
    await scene.result('tier', engine.restoreTier({ snapshotId, days: 1 }))
    const restored = async () => (await scene.snapshotOf(snapshotId)).tiering!.restoreExpiresAt
    const expiresAt = (await restored())!
    scene.nowMs = expiresAt
    await scene.reopen()
    await expect.poll(restored).toBeNull()
    await scene.result('tier', scene.engine.restoreTier({ snapshotId }))
    await scene.engine.addRetentionRule({ days: 1, tags: [], excludedTags: [] })
    await scene.remove([snapshotId])
    const [binned] = await scene.engine.listBin()
    scene.nowMs = binned!.exitsAt
    await scene.reopen()
    await expect.poll(() => listed(scene, { type: 'recycleBinExitTime' })).toHaveLength(1)

    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    const shape = (event: string, request: unknown, more = {}) => ({
      ...envelope('Snapshot', 0),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      resources: [snapshotArn(snapshotId)],
      detail: {
        event,
        result: 'succeeded',
        cause: '',
        'request-id': request,
        snapshot_id: snapshotArn(snapshotId),
        startTime: instant,
        endTime: instant,
        ...more,
      },
    })
    expect((await listed(scene)).slice(2)).toEqual([
      shape('archiveSnapshot', uuid),
      shape('temporaryRestoreSnapshot', uuid, { restoreExpiryTime: iso(expiresAt) }),
      shape('restoreExpiry', ''),
      shape('permanentRestoreSnapshot', uuid),
      shape('recycleBinExitTime', '', {
        startTime: iso(binned!.enteredAt),
        endTime: instant,
      }),
    ])
  })
})
