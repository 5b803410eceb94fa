import { describe, expect, it } from 'vitest'
import type { SnapshotId } from '../contract/ids.ts'
import { blocks } from '../engine/testing/scene.ts'
import { codeOf, imageOf, registered, snapshotAll, webServer } from './testing/instance-scene.ts'

describe('an image of an instance', () => {
  it('F38: holds snapshots, who may launch them and what they become; no launch parameters', async () => {
    const { scene, instanceId, root, data } = await webServer()
    const image = await imageOf(scene, instanceId, 'web (gold)')
    await scene.reopen()
    expect(await scene.engine.listImages()).toEqual([image])
    expect((await scene.view()).images).toEqual([image])
    const device = { snapshotId: expect.stringMatching(/^snap-[0-9a-f]{17}$/), volumeType: 'gp2' }
    expect(image).toEqual({
      imageId: expect.stringMatching(/^ami-[0-9a-f]{17}$/),
      ownerId: '111122223333',
      name: 'web (gold)',
      description: '',
      region: 'local',
      architecture: 'x86_64',
      virtualization: 'hvm',
      bootMode: 'uefi-preferred',
      hasEna: true,
      consistency: 'rebooted',
      createdAt: expect.any(Number),
      instanceId,
      copiedFrom: null,
      tags: [],
      // Its owner is among them without being named.
      permissions: { isPublic: false, isPublicBlocked: false, accounts: [] },
      mappings: [
        {
          ...device,
          ...{ deviceName: '/dev/sda1', sizeBytes: blocks(4) },
          ...{ isRoot: true, deleteOnTermination: true },
        },
        {
          ...device,
          ...{ deviceName: '/dev/sdf', sizeBytes: blocks(2) },
          ...{ isRoot: false, deleteOnTermination: false },
        },
      ],
    })
    const [first, second] = await Promise.all(
      image.mappings.map(({ snapshotId }) => scene.snapshotOf(snapshotId!)),
    )
    const description = `Created by CreateImage(${instanceId}) for ${image.imageId}`
    expect(first).toMatchObject({ volumeId: root, description })
    expect(second).toMatchObject({ volumeId: data, description, startedAt: first!.startedAt })
  })

  it('F39: waits for what is being written, unless it is not to reboot', async () => {
    const { scene, instanceId, root } = await webServer()
    const ask = (name: string, noReboot: boolean) =>
      scene.engine.createImage({ instanceId, name, noReboot })
    const file = scene.image([
      { kind: 'noise', seed: 5 },
      { kind: 'noise', seed: 6 },
    ])
    const writing = await scene.engine.writeFile({ volumeId: root, offsetBytes: 0, file })
    expect(await codeOf(ask('now', true))).toBe('VOLUME_BUSY')
    const creating = ask('waits', false)
    const { imageId } = await scene.result('image', creating)
    expect((await scene.engine.awaitJob(writing)).state).toBe('done')
    const { mappings } = await scene.engine.describeImage({ imageId })
    expect(await scene.snapshotOf(mappings[0]!.snapshotId!)).toMatchObject({
      storedHereBytes: blocks(2),
    })
    expect(await codeOf(ask('waits', false))).toBe('InvalidAMIName.Duplicate')
    const again = await scene.result('image', ask('at once', true))
    const atOnce = await scene.engine.describeImage({ imageId: again.imageId })
    expect(atOnce.consistency).toBe('crash-consistent')
    // Each snapshot is incremental to the earlier one of its volume.
    expect(await scene.snapshotOf(atOnce.mappings[0]!.snapshotId!)).toMatchObject({
      parentId: mappings[0]!.snapshotId,
      storedHereBytes: 0,
    })
  })

  it('does not come to exist where its name was taken meanwhile, nor do its snapshots', async () => {
    const { scene, instanceId } = await webServer()
    const ask = () => scene.engine.createImage({ instanceId, name: 'twice', noReboot: false })
    const [first, second] = [await ask(), await ask()]
    await scene.done(first)
    const { state, error } = await scene.engine.awaitJob(second)
    expect([state, error!.code]).toEqual(['failed', 'InvalidAMIName.Duplicate'])
    const states = (await scene.view()).snapshots.map((each) => each.state)
    expect(states.sort()).toEqual(['completed', 'completed', 'error', 'error'])
    expect(await scene.engine.listEvents({ type: 'createSnapshots' })).toMatchObject([
      { detail: { result: 'succeeded' } },
      { detail: { result: 'failed' } },
    ])
  })
})

