import { describe, expect, it, test } from 'vitest'
import type { SnapshotId, VolumeId } from '../contract/ids.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { noise } from '../testing/make-image.ts'
import { blocks, Scene } from './testing/scene.ts'

/*
 * The examples of the EBS guides, on a library: fill blocks in GiB and MiB where only figures count,
 * real bytes where they are restored.
 */
const MIB = 2 ** 20
const GIB = 2 ** 30

type Fill = readonly [at: number, length: number]

/** A managed volume; a snapshot, called A, B, C, after each of these writes. */
async function chain(unit: number, size: number, fills: readonly Fill[]) {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(size * unit)
  const ids: SnapshotId[] = []
  for (const [at, length] of fills) ids.push(await next(scene, volumeId, unit, [at, length]))
  return { scene, volumeId, ids }
}

async function next(scene: Scene, volumeId: VolumeId, unit: number, [at, length]: Fill) {
  await scene.fill(volumeId, at * unit, length * unit, `${volumeId} ${at} ${scene.events.length}`)
  return scene.snapshot(volumeId)
}

async function releasedAlone(scene: Scene, ids: readonly SnapshotId[]): Promise<number[]> {
  const released: number[] = []
  for (const id of ids) {
    released.push((await scene.engine.planDeletion({ snapshotIds: [id] })).releasedBytes)
  }
  return released
}

const ABC: readonly Fill[] = [
  [0, 10],
  [6, 4],
  [10, 2],
]
const APART: readonly Fill[] = [
  [0, 250],
  [0, 50],
  [50, 30],
]
const WITHIN: readonly Fill[] = [
  [0, 250],
  [0, 50],
  [0, 30],
]

describe('250 / 50 / 30 MiB', () => {
  test.each([
    ['W1, W2', 'beside the second', APART, [50, 0, 30]],
    ['W1, W3', 'inside the second', WITHIN, [50, 30, 30]],
  ])('%s: third change %s', async (_, __, fills, freed) => {
    const { scene, ids } = await chain(MIB, 250, fills)
    const { snapshots, storedBytes } = await scene.view()
    expect(snapshots.map((s) => s.storedHereBytes / BLOCK_BYTES)).toEqual([500, 100, 60])
    expect(snapshots.map((s) => s.fullBytes / MIB)).toEqual([250, 250, 250])
    expect(storedBytes).toBe(330 * MIB)
    expect(await releasedAlone(scene, ids)).toEqual(freed.map((mib) => mib * MIB))
    expect((await scene.bytesOf(ids[2]!)).length).toBe(250 * MIB)
  })

  test.each([
    ['beside', APART, [0, 1]],
    ['beside', APART, [0, 2]],
    ['inside', WITHIN, [1, 2]],
    ['inside', WITHIN, [0, 1]],
  ])('W4, %s: any two free 80 MiB and leave 250', async (_, fills, pair) => {
    const { scene, ids } = await chain(MIB, 250, fills)
    const plan = await scene.remove(pair.map((i) => ids[i]!))
    expect(plan.releasedBytes).toBe(80 * MIB)
    expect((await scene.view()).storedBytes).toBe(250 * MIB)
  })
})

describe('10 / 4 / 2 GiB', () => {
  it('W5, W6: stores 16 GiB; C reads 4 of B and 6 of A', async () => {
    const { scene, ids } = await chain(GIB, 15, ABC)
    const { snapshots, storedBytes, physicalBytes } = await scene.view()
    expect(storedBytes).toBe(32_768 * BLOCK_BYTES)
    expect(physicalBytes).toBe(0)
    expect(snapshots.map((s) => s.fullBytes)).toEqual([
      10_737_418_240, 10_737_418_240, 12_884_901_888,
    ])
    expect(snapshots.map((s) => s.volumeSizeBytes / GIB)).toEqual([15, 15, 15])
    const sharing = await scene.engine.listSharing({ snapshotId: ids[2]! })
    expect(sharing).toEqual([
      { snapshotId: ids[1], sharedBytes: 10 * GIB },
      { snapshotId: ids[0], sharedBytes: 6 * GIB },
    ])
  })

  it('W7: with A and B only, deleting A frees 4 of 14', async () => {
    const { scene, ids } = await chain(GIB, 15, ABC.slice(0, 2))
    const plan = await scene.remove([ids[0]!])
    expect(plan).toMatchObject({ releasedBytes: 4 * GIB, storedBytesBefore: 14 * GIB })
    await scene.reclaim()
    expect((await scene.view()).storedBytes).toBe(10 * GIB)
  })

  it.each([
    ['W8', [1], 0, { C: 6 }],
    ['W9', [0], 4, { B: 10 }],
    ['W10', [2], 2, { B: 4 }],
    ['W11', [0, 1], 4, { C: 12 }],
    ['W12', [1, 2], 6, { A: 10 }],
  ])('%s: deleting %j frees %i GiB', async (_, doomed, freed, charged) => {
    const { scene, ids } = await chain(GIB, 15, ABC)
    const survivor = [0, 1, 2].find((i) => !doomed.includes(i) && 'ABC'[i]! in charged)!
    const plan = await scene.remove(doomed.map((i) => ids[i]!))
    expect(plan.releasedBytes).toBe(freed * GIB)
    expect((await scene.view()).storedBytes).toBe((16 - freed) * GIB)
    for (const isReclaimed of [false, true]) {
      if (isReclaimed) await scene.reclaim()
      const { storedHereBytes } = await scene.snapshotOf(ids[survivor]!)
      expect({ ['ABC'[survivor]!]: storedHereBytes / GIB }).toEqual(charged)
    }
  })

  it('W13: C also overwrites 1 GiB of what B wrote', async () => {
    const { scene, volumeId, ids } = await chain(GIB, 15, ABC.slice(0, 2))
    const lengthBytes = GIB
    const spans = [6, 10, 11].map((at) => ({ offsetBytes: at * GIB, lengthBytes }))
    await scene.engine.writeFill({ volumeId, spans, seed: 'third' })
    ids.push(await scene.snapshot(volumeId))
    expect((await scene.snapshotOf(ids[2]!)).storedHereBytes).toBe(3 * GIB)
    expect((await scene.view()).storedBytes).toBe(17 * GIB)
    expect(await releasedAlone(scene, ids)).toEqual([4 * GIB, GIB, 3 * GIB])
  })
})

