import { describe, expect, test } from 'vitest'
import type { SnapshotId } from '../contract/ids.ts'
import { noise } from '../testing/make-image.ts'
import { blocks, Scene } from './testing/scene.ts'

/** Snapshots A, B, C of a volume of real bytes: 10, 4 and 2 blocks. */
async function chain() {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(15))
  const ids: SnapshotId[] = []
  for (const [i, [at, length]] of [
    [0, 10],
    [6, 4],
    [10, 2],
  ].entries()) {
    await scene.write(volumeId, blocks(at!), noise(i, blocks(length!)))
    ids.push(await scene.snapshot(volumeId, { name: 'ABC'[i]! }))
  }
  const [a, b, c] = ids as [SnapshotId, SnapshotId, SnapshotId]
  return { scene, volumeId, a, b, c }
}

const names = async (scene: Scene) => (await scene.view()).snapshots.map(({ name }) => name)

describe('a deletion', () => {
  test('does what its plan said', async () => {
    const { scene, a, b, c } = await chain()
    const plan = await scene.remove([b, c])
    expect(plan).toMatchObject({
      releasedBytes: blocks(6),
      singleSumBytes: blocks(2),
      surplusBytes: blocks(4),
      keptBytes: blocks(6),
      storedBytesBefore: blocks(16),
      storedBytesAfter: blocks(10),
      heirs: [],
    })
    const { storedBytes, deletions } = await scene.view()
    expect(storedBytes).toBe(plan.storedBytesAfter)
    expect(deletions).toMatchObject([{ snapshotIds: [b, c], releasedBytes: blocks(6) }])
    expect(await scene.snapshotOf(a)).toMatchObject({ releasedIfDeletedBytes: blocks(10) })
    const steps = await scene.engine.listHistory()
    expect(steps.at(-1)).toMatchObject({ storedDeltaBytes: -blocks(6), isUndone: false })
  })

  test('F11: names the heir, the next later one, which is charged as promised', async () => {
    const { scene, a, b, c } = await chain()
    const plan = await scene.remove([a])
    expect(plan.heirs).toEqual([{ snapshotId: b, inheritedBytes: blocks(6) }])
    expect(await scene.snapshotOf(b)).toMatchObject({ inheritedBytes: blocks(6) })
    expect(await scene.snapshotOf(c)).toMatchObject({ inheritedBytes: 0 })
    const { heirs } = await scene.remove([b])
    expect(heirs).toEqual([{ snapshotId: c, inheritedBytes: blocks(10) }])
    expect(await scene.snapshotOf(c)).toMatchObject({ storedHereBytes: blocks(12) })
  })

  test('F13: of one in the middle releases what it and the next one both changed', async () => {
    const { scene, volumeId, b, c } = await chain()
    await scene.write(volumeId, blocks(8), noise(9, blocks(3)))
    const d = await scene.snapshot(volumeId)
    const changed = async (fromId: SnapshotId, toId: SnapshotId) =>
      (await scene.engine.diffSnapshots({ fromId, toId })).ranges.flatMap(
        ({ firstBlock, blockCount }) =>
          Array.from({ length: blockCount }, (_, i) => firstBlock + i),
      )
    const [inC, inD] = [await changed(b, c), await changed(c, d)]
    expect([inC, inD]).toEqual([
      [10, 11],
      [8, 9, 10],
    ])
    const both = inC.filter((index) => inD.includes(index))
    expect(await scene.snapshotOf(c)).toMatchObject({ releasedIfDeletedBytes: blocks(both.length) })
    expect((await scene.remove([c])).releasedBytes).toBe(blocks(1))
  })

  test('naming one twice counts it once', async () => {
    const { scene, c } = await chain()
    expect((await scene.remove([c, c])).releasedBytes).toBe(blocks(2))
  })

  test('by a stale plan is refused and changes nothing', async () => {
    const { scene, volumeId, a } = await chain()
    const { revision } = await scene.engine.planDeletion({ snapshotIds: [a] })
    await scene.fill(volumeId, 0, 1, 'something')
    const before = await scene.view()
    const deleting = scene.engine.deleteSnapshots({ snapshotIds: [a], revision, undoableMs: 0 })
    await expect(deleting).rejects.toMatchObject({ code: 'PLAN_STALE' })
    expect(await scene.view()).toEqual(before)
  })

  test('of one that is unknown or deleted is refused', async () => {
    const { scene, a, b } = await chain()
    await scene.remove([a], 1_000)
    const plan = (id: SnapshotId) => scene.engine.planDeletion({ snapshotIds: [b, id] })
    await expect(plan(a)).rejects.toMatchObject({ code: 'InvalidSnapshot.NotFound' })
    const nobody = 'snap-00000000000000000' as SnapshotId
    await expect(plan(nobody)).rejects.toMatchObject({ code: 'InvalidSnapshot.NotFound' })
  })
})

