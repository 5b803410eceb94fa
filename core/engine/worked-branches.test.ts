import { describe, expect, it } from 'vitest'
import { BLOCK_BYTES } from '../contract/units.ts'
import { noise } from '../testing/make-image.ts'
import { blocks, Scene } from './testing/scene.ts'
import { ABC, chain, GIB, MIB, mapOf, next, releasedAlone } from './testing/worked-chains.ts'

describe('volumes made from a snapshot', () => {
  it('F5, W15: a snapshot of the second volume stores only what was added, and reads the rest of A', async () => {
    const { scene, volumeId, ids } = await chain(GIB, 15, [[0, 10]])
    const two = await scene.clone(ids[0]!, 'two', 20 * GIB)
    ids.push(await next(scene, two, GIB, [10, 4]))
    expect(two).not.toBe(volumeId)
    expect(await scene.snapshotOf(ids[1]!)).toMatchObject({
      ...{ volumeId: two, parentId: ids[0], storedHereBytes: 4 * GIB, fullBytes: 14 * GIB },
    })
    expect(await mapOf(scene, ids[1]!)).toEqual([
      [ids[0], 0, 10 * GIB],
      [ids[1], 10 * GIB, 14 * GIB],
    ])
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
    const { storedBytes, snapshots } = await scene.view()
    expect(storedBytes).toBe(12 * GIB)
    expect(snapshots.map((s) => s.storedHereBytes / GIB)).toEqual([10, 1, 1])
    expect(await scene.remove([ids[0]!])).toMatchObject({ releasedBytes: freed * GIB })
    await scene.reclaim()
    expect((await scene.view()).storedBytes).toBe((12 - freed) * GIB)
  })

  it('F7, W19: with nothing written it stores nothing, reads A alone, and needs neither B nor C', async () => {
    const { scene, ids } = await chain(GIB, 15, ABC)
    expect((await scene.snapshotOf(ids[0]!)).parentId).toBeNull()
    const d = await scene.snapshot(await scene.clone(ids[0]!, 'two'))
    const map = [[ids[0], 0, 10 * GIB]]
    for (const isAlone of [false, true]) {
      if (isAlone) {
        await scene.remove([ids[1]!, ids[2]!])
        await scene.reclaim()
      }
      expect(await scene.snapshotOf(d)).toMatchObject({
        ...{ storedHereBytes: 0, fullBytes: 10 * GIB, parentId: ids[0] },
      })
      expect(await mapOf(scene, d)).toEqual(map)
    }
    expect((await scene.view()).storedBytes).toBe(10 * GIB)
  })

  it('F18, W44: one of 8 GiB is refused for a snapshot of 10, as it is documented', async () => {
    const { scene, ids } = await chain(GIB, 10, [[0, 1]])
    const before = await scene.view()
    await expect(scene.clone(ids[0]!, 'small', 8 * GIB)).rejects.toMatchObject({
      code: 'SIZE_REFUSED',
      message: `A size of ${8 * GIB} bytes is less than the ${10 * GIB} bytes that are needed.`,
    })
    // Nor is it made larger silently.
    expect(await scene.view()).toEqual(before)
    const volumeId = await scene.clone(ids[0]!, 'as large')
    const { volumes } = await scene.view()
    expect(volumes.find((each) => each.volumeId === volumeId)?.sizeBytes).toBe(10 * GIB)
  })
})

describe('the smallest writes', () => {
  it.each([
    [1, 0, 0, 1],
    [1, 524_287, 0, 1],
    [1, 524_288, 1, 1],
    [2, 524_287, 0, 2],
  ])('F1, W40: %i bytes at offset %i change, from block %i on, %i', async (...row) => {
    const [length, at, firstBlock, changed] = row
    expect([BLOCK_BYTES, GIB / BLOCK_BYTES]).toEqual([524_288, 2_048])
    const { scene, volumeId, ids } = await chain(BLOCK_BYTES, 4, [[0, 4]])
    const before = await scene.bytesOf(ids[0]!)
    const bytes = noise(1, length)
    await scene.write(volumeId, at, bytes)
    const id = await scene.snapshot(volumeId)
    expect((await scene.snapshotOf(id)).storedHereBytes).toBe(blocks(changed))
    expect(await scene.engine.diffSnapshots({ fromId: ids[0]!, toId: id })).toEqual({
      ranges: [{ firstBlock, blockCount: changed, change: 'changed' }],
      ...{ addedBytes: 0, changedBytes: blocks(changed), removedBytes: 0 },
    })
    const after = await scene.bytesOf(id)
    bytes.copy(before, at)
    expect(after.equals(before)).toBe(true)
  })

  it('F4, W43: a volume that was never written has no block, a full size of 0 and restores as zeros', async () => {
    const scene = await Scene.begin()
    const id = await scene.snapshot(await scene.managed(3 * MIB + 5))
    expect(await mapOf(scene, id)).toEqual([])
    expect(await scene.snapshotOf(id)).toMatchObject({ fullBytes: 0, storedHereBytes: 0 })
    expect(await scene.view()).toMatchObject({ storedBytes: 0, physicalBytes: 0 })
    expect((await scene.engine.reportCost({ snapshotIds: [] })).stored.amount).toBe(0)
    const { Snapshots } = await scene.engine.describeSnapshots({ snapshotIds: [id] })
    expect(Snapshots).toMatchObject([{ FullSnapshotSizeInBytes: 0 }])
    expect((await scene.bytesOf(id)).equals(Buffer.alloc(3 * MIB + 5))).toBe(true)
  })
})
