import { describe, expect, it, test } from 'vitest'
import type { SnapshotId } from '../contract/ids.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { noise } from '../testing/make-image.ts'
import { blocks, Scene } from './testing/scene.ts'
import {
  ABC,
  chain,
  type Fill,
  fillCopy,
  GIB,
  MIB,
  mapOf,
  releasedAlone,
  without,
} from './testing/worked-chains.ts'

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
const PAIRS = [
  [0, 1],
  [0, 2],
  [1, 2],
] as const

describe('250 / 50 / 30 MiB', () => {
  test.each([
    ['W1, W2, W4', 'beside the second', APART, [50, 0, 30]],
    ['W1, W3, W4', 'inside the second', WITHIN, [50, 30, 30]],
  ])('%s: third change %s', async (_, __, fills, freed) => {
    const { scene, ids } = await chain(MIB, 250, fills)
    const { snapshots, storedBytes } = await scene.view()
    expect(snapshots.map((s) => s.storedHereBytes)).toEqual([500, 100, 60].map(blocks))
    expect(snapshots.map((s) => s.fullBytes)).toEqual(Array(3).fill(250 * MIB))
    expect(storedBytes).toBe(660 * BLOCK_BYTES)
    expect(storedBytes).toBe(330 * MIB)
    for (const [i, mib] of freed.entries()) {
      const alone = { freed: mib * MIB, left: (330 - mib) * MIB }
      expect(await without(scene, [ids[i]!])).toEqual(alone)
    }
    for (const pair of PAIRS) {
      const together = { freed: 80 * MIB, left: 250 * MIB }
      expect(await without(scene, [ids[pair[0]]!, ids[pair[1]]!])).toEqual(together)
    }
  })

  it('W1: each restores its 250 MiB, byte for byte', async () => {
    const { scene, volumeId, ids } = await chain(MIB, 250, APART)
    const disk = Buffer.alloc(250 * MIB)
    for (const [i, id] of ids.entries()) {
      fillCopy(disk, volumeId, MIB, APART[i]!)
      expect((await scene.bytesOf(id)).equals(disk)).toBe(true)
    }
  })

  it.each([
    ['beside', APART],
    ['inside', WITHIN],
  ])('W1′, %s: in decimal MB 477, 96 and 58 blocks, which are 631', async (_, fills) => {
    const { scene } = await chain(1_000_000, 250, fills)
    const { snapshots, storedBytes } = await scene.view()
    expect(snapshots.map((s) => s.storedHereBytes)).toEqual([477, 96, 58].map(blocks))
    expect(storedBytes).toBe(blocks(631))
  })
})