describe('undo', () => {
  test('takes back the newest, then the one before, each with every figure', async () => {
    const { scene, a, b } = await chain()
    const all = await scene.view()
    await scene.remove([a], 1_000)
    const without = await scene.view()
    scene.nowMs += 1
    await scene.remove([b], 1_000)
    expect((await scene.engine.undoDeletion({})).snapshotIds).toEqual([b])
    expect((await scene.view()).snapshots).toEqual(without.snapshots)
    expect((await scene.engine.undoDeletion({})).snapshotIds).toEqual([a])
    expect(await scene.view()).toMatchObject({
      snapshots: all.snapshots,
      storedBytes: all.storedBytes,
      deletions: [],
      remnants: [],
    })
    await expect(scene.engine.undoDeletion({})).rejects.toMatchObject({ code: 'NOTHING_TO_UNDO' })
  })

  test('takes back one by its id, and says so in the history', async () => {
    const { scene, a, b } = await chain()
    await scene.remove([a], 1_000)
    await scene.remove([b], 1_000)
    const [first] = (await scene.view()).deletions
    await scene.engine.undoDeletion({ deletionId: first!.deletionId })
    expect(await names(scene)).toEqual(['A', 'C'])
    const steps = await scene.engine.listHistory()
    expect(steps.slice(-3).map(({ isUndone }) => isUndone)).toEqual([true, false, false])
  })

  test('gives another name where the old one was taken meanwhile', async () => {
    const { scene, a, c } = await chain()
    await scene.remove([a], 1_000)
    await scene.engine.renameSnapshot({ snapshotId: c, name: 'A' })
    await scene.engine.undoDeletion({})
    expect(await names(scene)).toEqual(['A (2)', 'B', 'A'])
  })

  test('works after the library was closed and opened', async () => {
    const { scene, a } = await chain()
    const before = (await scene.view()).snapshots
    await scene.remove([a], 1_000)
    await scene.reopen()
    await scene.engine.undoDeletion({})
    expect((await scene.view()).snapshots).toEqual(before)
  })

  test('is refused once the space was reclaimed', async () => {
    const { scene, a } = await chain()
    await scene.remove([a], 1_000)
    const [deletion] = (await scene.view()).deletions
    await scene.reclaim()
    const { deletionId } = deletion!
    await expect(scene.engine.undoDeletion({ deletionId })).rejects.toMatchObject({
      code: 'NOTHING_TO_UNDO',
    })
  })

  test('of one deletion stays possible while the space of another is reclaimed', async () => {
    const { scene, a, b } = await chain()
    const bytes = await scene.bytesOf(a)
    await scene.remove([a], 60_000)
    await scene.remove([b], 1_000)
    scene.nowMs += 2_000
    await scene.reclaim(false)
    expect((await scene.view()).deletions).toMatchObject([{ snapshotIds: [a] }])
    await scene.engine.undoDeletion({})
    expect((await scene.bytesOf(a)).equals(bytes)).toBe(true)
    expect(await names(scene)).toEqual(['A', 'C'])
    expect((await scene.view()).storedBytes).toBe(blocks(16))
  })
})
