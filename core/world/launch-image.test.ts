import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { AccountId } from '../contract/account.ts'
import { type ImageId, type JobId, RegionName, VolumeId } from '../contract/ids.ts'
import { closeLibrary, openLibrary } from '../engine/library-folder.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { noise } from '../testing/make-image.ts'
import {
  attach,
  codeOf,
  deregister,
  imageOf,
  snapshotAll,
  webServer,
} from './testing/instance-scene.ts'

describe('launching', () => {
  it('makes volumes of the mapped snapshots, and an instance that has them', async () => {
    const { scene, instanceId } = await webServer()
    const { imageId, mappings } = await imageOf(scene, instanceId, 'gold')
    const sizes = [{ deviceName: '/dev/sdf', sizeBytes: blocks(5) }]
    const instanceType = 'm5.large'
    const launching = scene.engine.launchImage({ imageId, name: 'web-2', instanceType, sizes })
    const { instanceId: launched, volumeIds } = await scene.result('instance', launching)
    expect((await scene.engine.listHistory()).at(-1)!.command).toBe(
      `strata image launch ${imageId} --name web-2 --type m5.large --size /dev/sdf=${blocks(5)}`,
    )
    const { instances, volumes } = await scene.view()
    expect(instances.find((each) => each.instanceId === launched)).toMatchObject({
      name: 'web-2',
      imageId,
      instanceType,
      attachments: [
        { deviceName: '/dev/sda1', volumeId: volumeIds[0], isRoot: true },
        { deviceName: '/dev/sdf', volumeId: volumeIds[1], isRoot: false },
      ],
    })
    const made = volumeIds.map((id) => volumes.find(({ volumeId }) => volumeId === id)!)
    expect(made).toMatchObject([
      { name: 'web-2 sda1', originId: mappings[0]!.snapshotId, sizeBytes: blocks(4) },
      { name: 'web-2 sdf', originId: mappings[1]!.snapshotId, sizeBytes: blocks(5) },
    ])
    // Its own snapshots go on in the lineage of the image.
    const next = await snapshotAll(scene, launched)
    expect(await scene.snapshotOf(next.snapshotIds[0]!)).toMatchObject({
      parentId: mappings[0]!.snapshotId,
      storedHereBytes: 0,
    })
    const small = [{ deviceName: '/dev/sdf', sizeBytes: blocks(1) }]
    const ask = (name: string, given: typeof sizes) =>
      codeOf(scene.engine.launchImage({ imageId, name, sizes: given }))
    await expect(
      scene.engine.launchImage({ imageId, name: 'web-3', sizes: small }),
    ).rejects.toEqual(
      expect.objectContaining({
        code: 'InvalidBlockDeviceMapping',
        message: `Volume of size 512 KiB is smaller than  snapshot '${mappings[1]!.snapshotId}', expect size >= 1 MiB`,
      }),
    )
    expect(await ask('web-3', [{ deviceName: '/dev/sdz', sizeBytes: 1 }])).toBe(
      'InvalidBlockDeviceMapping',
    )
    expect(await ask('web-2', [])).toBe('NAME_TAKEN')
  })

  it('that fails leaves no instance and no volume', async () => {
    const { scene, instanceId } = await webServer()
    const { imageId } = await imageOf(scene, instanceId, 'gold')
    const launch = () => scene.engine.launchImage({ imageId, name: 'web-2', sizes: [] })
    const [first, second] = await Promise.all([launch(), launch()])
    const { volumeIds } = await scene.result('instance', Promise.resolve(first))
    expect(await scene.failureOf(Promise.resolve(second))).toBe('NAME_TAKEN')
    const { instances, volumes } = await scene.view()
    expect(instances.map(({ name }) => name)).toEqual(['web', 'web-2'])
    expect(volumes.slice(2).map(({ volumeId }) => volumeId)).toEqual(volumeIds)
  })

  it.each([
    ['takes back what is written to', 1, 2],
    ['leaves what is written to again as a volume like others', 2, 3],
  ])('that is cancelled %s', async (_, writes, volumeCount) => {
    const { scene, instanceId } = await webServer()
    const { engine } = scene
    const { imageId } = await imageOf(scene, instanceId, 'gold')
    const file = scene.image(noises(1))
    const refusals: Promise<string>[] = []
    const writing: Promise<{ jobId: JobId }>[] = []
    let launch: JobId | undefined
    let volumeId: VolumeId | undefined
    const write = () => {
      if (volumeId === undefined || writing.length === writes) return
      writing.push(engine.writeFile({ volumeId, offsetBytes: 0, file }))
    }
    // As soon as its first volume is there.
    vi.spyOn(scene.events, 'push').mockImplementation((event) => {
      if (event.kind === 'job' && event.job.kind === 'launch') launch = event.job.jobId
      if (event.kind === 'job' && event.job.state === 'cancelled') write()
      if (event.kind === 'worldEvent' && volumeId === undefined) {
        volumeId = VolumeId.parse(/vol-[0-9a-f]+/.exec(event.event.resources[0]!)![0])
        refusals.push(codeOf(engine.removeVolume({ volumeId })))
        refusals.push(codeOf(attach(scene, instanceId, volumeId, '/dev/sdz')))
        write()
        void engine.cancelJob({ jobId: launch! })
      }
      return 0
    })
    const launching = engine.launchImage({ imageId, name: 'web-2', sizes: [] })
    expect(await scene.failureOf(launching)).toBe('JOB_CANCELLED')
    expect(await Promise.all(refusals)).toEqual(['VOLUME_BUSY', 'VOLUME_BUSY'])
    const codes = await Promise.all(writing.map((job) => scene.failureOf(job)))
    expect(codes).toEqual(['WRITE_CANCELLED', undefined].slice(0, writes))
    await scene.reopen()
    const { instances, volumes } = await scene.view()
    expect(instances.map(({ name }) => name)).toEqual(['web'])
    expect(volumes).toHaveLength(volumeCount)
    if (writes === 1) return
    expect((await scene.contentOf(volumeId!, blocks(1))).equals(noise(1, blocks(1)))).toBe(true)
    await attach(scene, instanceId, volumeId!, '/dev/sdz')
  })

  it('that the program did not live to see leaves only what was used already', async () => {
    const scene = await Scene.begin()
    const untouched = await scene.managed(blocks(1), 'untouched')
    const written = await scene.managed(blocks(1), 'written')
    await scene.write(written, 0, noise(1, blocks(1)))
    const taken = await scene.managed(blocks(1), 'taken')
    const snapshotId = await scene.snapshot(taken)
    await scene.engine.close()
    const library = openLibrary(scene.library, {}, () => {})
    library.quietly(() => {
      for (const id of [untouched, written, taken]) library.volumes.begin(library.volumeRow(id))
    })
    closeLibrary(library)
    await scene.reopen()
    const { volumes } = await scene.view()
    expect(volumes.map(({ volumeId }) => volumeId)).toEqual([written, taken])
    expect(readdirSync(join(scene.library, 'volumes')).sort()).toEqual(
      [`${written}.img`, `${taken}.img`].sort(),
    )
    expect((await scene.contentOf(written, blocks(1))).equals(noise(1, blocks(1)))).toBe(true)
    await scene.remove([snapshotId])
    // They are nobody's to come any more.
    for (const volumeId of [written, taken]) await scene.engine.removeVolume({ volumeId })
  })

  it('of what was deregistered, or never was, is refused', async () => {
    const { scene, instanceId } = await webServer()
    const { imageId } = await imageOf(scene, instanceId, 'gold')
    await deregister(scene, imageId)
    const launch = (id: ImageId) => scene.engine.launchImage({ imageId: id, name: 'x', sizes: [] })
    await expect(launch(imageId)).rejects.toMatchObject({
      code: 'InvalidAMIID.Unavailable',
      message: `The image id '[${imageId}]' is no longer available`,
    })
    const unknown = `ami-${'0'.repeat(17)}` as ImageId
    await expect(launch(unknown)).rejects.toMatchObject({
      code: 'InvalidAMIID.NotFound',
      message: `The image id '[${unknown}]' does not exist`,
    })
  })
})

