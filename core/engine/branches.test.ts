import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { SnapshotId } from '../contract/ids.ts'
import { noise } from '../testing/make-image.ts'
import { blocks, noises, Scene } from './testing/scene.ts'

/** A trunk with three blocks, and two branches that each rewrote another one of them. */
async function fork() {
  const scene = await Scene.begin()
  const trunk = await scene.managed(blocks(3), 'trunk')
  const base = noise(1, blocks(3))
  await scene.write(trunk, 0, base)
  const root = await scene.snapshot(trunk)
  const tips: { id: SnapshotId; bytes: Buffer }[] = []
  for (const [i, name] of ['left', 'right'].entries()) {
    const volumeId = await scene.clone(root, name)
    const change = noise(10 + i, blocks(1))
    await scene.write(volumeId, blocks(i), change)
    const bytes = Buffer.from(base)
    change.copy(bytes, blocks(i))
    tips.push({ id: await scene.snapshot(volumeId), bytes })
  }
  return { scene, trunk, base, root, tips }
}

async function expectTips(scene: Scene, tips: Awaited<ReturnType<typeof fork>>['tips']) {
  for (const { id, bytes } of tips) expect((await scene.bytesOf(id)).equals(bytes)).toBe(true)
}

describe('a volume made from a snapshot', () => {
  test('reads the same bytes, refers to it as its parent, and stores nothing', async () => {
    const { scene, base, root } = await fork()
    const id = await scene.snapshot(await scene.clone(root, 'third'))
    expect(await scene.snapshotOf(id)).toMatchObject({ parentId: root, storedHereBytes: 0 })
    expect((await scene.bytesOf(id)).equals(base)).toBe(true)
  })

  test('of a linked image too: with holes, fills and a partial last block', async () => {
    const scene = await Scene.begin()
    const file = scene.image(
      [...noises(1), { kind: 'hole' }, { kind: 'fill', byte: 3 }, ...noises(2)],
      blocks(3) + 99,
    )
    const id = await scene.snapshot(await scene.linked(file))
    const volumeId = await scene.clone(id, 'branch', blocks(5))
    await scene.write(volumeId, blocks(2) + 1, Buffer.from('over the fill'))
    const expected = Buffer.concat([readFileSync(file), Buffer.alloc(blocks(2) - 99)])
    expected.write('over the fill', blocks(2) + 1)
    const next = await scene.snapshot(volumeId)
    expect((await scene.bytesOf(next)).equals(expected)).toBe(true)
    expect((await scene.snapshotOf(next)).storedHereBytes).toBe(blocks(1))
  })

  test('W44: is refused smaller than the snapshot, or from one that is gone', async () => {
    const { scene, root } = await fork()
    await expect(scene.clone(root, 'small', blocks(2))).rejects.toMatchObject({
      code: 'SIZE_REFUSED',
    })
    await scene.remove([root], 1_000)
    await expect(scene.clone(root, 'late')).rejects.toMatchObject({
      code: 'InvalidSnapshot.NotFound',
    })
  })
})

describe('the ancestor of two branches is deleted', () => {
  test('it stays as a remnant as long as both read through it', async () => {
    const { scene, trunk, root, tips } = await fork()
    await scene.engine.removeVolume({ volumeId: trunk })
    const plan = await scene.remove([root])
    expect(plan.releasedBytes).toBe(0)
    await scene.reclaim()
    const { remnants } = await scene.view()
    expect(remnants).toMatchObject([{ snapshotId: root, heldBytes: blocks(3) }])
    await expectTips(scene, tips)

    await scene.remove([tips[1]!.id])
    await scene.reclaim()
    const after = await scene.view()
    expect(after.remnants).toEqual([])
    expect(after.storedBytes).toBe(blocks(3))
    await expectTips(scene, tips.slice(0, 1))
    expect(await scene.verify()).toMatchObject({ ok: true, blocksChecked: 3 })
  })

  test('F11: what the branches share is charged to the older one', async () => {
    const { scene, root, tips } = await fork()
    await scene.remove([root])
    for (const isReclaimed of [false, true]) {
      if (isReclaimed) await scene.reclaim()
      const charged = await Promise.all(tips.map(({ id }) => scene.snapshotOf(id)))
      // Block 2 is read by both, block 1 by the left alone, block 0 by the right alone.
      expect(charged.map((s) => s.inheritedBytes)).toEqual([blocks(2), blocks(1)])
      expect(charged.map((s) => s.addedBytes)).toEqual([blocks(1), blocks(1)])
    }
  })
})

