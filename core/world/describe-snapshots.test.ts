import { describe, expect, it, test } from 'vitest'
import { AccountId } from '../contract/account.ts'
import type { DescribedSnapshot } from '../contract/described-snapshot.ts'
import { RegionName, SnapshotId, type VolumeId } from '../contract/ids.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { mapOf } from '../engine/testing/worked-chains.ts'

const GIB = 2 ** 30
const FAR = RegionName.parse('eu-west-1')

async function described(scene: Scene, ...snapshotIds: SnapshotId[]): Promise<DescribedSnapshot[]> {
  const asked = snapshotIds.length === 0 ? {} : { snapshotIds }
  return (await scene.engine.describeSnapshots(asked)).Snapshots
}

/** A / B / C: 10 GiB written, 4 of them again, 2 more, on a volume of 15. */
async function threeSnapshots(): Promise<{ scene: Scene; volumeId: VolumeId; ids: SnapshotId[] }> {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(15 * GIB)
  const ids: SnapshotId[] = []
  for (const [name, at, length] of [
    ['A', 0, 10],
    ['B', 6, 4],
    ['C', 10, 2],
  ] as const) {
    await scene.fill(volumeId, at * GIB, length * GIB, name)
    ids.push(await scene.snapshot(volumeId, { name }))
  }
  return { scene, volumeId, ids }
}

describe('what EC2 would tell of a snapshot', () => {
  it('F8, W6: full sizes of A, B and C are those of their maps, not what each adds; and the size of their volume', async () => {
    const { scene, ids } = await threeSnapshots()
    const told = await described(scene)
    for (const [i, id] of ids.entries()) {
      const listed = (await mapOf(scene, id)).map(([, from, to]) => Number(to) - Number(from))
      const bytes = listed.reduce((sum, each) => sum + each, 0)
      expect(told[i]!.FullSnapshotSizeInBytes).toBe(bytes)
    }
    const { snapshots } = await scene.view()
    expect(snapshots.map(({ addedBytes }) => addedBytes / GIB)).toEqual([10, 4, 2])
    expect(told.map((each) => each.FullSnapshotSizeInBytes)).toEqual([
      10_737_418_240, 10_737_418_240, 12_884_901_888,
    ])
    expect(told.map(({ VolumeSize }) => VolumeSize)).toEqual([15, 15, 15])
  })

  it('is every field that it tells, and no other', async () => {
    const scene = await Scene.begin()
    const volumeId = await scene.linked(scene.image(noises(1, 2)))
    const { jobId, snapshotId } = await scene.engine.takeSnapshot({
      volumeId,
      name: 'monday',
      description: 'before the upgrade',
    })
    await scene.done({ jobId })
    const { startedAt, completedAt } = await scene.snapshotOf(snapshotId)
    expect(await described(scene)).toEqual([
      {
        SnapshotId: snapshotId,
        VolumeId: volumeId,
        State: 'completed',
        StartTime: new Date(startedAt).toISOString(),
        CompletionTime: new Date(completedAt!).toISOString(),
        Progress: '100%',
        OwnerId: '111122223333',
        VolumeSize: 1,
        FullSnapshotSizeInBytes: blocks(2),
        Description: 'before the upgrade',
        Encrypted: false,
        StorageTier: 'standard',
        Tags: [{ Key: 'Name', Value: 'monday' }],
      },
    ])
  })

  it('F8: is the same full size whatever was deleted before it', async () => {
    const { scene, ids } = await threeSnapshots()
    await scene.remove([ids[0]!])
    await scene.reclaim()
    expect((await described(scene)).map((each) => each.FullSnapshotSizeInBytes)).toEqual([
      10_737_418_240, 12_884_901_888,
    ])
  })

  it('W43: a full size of 0 where nothing was ever written', async () => {
    const scene = await Scene.begin()
    await scene.snapshot(await scene.managed(GIB))
    expect(await described(scene)).toMatchObject([{ FullSnapshotSizeInBytes: 0, VolumeSize: 1 }])
  })

  test.each([
    [1, 1],
    [GIB - 1, 1],
    [GIB, 1],
    [GIB + 1, 2],
    [2_048 * GIB, 2_048],
  ])('a volume of %d bytes has %d GiB', async (sizeBytes, gib) => {
    const scene = await Scene.begin()
    await scene.snapshot(await scene.managed(sizeBytes))
    expect((await described(scene))[0]!.VolumeSize).toBe(gib)
  })

  it('has neither full size nor completion while it is pending', async () => {
    const scene = await Scene.begin()
    const volumeId = await scene.linked(scene.image(noises(...Array(50).keys())))
    const { jobId, snapshotId } = await scene.engine.takeSnapshot({ volumeId })
    const [told] = await described(scene, snapshotId)
    expect(told).toMatchObject({
      State: 'pending',
      Progress: expect.stringMatching(/^\d\d?%$/),
      VolumeSize: 1,
    })
    for (const field of ['FullSnapshotSizeInBytes', 'CompletionTime', 'TransferType']) {
      expect(told).not.toHaveProperty(field)
    }
    await scene.done({ jobId })
  })
})

