import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { RegionName, type SnapshotId } from '../contract/ids.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { GIB, threeSnapshots } from './testing/three-snapshots.ts'

const HOME = RegionName.parse('local')
const FAR = RegionName.parse('eu-west-1')
/** As cheap as it may be: what is tested here is not how long it takes. */
const vault = { passphrase: () => 'correct horse battery', cost: 1_024 }

async function copied(
  scene: Scene,
  snapshotId: SnapshotId,
  input: { region?: RegionName; key?: string; encrypted?: boolean },
) {
  const { region = HOME, key, encrypted } = input
  return scene.result('copy', scene.engine.copySnapshot({ snapshotId, region, key, encrypted }))
}

it('W23: a copy of B with a new key is to move 10 GiB, not 4, and one of C 12', async () => {
  const { scene, a, b, c } = await threeSnapshots(2, { vault })
  await scene.engine.addRegion({ name: FAR })
  for (const name of [FAR, HOME]) {
    await scene.engine.useRegion({ name })
    await scene.engine.createKey({ name: 'k1' })
  }
  await copied(scene, a, { region: FAR })
  const plan = (snapshotId: SnapshotId, region: RegionName, key?: string) =>
    scene.engine.planCopy({ snapshotId, region, ...(key && { encrypted: true, key }) })
  expect(await plan(b, FAR)).toMatchObject({ movedBytes: 4 * GIB, incremental: true })
  for (const region of [FAR, HOME]) {
    for (const [id, gib] of [
      [b, 10],
      [c, 12],
    ] as const) {
      expect(await plan(id, region, 'k1')).toMatchObject({
        ...{ movedBytes: gib * GIB, incremental: false, fullBecause: 'other-key' },
      })
    }
  }
})

it('F9, F27, F28, F35, W23, W24: a copy with a new key is full, the next with the same key is not, a block for a GiB', async () => {
  const scene = await Scene.begin({ vault })
  await scene.engine.createKey({ name: 'k1' })
  const volumeId = await scene.managed(blocks(15))
  // A block for a GiB: 10, 4 of them again, 2 more.
  await scene.fill(volumeId, 0, blocks(10), 'a')
  const a = await scene.snapshot(volumeId, { name: 'A' })
  await scene.write(volumeId, 0, randomBytes(blocks(4)))
  const b = await scene.snapshot(volumeId, { name: 'B' })
  await scene.fill(volumeId, blocks(10), blocks(2), 'c')
  const c = await scene.snapshot(volumeId, { name: 'C' })
  const key = { encrypted: true, key: 'k1' }

  const full = await copied(scene, b, key)
  expect(full).toMatchObject({ movedBytes: blocks(10), fullBecause: 'other-key' })
  const next = await copied(scene, c, key)
  expect(next).toMatchObject({ movedBytes: blocks(2), incremental: true, baseId: full.snapshotId })
  const { encryption } = await scene.snapshotOf(next.snapshotId)
  expect((await scene.snapshotOf(full.snapshotId)).encryption).toEqual(encryption)
  const described = await scene.engine.describeSnapshots({
    snapshotIds: [full.snapshotId, next.snapshotId],
  })
  expect(described.Snapshots).toMatchObject(
    Array(2).fill({ DataEncryptionKeyId: encryption!.dataKeyId }),
  )
  for (const [copy, source] of [
    [full.snapshotId, b],
    [next.snapshotId, c],
  ] as const) {
    expect((await scene.bytesOf(copy)).equals(await scene.bytesOf(source))).toBe(true)
  }

  // With the default key it begins anew; with its own in its own region nothing moves.
  expect(await copied(scene, c, { encrypted: true })).toMatchObject({
    movedBytes: blocks(12),
    fullBecause: 'other-key',
  })
  const beside = await copied(scene, next.snapshotId, key)
  expect(beside).toMatchObject({ movedBytes: 0, baseId: next.snapshotId })
  expect((await scene.snapshotOf(beside.snapshotId)).storedHereBytes).toBe(0)
  expect(await copied(scene, a, {})).toMatchObject({ movedBytes: 0, baseId: a })

  // Asked to be plain it is encrypted all the same.
  const kept = await copied(scene, next.snapshotId, { encrypted: false })
  expect((await scene.snapshotOf(kept.snapshotId)).encryption).not.toBeNull()
  expect((await scene.verify()).ok).toBe(true)
})

it('F26: a copy that reads its source does not count among those that moved, whatever becomes of both', async () => {
  const scene = await Scene.begin({ vault })
  await scene.engine.createKey({ name: 'k1' })
  const volumeId = await scene.linked(scene.image(noises(1, 2)))
  const source = await scene.snapshot(volumeId)
  const key = { encrypted: true, key: 'k1' }
  const beside = await copied(scene, source, {})
  const moved = await copied(scene, source, key)
  const next = await scene.snapshot(volumeId, { file: scene.image(noises(1, 3)) })
  const again = { movedBytes: blocks(1), baseId: moved.snapshotId }
  // A root of its own, once it was archived; the only one that is left of two, once its source went.
  await scene.done(await scene.engine.archiveSnapshot({ snapshotId: beside.snapshotId }))
  expect(await scene.engine.planCopy({ snapshotId: next, region: HOME, ...key })).toMatchObject(
    again,
  )
  await scene.done(await scene.engine.restoreTier({ snapshotId: beside.snapshotId }))
  await scene.remove([source])
  await scene.reclaim()
  expect(await copied(scene, next, key)).toMatchObject(again)
})