describe('10 / 4 / 2 GiB', () => {
  it('F2, F3, W5, W6: stores 16 GiB; C reads 4 of B and 6 of A', async () => {
    const { scene, ids } = await chain(GIB, 15, ABC)
    const [a, b, c] = ids as [SnapshotId, SnapshotId, SnapshotId]
    const { snapshots, storedBytes, physicalBytes } = await scene.view()
    expect(storedBytes).toBe(32_768 * BLOCK_BYTES)
    expect(storedBytes).toBe(16 * GIB)
    expect(physicalBytes).toBe(0)
    expect(snapshots.map((s) => s.storedHereBytes)).toEqual([20_480, 8_192, 4_096].map(blocks))
    expect(snapshots.map((s) => s.parentId)).toEqual([null, a, b])
    expect(snapshots.map((s) => s.fullBytes)).toEqual([
      10_737_418_240, 10_737_418_240, 12_884_901_888,
    ])
    const { Snapshots } = await scene.engine.describeSnapshots({})
    expect(Snapshots.map(({ VolumeSize }) => VolumeSize)).toEqual([15, 15, 15])
    expect(await mapOf(scene, a)).toEqual([[a, 0, 10 * GIB]])
    expect(await mapOf(scene, b)).toEqual([
      [a, 0, 6 * GIB],
      [b, 6 * GIB, 10 * GIB],
    ])
    expect(await mapOf(scene, c)).toEqual([
      [a, 0, 6 * GIB],
      [b, 6 * GIB, 10 * GIB],
      [c, 10 * GIB, 12 * GIB],
    ])
    expect(await scene.engine.listSharing({ snapshotId: c })).toEqual([
      { snapshotId: b, sharedBytes: 10 * GIB },
      { snapshotId: a, sharedBytes: 6 * GIB },
    ])
  })

  it('W7: with A and B only, deleting A frees 4 of 14; B keeps its 4 and 6 of A', async () => {
    const { scene, ids } = await chain(GIB, 15, ABC.slice(0, 2))
    const plan = await scene.remove([ids[0]!])
    expect(plan).toMatchObject({ releasedBytes: 4 * GIB, storedBytesBefore: 14 * GIB })
    await scene.reclaim()
    const { storedBytes, snapshots } = await scene.view()
    expect(storedBytes).toBe(10 * GIB)
    expect(snapshots).toMatchObject([{ addedBytes: 4 * GIB, inheritedBytes: 6 * GIB }])
  })

  it.each([
    ['W8', [1], 0, 16, { A: 10, C: 6 }],
    ['W9', [0], 4, 12, { B: 10, C: 2 }],
    ['W10', [2], 2, 14, { A: 10, B: 4 }],
    ['W11', [0, 1], 4, 12, { C: 12 }],
    ['W12', [1, 2], 6, 10, { A: 10 }],
  ])('F10, %s: deleting %j frees %i GiB and leaves %i', async (_, doomed, freed, left, charged) => {
    const { scene, ids } = await chain(GIB, 15, ABC)
    const charges = async () => {
      const { snapshots } = await scene.view()
      const inGib = snapshots.map((s) => [
        'ABC'[ids.indexOf(s.snapshotId)],
        s.storedHereBytes / GIB,
      ])
      return Object.fromEntries(inGib)
    }
    expect(await charges()).toEqual({ A: 10, B: 4, C: 2 })
    expect(await releasedAlone(scene, ids)).toEqual([4 * GIB, 0, 2 * GIB])
    const plan = await scene.remove(doomed.map((i) => ids[i]!))
    expect(plan.releasedBytes).toBe(freed * GIB)
    const survivors = ids.filter((_, i) => !doomed.includes(i))
    for (const isReclaimed of [false, true]) {
      if (isReclaimed) await scene.reclaim()
      expect((await scene.view()).storedBytes).toBe(left * GIB)
      expect(await charges()).toEqual(charged)
      const { Snapshots } = await scene.engine.describeSnapshots({})
      expect(Snapshots.map(({ SnapshotId }) => SnapshotId)).toEqual(survivors)
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

it('F2, F4, W14: 50 of 200 GiB, then 20 changed and 10 added; the rest is nowhere', async () => {
  const { scene, volumeId, ids } = await chain(GIB, 200, [[0, 50]])
  const spans = [
    { offsetBytes: 0, lengthBytes: 20 * GIB },
    { offsetBytes: 100 * GIB, lengthBytes: 10 * GIB },
  ]
  await scene.engine.writeFill({ volumeId, spans, seed: 'second' })
  ids.push(await scene.snapshot(volumeId))
  const { snapshots, storedBytes } = await scene.view()
  expect(snapshots.map((s) => s.storedHereBytes / GIB)).toEqual([50, 30])
  expect(storedBytes).toBe(80 * GIB)
  expect(snapshots.map((s) => s.fullBytes / GIB)).toEqual([50, 60])
  const [first, second] = ids as [SnapshotId, SnapshotId]
  expect(await mapOf(scene, first)).toEqual([[first, 0, 50 * GIB]])
  expect(await mapOf(scene, second)).toEqual([
    [second, 0, 20 * GIB],
    [first, 20 * GIB, 50 * GIB],
    [second, 100 * GIB, 110 * GIB],
  ])
  const { stored } = await scene.engine.reportCost({ snapshotIds: [] })
  expect(stored).toEqual({ amount: 4, formula: '80 GiB x 0.05 = 4' })
  expect(await releasedAlone(scene, ids)).toEqual([20 * GIB, 30 * GIB])
  await scene.remove([first])
  await scene.reclaim()
  expect(await scene.view()).toMatchObject({
    ...{ storedBytes: 60 * GIB, snapshots: [{ storedHereBytes: 60 * GIB, fullBytes: 60 * GIB }] },
  })
})

it('F12, W11, a block for a GiB: each survivor of each deletion restores byte for byte', async () => {
  for (const deletions of [[[0, 1]], [[0], [2]], [[1], [2]], [[2]]]) {
    const scene = await Scene.begin()
    const volumeId = await scene.managed(blocks(15))
    const taken = new Map<number, { id: SnapshotId; bytes: Buffer }>()
    const disk = Buffer.alloc(blocks(15))
    for (const [i, [at, length]] of ABC.entries()) {
      const bytes = noise(i, blocks(length))
      bytes.copy(disk, blocks(at))
      await scene.write(volumeId, blocks(at), bytes)
      taken.set(i, { id: await scene.snapshot(volumeId), bytes: Buffer.from(disk) })
    }
    for (const doomed of deletions) {
      await scene.remove(doomed.map((i) => taken.get(i)!.id))
      await scene.reclaim()
      for (const i of doomed) taken.delete(i)
      for (const { id, bytes } of taken.values()) {
        expect((await scene.bytesOf(id)).equals(bytes)).toBe(true)
      }
    }
    expect(await scene.verify()).toMatchObject({ ok: true })
  }
})