describe('permissions', () => {
  it('F38: let an account, or all, launch an image, and never change it', async () => {
    const { scene, instanceId } = await webServer()
    const { engine } = scene
    const other = AccountId.parse('444455556666')
    await engine.addAccount({ accountId: other })
    const { imageId } = await imageOf(scene, instanceId, 'gold')
    const modify = (operation: 'add' | 'remove', accounts: string[], all = false) =>
      engine.modifyImagePermissions({ imageId, operation, accounts, all })
    expect((await modify('add', [other, other])).permissions.accounts).toEqual([other])
    expect(await codeOf(modify('add', ['bob']))).toBe('InvalidAMIAttributeItemValue')
    await engine.useAccount({ account: other })
    const launching = engine.launchImage({ imageId, name: 'mine', sizes: [] })
    const { instanceId: mine } = await scene.result('instance', launching)
    expect((await engine.listInstances()).map((each) => each.instanceId)).toEqual([mine])
    expect(await codeOf(modify('add', [], true))).toBe('IMAGE_NOT_YOURS')
    expect(await codeOf(deregister(scene, imageId))).toBe('IMAGE_NOT_YOURS')
    await engine.useAccount({ account: '111122223333' })
    expect((await modify('add', [], true)).permissions).toMatchObject({
      ...{ isPublic: true, isPublicBlocked: false },
    })
    expect((await modify('remove', [other, other])).permissions.accounts).toEqual([])
    await engine.useAccount({ account: other })
    await scene.result('instance', engine.launchImage({ imageId, name: 'again', sizes: [] }))
    await engine.useAccount({ account: '111122223333' })
    await engine.setPublicAccess({ state: 'block-all-sharing' })
    expect((await engine.describeImage({ imageId })).permissions).toMatchObject({
      ...{ isPublic: true, isPublicBlocked: true },
    })
    expect((await modify('remove', [], true)).permissions).toEqual({
      ...{ isPublic: false, isPublicBlocked: false },
      accounts: [],
    })
    await engine.useAccount({ account: other })
    expect(await engine.listImages()).toEqual([])
    expect(await codeOf(engine.describeImage({ imageId }))).toBe('InvalidAMIID.NotFound')
    // What was launched by then is theirs.
    expect(await engine.listInstances()).toHaveLength(2)
  })
})