describe('an image that is being made', () => {
  it('fails where one of its snapshots is deleted before it is complete', async () => {
    const { scene, instanceId } = await webServer()
    const started = await scene.engine.createImage({ instanceId, name: 'gold', noReboot: true })
    const { snapshots } = await scene.view()
    expect(snapshots.map(({ state }) => state)).toEqual(['pending', 'pending'])
    await scene.remove([snapshots[1]!.snapshotId])
    expect((await scene.engine.awaitJob(started)).error).toMatchObject({
      code: 'InvalidSnapshot.NotFound',
    })
    expect(await scene.engine.listImages()).toEqual([])
  })
})

describe('registering', () => {
  it('makes an image of snapshots, with EC2’s defaults, and an empty volume where none is given', async () => {
    const { scene, instanceId } = await webServer()
    const { snapshotIds } = await snapshotAll(scene, instanceId)
    const image = await scene.engine.registerImage({
      name: 'three disks',
      rootDeviceName: '/dev/sda1',
      architecture: 'arm64',
      bootMode: undefined,
      mappings: [
        { deviceName: '/dev/sdg', sizeBytes: blocks(1) },
        { deviceName: '/dev/sdf', snapshotId: snapshotIds[1]!, deleteOnTermination: false },
        { deviceName: '/dev/sda1', snapshotId: snapshotIds[0]!, sizeBytes: blocks(8) },
      ],
    })
    const gp2 = { volumeType: 'gp2' }
    expect(image).toMatchObject({
      architecture: 'arm64',
      virtualization: 'hvm',
      bootMode: 'uefi-preferred',
      consistency: 'registered',
      mappings: [
        { deviceName: '/dev/sda1', isRoot: true, sizeBytes: blocks(8), ...gp2 },
        { deviceName: '/dev/sdf', deleteOnTermination: false, sizeBytes: blocks(2), ...gp2 },
        { deviceName: '/dev/sdg', snapshotId: null, deleteOnTermination: true, ...gp2 },
      ],
    })
    const launching = scene.engine.launchImage({ imageId: image.imageId, name: 'new', sizes: [] })
    const { volumeIds } = await scene.result('instance', launching)
    const { volumes } = await scene.view()
    const sizes = volumeIds.map((id) => volumes.find(({ volumeId }) => volumeId === id)!.sizeBytes)
    expect(sizes).toEqual([blocks(8), blocks(2), blocks(1)])
  })

  it('is refused in EC2’s words', async () => {
    const { scene, instanceId } = await webServer()
    const { snapshotIds } = await snapshotAll(scene, instanceId)
    const [root, data] = snapshotIds as [SnapshotId, SnapshotId]
    const { imageId } = await registered(scene, 'gold', root)
    const ask = (
      name: string,
      rootDeviceName: string,
      snapshotId: SnapshotId,
      sizeBytes?: number,
    ) =>
      scene.engine.registerImage({
        name,
        rootDeviceName,
        mappings: [{ deviceName: '/dev/sda1', snapshotId, ...(sizeBytes && { sizeBytes }) }],
      })
    await expect(ask('gold', '/dev/sda1', root)).rejects.toMatchObject({
      code: 'InvalidAMIName.Duplicate',
      message: `AMI name gold is already in use by AMI ${imageId}`,
    })
    for (const name of ['ab', 'x'.repeat(129), 'gold*', imageId]) {
      expect(await codeOf(ask(name, '/dev/sda1', root))).toBe('InvalidAMIName.Malformed')
    }
    await expect(ask('new', '/dev/xvda', root)).rejects.toMatchObject({
      code: 'InvalidBlockDeviceMapping',
      message: 'No root snapshot specified in device mapping.',
    })
    const empty = [{ deviceName: '/dev/sda1', sizeBytes: blocks(1) }]
    const wish = { name: 'new', rootDeviceName: '/dev/sda1', mappings: empty }
    expect(await codeOf(scene.engine.registerImage(wish))).toBe('InvalidBlockDeviceMapping')
    const unknown = `snap-${'0'.repeat(17)}` as SnapshotId
    await expect(ask('new', '/dev/sda1', unknown)).rejects.toMatchObject({
      code: 'InvalidSnapshotID.NotFound',
      message: `The snapshot ID '${unknown}' does not exist`,
    })
    expect(await codeOf(ask('new', '/dev/sda1', data, 1))).toBe('SIZE_REFUSED')
    const far = await scene.engine.addRegion({ name: 'eu-west-1' })
    const copying = scene.engine.copySnapshot({ snapshotId: data, region: far.name })
    const { snapshotId } = await scene.result('copy', copying)
    expect(await codeOf(registered(scene, 'new', root, snapshotId))).toBe(
      'InvalidSnapshotID.NotFound',
    )
    expect(await scene.engine.listImages()).toHaveLength(1)
  })
})