it('W14: 50 of 200 GiB, then 20 changed and 10 added', async () => {
  const { scene, volumeId, ids } = await chain(GIB, 200, [[0, 50]])
  const spans = [
    { offsetBytes: 0, lengthBytes: 20 * GIB },
    { offsetBytes: 100 * GIB, lengthBytes: 10 * GIB },
  ]
  await scene.engine.writeFill({ volumeId, spans, seed: 'second' })
  ids.push(await scene.snapshot(volumeId))
  const { snapshots, storedBytes } = await scene.view()
  expect(storedBytes).toBe(80 * GIB)
  expect(snapshots.map((s) => s.fullBytes / GIB)).toEqual([50, 60])
  expect(await releasedAlone(scene, ids)).toEqual([20 * GIB, 30 * GIB])
})

describe('volumes made from a snapshot', () => {
  it('W15: a snapshot of the second volume stores only what was added', async () => {
    const { scene, ids } = await chain(GIB, 15, [[0, 10]])
    const two = await scene.clone(ids[0]!, 'two', 20 * GIB)
    ids.push(await next(scene, two, GIB, [10, 4]))
    expect((await scene.snapshotOf(ids[1]!)).storedHereBytes).toBe(4 * GIB)
    expect((await scene.view()).storedBytes).toBe(14 * GIB)
    expect(await releasedAlone(scene, ids)).toEqual([0, 4 * GIB])
  })

  it.each([
    ['W17', 'the same', 0, 1],
    ['W18', 'another', 1, 0],
  ])('%s: two volumes that each rewrite %s GiB', async (_, __, at, freed) => {
    const { scene, ids } = await chain(GIB, 15, [[0, 10]])
    await next(scene, await scene.clone(ids[0]!, 'one'), GIB, [0, 1])
    await next(scene, await scene.clone(ids[0]!, 'two'), GIB, [at, 1])
    expect((await scene.view()).storedBytes).toBe(12 * GIB)
    expect(await releasedAlone(scene, ids)).toEqual([freed * GIB])
  })

  it('W19: with nothing written it stores nothing and does not need B and C', async () => {
    const { scene, ids } = await chain(GIB, 15, ABC)
    const d = await scene.snapshot(await scene.clone(ids[0]!, 'two'))
    expect(await scene.snapshotOf(d)).toMatchObject({ storedHereBytes: 0, parentId: ids[0] })
    const before = await scene.snapshotOf(d)
    await scene.remove([ids[1]!, ids[2]!])
    await scene.reclaim()
    expect(await scene.snapshotOf(d)).toMatchObject({ fullBytes: before.fullBytes })
    expect((await scene.view()).storedBytes).toBe(10 * GIB)
  })
})

describe('the smallest writes', () => {
  it.each([
    [1, 0, 1],
    [2, BLOCK_BYTES - 1, 2],
  ])('W40: %i bytes at offset %i change %i blocks', async (length, at, changed) => {
    const { scene, volumeId } = await chain(BLOCK_BYTES, 4, [[0, 4]])
    const before = await scene.bytesOf((await scene.view()).snapshots[0]!.snapshotId)
    const bytes = noise(1, length)
    await scene.write(volumeId, at, bytes)
    const id = await scene.snapshot(volumeId)
    expect((await scene.snapshotOf(id)).storedHereBytes).toBe(blocks(changed))
    const after = await scene.bytesOf(id)
    bytes.copy(before, at)
    expect(after.equals(before)).toBe(true)
  })

  it('W43: a volume that was never written has a full size of 0 and restores as zeros', async () => {
    const scene = await Scene.begin()
    const id = await scene.snapshot(await scene.managed(3 * MIB + 5))
    expect(await scene.snapshotOf(id)).toMatchObject({ fullBytes: 0, storedHereBytes: 0 })
    expect((await scene.bytesOf(id)).equals(Buffer.alloc(3 * MIB + 5))).toBe(true)
  })
})

it('the chain of real bytes: each survivor of each deletion restores byte for byte', async () => {
  for (const doomed of [[0], [1], [2], [0, 1], [0, 2], [1, 2]]) {
    const scene = await Scene.begin()
    const volumeId = await scene.managed(blocks(15))
    const taken: { id: SnapshotId; bytes: Buffer }[] = []
    const disk = Buffer.alloc(blocks(15))
    for (const [i, [at, length]] of ABC.entries()) {
      const bytes = noise(i, blocks(length))
      bytes.copy(disk, blocks(at))
      await scene.write(volumeId, blocks(at), bytes)
      taken.push({ id: await scene.snapshot(volumeId), bytes: Buffer.from(disk) })
    }
    await scene.remove(doomed.map((i) => taken[i]!.id))
    await scene.reclaim()
    for (const [i, { id, bytes }] of taken.entries()) {
      if (!doomed.includes(i)) expect((await scene.bytesOf(id)).equals(bytes)).toBe(true)
    }
    expect(await scene.verify()).toMatchObject({ ok: true })
  }
})