describe('what EC2 would tell of a copy', () => {
  it('names no volume, and how it was transferred', async () => {
    const { scene, ids } = await threeSnapshots()
    await scene.engine.addRegion({ name: FAR })
    const { snapshotId } = await scene.result(
      'copy',
      scene.engine.copySnapshot({ snapshotId: ids[2]!, region: FAR }),
    )
    expect(await described(scene, snapshotId)).toMatchObject([
      {
        VolumeId: 'vol-ffffffff',
        TransferType: 'standard',
        VolumeSize: 15,
        FullSnapshotSizeInBytes: 12 * GIB,
        Description: '',
        Tags: [{ Key: 'Name', Value: 'C' }],
      },
    ])
  })

  it('F29: has an id of its own, and neither tags nor permissions; those of its source stay', async () => {
    const { scene, ids } = await threeSnapshots()
    const { engine } = scene
    const [a, b] = ids as [SnapshotId, SnapshotId]
    const other = AccountId.parse('444455556666')
    await engine.addRegion({ name: FAR })
    await engine.addAccount({ accountId: other })
    await engine.shareSnapshot({ snapshotId: a, add: [other] })
    await engine.shareSnapshot({ snapshotId: b, add: ['all'] })
    const facts = async (snapshotId: SnapshotId) => ({
      described: await described(scene, snapshotId),
      permissions: await engine.listPermissions({ snapshotId }),
    })
    for (const snapshotId of [a, b]) {
      await engine.setTags({ resourceId: snapshotId, tags: [{ key: 'Team', value: 'ops' }] })
      const before = await facts(snapshotId)
      const copying = engine.copySnapshot({ snapshotId, region: FAR })
      const copy = (await scene.result('copy', copying)).snapshotId
      expect(ids).not.toContain(copy)
      const { described: told, permissions } = await facts(copy)
      // Its name, which each has here, is that of its source.
      expect(told).toMatchObject([
        { SnapshotId: copy, VolumeId: 'vol-ffffffff', Tags: [{ Key: 'Name' }] },
      ])
      expect(permissions).toMatchObject({ sharedWith: [], isPublic: false })
      expect(await facts(snapshotId)).toEqual(before)
    }
  })

  it('has no size while it is under way', async () => {
    const { scene, ids } = await threeSnapshots()
    await scene.engine.addRegion({ name: FAR })
    const started = await scene.engine.copySnapshot({ snapshotId: ids[0]!, region: FAR })
    const [told] = await described(scene, started.snapshotId)
    expect(told).toMatchObject({ State: 'pending', Progress: '0%', VolumeSize: 0 })
    expect(told).not.toHaveProperty('FullSnapshotSizeInBytes')
    await scene.done(started)
  })
})

describe('the snapshots that are asked about', () => {
  it('come once each, in the order in which they were named', async () => {
    const { scene, ids } = await threeSnapshots()
    const [a, b, c] = ids as [SnapshotId, SnapshotId, SnapshotId]
    const told = await described(scene, c, a, c)
    expect(told.map((each) => each.SnapshotId)).toEqual([c, a])
    expect((await described(scene)).map((each) => each.SnapshotId)).toEqual([a, b, c])
  })

  it('are refused in the words of EC2 when one of them is not there', async () => {
    const { scene, ids } = await threeSnapshots()
    await scene.remove([ids[1]!], 60_000)
    for (const id of [SnapshotId.parse('snap-0123456789abcdef0'), ids[1]!]) {
      await expect(described(scene, ids[0]!, id)).rejects.toMatchObject({
        code: 'InvalidSnapshot.NotFound',
        message: `The snapshot '${id}' does not exist.`,
      })
    }
  })
})