describe('the base of a head is deleted', () => {
  test.each([
    ['before its space is reclaimed', false],
    ['after its space was reclaimed', true],
  ])('the next snapshot stores what only the deleted one had, %s', async (_, isReclaimed) => {
    const scene = await Scene.begin()
    const volumeId = await scene.managed(blocks(4))
    const disk = noise(1, blocks(4))
    await scene.write(volumeId, 0, disk)
    const a = await scene.snapshot(volumeId)
    noise(2, blocks(2)).copy(disk, 0)
    await scene.write(volumeId, 0, disk.subarray(0, blocks(2)))
    const b = await scene.snapshot(volumeId)
    await scene.remove([b], isReclaimed ? 0 : 1_000)
    if (isReclaimed) await scene.reclaim()
    const head = (await scene.view()).volumes[0]?.head
    expect(head).toMatchObject({ baseId: a, changedBytes: blocks(2) })
    const c = await scene.snapshot(volumeId)
    expect(await scene.snapshotOf(c)).toMatchObject({ parentId: a, storedHereBytes: blocks(2) })
    expect((await scene.bytesOf(c)).equals(disk)).toBe(true)
    await scene.remove([a])
    await scene.reclaim()
    expect((await scene.bytesOf(c)).equals(disk)).toBe(true)
    expect((await scene.view()).storedBytes).toBe(blocks(4))
  })

  test('of a linked one: unchanged bytes are stored anew where nobody holds them', async () => {
    const scene = await Scene.begin()
    const file = scene.image(noises(1, 2, 3))
    const volumeId = await scene.linked(file)
    const a = await scene.snapshot(volumeId)
    await scene.remove([a], 1_000)
    const b = await scene.snapshot(volumeId)
    expect(await scene.snapshotOf(b)).toMatchObject({
      parentId: null,
      storedHereBytes: blocks(3),
    })
    await scene.reclaim()
    expect((await scene.bytesOf(b)).equals(readFileSync(file))).toBe(true)
  })

  test('and its deletion undone in between: both are whole, each with its own blocks', async () => {
    const scene = await Scene.begin()
    const volumeId = await scene.managed(blocks(2))
    const disk = noise(1, blocks(2))
    await scene.write(volumeId, 0, disk)
    const a = await scene.snapshot(volumeId)
    await scene.remove([a], 1_000)
    const b = await scene.snapshot(volumeId)
    await scene.engine.undoDeletion({})
    const c = await scene.snapshot(volumeId)
    for (const id of [a, b, c]) expect((await scene.bytesOf(id)).equals(disk)).toBe(true)
    expect((await scene.view()).storedBytes).toBe(blocks(4))
    expect(await scene.snapshotOf(c)).toMatchObject({ parentId: b, storedHereBytes: 0 })
  })

  test('while the next snapshot is being taken', async () => {
    const scene = await Scene.begin()
    const file = scene.image(noises(...Array.from({ length: 30 }, (_, i) => i)))
    const volumeId = await scene.linked(file)
    const a = await scene.snapshot(volumeId)
    const taking = await scene.engine.takeSnapshot({ volumeId })
    await scene.remove([a])
    const reclaiming = await scene.engine.reclaim({ now: true })
    await scene.done(taking)
    await scene.done(reclaiming)
    expect((await scene.bytesOf(taking.snapshotId)).equals(readFileSync(file))).toBe(true)
    expect(await scene.verify()).toMatchObject({ ok: true, blocksChecked: 30 })
  })
})
