import { describe, expect, it, test } from 'vitest'
import { parseInput } from '../contract/calls.ts'
import { RegionName } from '../contract/ids.ts'
import { noises, Scene } from '../engine/testing/scene.ts'
import { copy, FAR, listed, oneSnapshot, subjects, summary, told } from './testing/event-scene.ts'

const NOBODY = '01234567-89ab-4cde-8f01-23456789abcd'

describe('the event log', () => {
  it('has one event for each change, in order, told as it happened, and keeps them', async () => {
    const { scene, volumeId, snapshotId } = await oneSnapshot()
    const { snapshotId: copyId } = await copy(scene, snapshotId)
    const cloneId = await scene.clone(snapshotId, 'clone')
    await scene.write(cloneId, 0, Buffer.from('changed'))
    await scene.remove([snapshotId])
    await scene.engine.removeVolume({ volumeId: cloneId })
    const events = await listed(scene)
    expect(summary(events)).toEqual([
      'createVolume available',
      'createSnapshot succeeded',
      'copySnapshot succeeded',
      'createVolume available',
      'deleteVolume deleted',
    ])
    expect(subjects(events)).toEqual([volumeId, snapshotId, copyId, cloneId, cloneId])
    expect(told(scene)).toEqual(events)
    await scene.reopen()
    expect(await listed(scene)).toEqual(events)
  })

  it('has the volumes that are imported, too', async () => {
    const scene = await Scene.begin()
    const file = scene.image(noises(1))
    for (const isCopied of [false, true]) {
      await scene.done(await scene.engine.importImage({ file, copy: isCopied }))
    }
    const { volumes } = await scene.view()
    const events = await listed(scene)
    expect(summary(events)).toEqual(['createVolume available', 'createVolume available'])
    expect(subjects(events)).toEqual(volumes.map(({ volumeId }) => volumeId))
  })

  it('has nothing of a request that was refused', async () => {
    const { scene, volumeId, snapshotId } = await oneSnapshot()
    const before = await listed(scene)
    const { engine } = scene
    const refused = [
      engine.takeSnapshot({ volumeId, file: scene.path('nothing.img') }),
      engine.takeSnapshot({ volumeId, name: 's1' }),
      engine.copySnapshot({ snapshotId, region: RegionName.parse('mars-1') }),
      engine.createVolume({ name: 'none', sizeBytes: 0 }),
      engine.createVolumeFromSnapshot({ snapshotId, name: '' }),
      engine.importImage({ file: scene.path('nothing.img'), copy: false }),
    ]
    for (const request of refused) await expect(request).rejects.toHaveProperty('code')
    expect(await listed(scene)).toEqual(before)
  })

  it('is filtered by region, type and result, and read on from any event', async () => {
    const { scene, volumeId, snapshotId } = await oneSnapshot()
    await scene.snapshot(volumeId)
    await copy(scene, snapshotId)
    const all = await listed(scene)
    expect(await listed(scene, { type: 'createSnapshot' })).toEqual(all.slice(1, 3))
    expect(await listed(scene, { result: 'available' })).toEqual(all.slice(0, 1))
    expect(await listed(scene, { type: 'copySnapshot', result: 'failed' })).toEqual([])
    expect(await listed(scene, { region: FAR })).toEqual(all.slice(3))
    expect(await listed(scene, { limit: 2 })).toEqual(all.slice(2))
    const sinceId = all[0]!.id
    expect(await listed(scene, { sinceId })).toEqual(all.slice(1))
    expect(await listed(scene, { sinceId, limit: 1 })).toEqual(all.slice(1, 2))
    expect(await listed(scene, { sinceId, type: 'copySnapshot' })).toEqual(all.slice(3))
    expect(await listed(scene, { sinceId: all[3]!.id })).toEqual([])
    const beforeId = all[3]!.id
    expect(await listed(scene, { beforeId })).toEqual(all.slice(0, 3))
    expect(await listed(scene, { beforeId, limit: 1 })).toEqual(all.slice(2, 3))
    expect(await listed(scene, { beforeId, type: 'copySnapshot' })).toEqual([])
  })

  it('refuses to go on from an event that it does not have', async () => {
    const { scene } = await oneSnapshot()
    await expect(listed(scene, { sinceId: NOBODY })).rejects.toMatchObject({
      code: 'EVENT_UNKNOWN',
    })
  })

  test.each([{ limit: 0 }, { limit: 1_001 }, { type: 'deleteSnapshot' }, { sinceId: '1' }])(
    'refuses the question %j',
    (query) =>
      expect(() => parseInput('listEvents', query)).toThrow(
        expect.objectContaining({ code: 'REQUEST_REFUSED' }),
      ),
  )
})
