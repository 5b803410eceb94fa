import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { DeregistrationJson, ImageJson, InstanceJson, SnapshotSetJson } from './image-json.ts'
import { ask, refusal, strata } from './testing/command.ts'
import { expectRefused, Scene, type SnapshotList } from './testing/scene.ts'

type Instance = z.infer<typeof InstanceJson>
type Image = z.infer<typeof ImageJson>

const scene = new Scene()
/** An instance “web” with a root and a data volume, and an image “gold” of it. */
let library: string

beforeAll(async () => {
  library = await scene.library()
  await ask(library, ['volume', 'create', 'system', '--size', '2MiB'])
  await ask(library, ['volume', 'write', 'system', '--fill', 'x', '--at', '0', '--length', '1MiB'])
  await ask(library, ['volume', 'create', 'data', '--size', '1MiB'])
  await ask(library, ['instance', 'create', 'web', '--type', 'm5.large'])
  await ask(library, ['instance', 'attach', 'web', 'system', '/dev/sda1', '--root'])
  await ask(library, ['instance', 'attach', 'web', 'data', '/dev/sdf'])
  await ask(library, ['image', 'create', 'web', '--name', 'gold', '--no-reboot'])
})
afterAll(() => scene.remove())

describe.concurrent('instances and images', () => {
  it('are shown with their volumes, and with what they map', async () => {
    const web = await ask<Instance>(library, ['instance', 'show', 'web'])
    expect(web).toMatchObject({ instanceType: 'm5.large', securityGroups: ['default'] })
    expect(web.attachments.map(({ deviceName }) => deviceName)).toEqual(['/dev/sda1', '/dev/sdf'])
    const { stdout } = await strata(['image', 'show', 'gold', '--library', library])
    expect(stdout).toMatch(/Consistency +crash-consistent/)
    expect(stdout).toMatch(/May be launched by +its owner\n/)
    expect(stdout).toMatch(/\/dev\/sda1 +root +s1 \(snap-\w+\) +2 MiB +gp2 +removed/)
    expect(stdout).not.toContain('m5.large')
  })

  it('are snapshotted at one moment', async () => {
    const copy = scene.copyOf(library)
    const taken = await ask<z.infer<typeof SnapshotSetJson>>(copy, [
      ...['instance', 'snapshot', '--exclude', 'data', 'web', '--name', 'nightly'],
    ])
    expect(taken.snapshots).toMatchObject([{ name: 'nightly', storedHereBytes: 0 }])
    const { snapshots } = await ask<SnapshotList>(copy, ['snapshot', 'ls'])
    expect(snapshots.find(({ name }) => name === 'nightly')!.startedAt).toBe(taken.startedAt)
  })

  it('are launched, opened to others, and deregistered with their snapshots', async () => {
    const copy = scene.copyOf(library)
    const launched = await ask<Instance>(copy, [
      ...['image', 'launch', '--size', '/dev/sdf=4MiB', 'gold', '--name', 'web-2'],
    ])
    expect(launched).toMatchObject({ name: 'web-2', attachments: [{ isRoot: true }, {}] })
    const open = ['image', 'permissions', '--add', 'all', 'gold', '--add', '444455556666']
    const image = await ask<Image>(copy, open)
    expect(image.permissions).toEqual({
      ...{ isPublic: true, isPublicBlocked: false, accounts: ['444455556666'] },
    })
    expect(await ask(copy, ['tag', 'set', 'gold', 'Team=ops'])).toMatchObject({
      ...{ resourceId: image.imageId, tags: [{ key: 'Team', value: 'ops' }] },
    })
    await ask(copy, ['account', 'add', '777788889999', '--name', 'partner'])
    const both = ['image', 'permissions', 'gold', '--add', 'partner', '--remove', 'oops']
    expect(await refusal(copy, both)).toMatchObject({ code: 'InvalidParameterCombination' })
    await ask(copy, ['public-access', 'set', 'block-all-sharing'])
    const { stdout } = await strata([...both.slice(0, -2), '--library', copy])
    expect(stdout).toMatch(
      /by +its owner, 444455556666, 777788889999 \(shared publicly, blocked in local\)\n/,
    )
    const plan = ['image', 'deregister', 'gold', '--dry-run']
    expect(await ask(copy, plan)).toMatchObject({
      ...{ imageId: image.imageId, releasedBytes: 2 ** 20, releasedNowBytes: 2 ** 20 },
      snapshots: [{ returnCode: 'success' }, { returnCode: 'success' }],
    })
    const tiers = ['snapshot', 'tier-status', 'system/s1']
    expect(await ask(copy, tiers)).toMatchObject({
      SnapshotTierStatuses: [{ StorageTier: 'standard', Tags: [{ Key: 'Name', Value: 's1' }] }],
    })
    const gone = await ask<z.infer<typeof DeregistrationJson>>(copy, [
      ...['image', 'deregister', 'gold', '--delete-snapshots'],
    ])
    expect(gone.snapshots.map(({ returnCode }) => returnCode)).toEqual(['success', 'success'])
    expect(gone).toMatchObject({ imageId: image.imageId, releasedBytes: 2 ** 20 })
    expect(await ask(copy, ['image', 'ls'])).toEqual({ images: [] })
  })

  it.each([
    ['InvalidSnapshot.InUse', /is currently in use by ami-/, ['snapshot', 'delete', 'system/s1']],
    ['VolumeInUse', /is currently in-use\. \(It is attached to i-/, ['volume', 'rm', 'data']],
    [
      'InvalidParameterDependency',
      /requires the parameter Encrypted/,
      ['image', 'launch', 'gold', '--name', 'web-3', '--key', '/dev/sdf=mine'],
    ],
    ['InvalidAMIID.Malformed', /ami-x/, ['image', 'show', 'ami-x']],
    ['EXCLUSION_REFUSED', /is the root/, ['instance', 'snapshot', 'web', '--exclude', 'system']],
  ])('refuse with %s', async (code, says, args) => {
    await expectRefused(scene, library, { code, says }, args)
  })
})