describe('copying an image', () => {
  it('copies the snapshots behind it and registers them there', async () => {
    const { scene, instanceId } = await webServer()
    const image = await imageOf(scene, instanceId, 'gold')
    const region = RegionName.parse('eu-west-1')
    await scene.engine.addRegion({ name: region })
    const { imageId: sourceId } = image
    const everybody = { operation: 'add' as const, accounts: [], all: true }
    await scene.engine.modifyImagePermissions({ imageId: sourceId, ...everybody })
    const copying = scene.engine.copyImage({ imageId: image.imageId, region })
    const { imageId } = await scene.result('image', copying)
    const copy = await scene.engine.describeImage({ imageId })
    expect(copy).toMatchObject({ name: 'gold', region, copiedFrom: image.imageId, description: '' })
    expect(copy.permissions.isPublic).toBe(false)
    for (const [i, { snapshotId }] of copy.mappings.entries()) {
      const { snapshotId: source } = image.mappings[i]!
      expect(await scene.snapshotOf(snapshotId!)).toMatchObject({
        region,
        copiedFrom: source,
        description: `Copied for DestinationAmi ${imageId} from SourceAmi ${image.imageId} for SourceSnapshot ${source}`,
      })
    }
    const launching = scene.engine.launchImage({ imageId, name: 'far', sizes: [] })
    const { volumeIds } = await scene.result('instance', launching)
    const { volumes, instances } = await scene.view()
    expect(instances.at(-1)).toMatchObject({ region })
    expect(volumes.find(({ volumeId }) => volumeId === volumeIds[0])).toMatchObject({ region })
    const here = await scene.managed(1, 'here')
    const attaching = attach(scene, instances.at(-1)!.instanceId, here, 'sdz')
    expect(await codeOf(attaching)).toBe('VOLUME_ELSEWHERE')
  })
})
