import { describe, expect, it } from 'vitest'
import { type InstanceId, RegionName } from '../contract/ids.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { attach, codeOf, snapshotAll, webServer } from './testing/instance-scene.ts'

describe('an instance', () => {
  it('has its volumes at device names, the root first, and is kept', async () => {
    const { scene, instanceId, root, data } = await webServer()
    await scene.reopen()
    const [web, ...others] = await scene.engine.listInstances()
    expect(others).toEqual([])
    expect(web).toMatchObject({
      instanceId,
      name: 'web',
      region: 'local',
      instanceType: 't3.micro',
      securityGroups: ['default'],
      keyPair: null,
      imageId: null,
      attachments: [
        { deviceName: '/dev/sda1', volumeId: root, isRoot: true, deleteOnTermination: true },
        { deviceName: '/dev/sdf', volumeId: data, isRoot: false, deleteOnTermination: false },
      ],
    })
    expect((await scene.view()).instances).toEqual([web])
  })

  it('refuses a volume that is on one, a device name that is taken, and a second root', async () => {
    const { scene, instanceId, data } = await webServer()
    const more = await scene.managed(blocks(1), 'more')
    expect(await codeOf(attach(scene, instanceId, data, '/dev/sdg'))).toBe('VolumeInUse')
    expect(await codeOf(attach(scene, instanceId, more, '/dev/sdf'))).toBe('DEVICE_IN_USE')
    expect(await codeOf(attach(scene, instanceId, more, '/dev/sdg', true))).toBe('ROOT_IN_USE')
    expect(await codeOf(attach(scene, instanceId, more, 'C:'))).toBe('DEVICE_REFUSED')
    const { engine } = scene
    expect(await codeOf(engine.detachVolume({ volumeId: more }))).toBe('VOLUME_NOT_ATTACHED')
    expect(await codeOf(engine.createInstance({ name: 'web' }))).toBe('NAME_TAKEN')
    const instanceType = 'large'
    expect(await codeOf(engine.createInstance({ name: 'x', instanceType }))).toBe(
      'INSTANCE_TYPE_REFUSED',
    )
    const unknown = `i-${'0'.repeat(17)}` as InstanceId
    await expect(attach(scene, unknown, more, '/dev/sdg')).rejects.toMatchObject({
      code: 'InvalidInstanceID.NotFound',
      message: `The instance ID '${unknown}' does not exist`,
    })
    await engine.addRegion({ name: 'eu-west-1' })
    await engine.useRegion({ name: RegionName.parse('eu-west-1') })
    const far = await scene.managed(blocks(1), 'far')
    expect(await codeOf(attach(scene, instanceId, far, '/dev/sdg'))).toBe('VOLUME_ELSEWHERE')
    // What lies elsewhere is not found by its name there.
    await engine.renameVolume({ volumeId: more, name: 'x' })
    expect((await engine.listHistory()).at(-1)!.command).toBe(`strata volume rename ${more} x`)
  })

  it('frees what its volumes alone held in common, when it goes with them', async () => {
    const scene = await Scene.begin({ compression: 'none' })
    const { engine } = scene
    const origin = await scene.linked(scene.image(noises(1, 2)), 'origin')
    const snapshotId = await scene.snapshot(origin)
    const parameters = { securityGroups: ['a b'], keyPair: 'ops' }
    const { instanceId } = await engine.createInstance({ name: 'web', ...parameters })
    for (const name of ['sdf', 'sdg']) {
      const volumeId = await scene.clone(snapshotId, name, undefined, true)
      const place = { deviceName: `/dev/${name}`, isRoot: false, deleteOnTermination: true }
      await engine.attachVolume({ instanceId, volumeId, ...place })
    }
    const commands = (await engine.listHistory()).map(({ command }) => command)
    expect(commands).toContain("strata instance create web --security-group 'a b' --key-pair ops")
    expect(commands.at(-1)).toBe('strata instance attach web sdg /dev/sdg --delete-on-termination')
    await scene.remove([snapshotId])
    await scene.reclaim()
    expect(await scene.view()).toMatchObject({ heldBytes: blocks(2) })
    await engine.removeInstance({ instanceId })
    await scene.reclaim()
    expect(await scene.view()).toMatchObject({ heldBytes: 0, physicalBytes: 0 })
  })

  it('holds its volumes until they are detached', async () => {
    const { scene, instanceId, data } = await webServer()
    await expect(scene.engine.removeVolume({ volumeId: data })).rejects.toMatchObject({
      code: 'VolumeInUse',
      message: `Volume ${data} is currently in-use. (It is attached to ${instanceId}.)`,
    })
    const { attachments } = await scene.engine.detachVolume({ volumeId: data })
    expect(attachments.map(({ deviceName }) => deviceName)).toEqual(['/dev/sda1'])
    await scene.engine.removeVolume({ volumeId: data })
  })

  it('that is terminated takes the volumes with it that go with it, and no snapshot', async () => {
    const { scene, instanceId, root, data } = await webServer()
    const taken = await scene.snapshot(root)
    expect(await scene.engine.removeInstance({ instanceId })).toEqual({
      instanceId,
      removedVolumeIds: [root],
      leavingVolumeIds: [],
      detachedVolumeIds: [data],
    })
    await scene.reopen()
    const { instances, volumes, snapshots } = await scene.view()
    expect(instances).toEqual([])
    expect(volumes.map(({ volumeId, isRemoved }) => [volumeId, isRemoved])).toEqual([
      [root, true],
      [data, false],
    ])
    expect(snapshots.map(({ snapshotId }) => snapshotId)).toEqual([taken])
    const events = await scene.engine.listEvents({ type: 'deleteVolume' })
    expect(events.map(({ resources }) => resources[0]!.split('/')[1])).toEqual([root])
  })

  it('is not terminated while its volume is written to, but while a snapshot is pending', async () => {
    const scene = await Scene.begin()
    const volumeId = await scene.managed(blocks(20))
    const { instanceId } = await scene.engine.createInstance({ name: 'busy' })
    await attach(scene, instanceId, volumeId, 'xvda', true)
    const file = scene.image(noises(...Array(20).keys()))
    const writing = await scene.engine.writeFile({ volumeId, offsetBytes: 0, file })
    expect(await codeOf(scene.engine.removeInstance({ instanceId }))).toBe('VOLUME_BUSY')
    expect(await codeOf(snapshotAll(scene, instanceId))).toBe('VOLUME_BUSY')
    await scene.done(writing)
    const taking = await scene.engine.takeSnapshot({ volumeId })
    expect(await scene.engine.removeInstance({ instanceId })).toMatchObject({
      removedVolumeIds: [],
      leavingVolumeIds: [volumeId],
    })
    expect(await scene.view()).toMatchObject({
      instances: [],
      volumes: [{ isRemoved: false, isToBeRemoved: true }],
    })
    await scene.done(taking)
    expect((await scene.view()).volumes).toMatchObject([{ isRemoved: true, isToBeRemoved: false }])
    expect(await scene.snapshotOf(taking.snapshotId)).toMatchObject({ fullBytes: blocks(20) })
  })
})
