import { describe, expect, test } from 'vitest'
import type { SnapshotId, VolumeId } from '../contract/ids.ts'
import { noise } from '../testing/make-image.ts'
import { blocks, Scene } from './testing/scene.ts'

/**
 * Two snapshots of a volume of six blocks, `b` with the first two rewritten. Per block: `a` alone
 * reads its own 0 and 1, both read 2 to 5.
 */
async function twoSnapshots() {
  const scene = await Scene.begin({ compression: 'none' })
  const origin = await scene.managed(blocks(6), 'origin')
  await scene.write(origin, 0, noise(1, blocks(6)))
  const a = await scene.snapshot(origin, { name: 'a' })
  await scene.write(origin, 0, noise(2, blocks(2)))
  const b = await scene.snapshot(origin, { name: 'b' })
  const waiting = (snapshotId: SnapshotId, name: string) =>
    scene.clone(snapshotId, name, undefined, true)
  return { scene, a, b, waiting }
}

/** Loads all of a volume. @returns whether it holds the noise of this seed */
async function loadsAsNoise(scene: Scene, volumeId: VolumeId, seed: number): Promise<boolean> {
  await scene.done(await scene.engine.loadVolume({ volumeId }))
  const bytes = await scene.bytesOf(await scene.snapshot(volumeId))
  return bytes.equals(noise(seed, blocks(6)))
}

describe('a snapshot that goes while a volume loads from it', () => {
  test('gives back only what the volume has already; the rest when it is done', async () => {
    const { scene, a, b, waiting } = await twoSnapshots()
    const volumeId = await waiting(a, 'lazy')
    await scene.engine.touchVolume({ volumeId, firstBlock: 0, blockCount: 1 })
    expect(await scene.snapshotOf(a)).toMatchObject({
      fullBytes: blocks(6),
      sharedBytes: blocks(4),
      releasedIfDeletedBytes: blocks(1),
      heldIfDeletedBytes: blocks(1),
    })
    const plan = await scene.remove([a])
    expect(plan).toMatchObject({
      releasedBytes: blocks(1),
      heldBytes: blocks(1),
      heldBy: [{ volumeId, heldBytes: blocks(1) }],
      keptBytes: blocks(4),
      singleSumBytes: blocks(1),
      surplusBytes: 0,
      storedBytesBefore: blocks(8),
      storedBytesAfter: blocks(6),
    })
    const deleted = await scene.view()
    expect(deleted).toMatchObject({ storedBytes: blocks(6), heldBytes: blocks(1) })
    expect(deleted.reclaimableBytes).toBe(blocks(1))
    const first = await scene.reclaim()
    expect(await scene.view()).toMatchObject({ heldBytes: blocks(1), reclaimableBytes: 0 })
    expect(await scene.verify()).toMatchObject({ ok: true })

    expect((await scene.engine.describeVolumeStatus({ volumeId })).loadedBytes).toBe(blocks(1))
    // And then all of what was deleted with it, while it still loads.
    const rest = await scene.remove([b])
    expect(rest).toMatchObject({ releasedBytes: blocks(2), heldBytes: blocks(4), keptBytes: 0 })
    await scene.reclaim()
    expect(await scene.view()).toMatchObject({ storedBytes: 0, heldBytes: blocks(5) })
    await scene.reopen()
    expect(await scene.view()).toMatchObject({ storedBytes: 0, heldBytes: blocks(5) })
    expect(await loadsAsNoise(scene, volumeId, 1)).toBe(true)
    expect(await scene.view()).toMatchObject({ storedBytes: blocks(6), heldBytes: 0 })
    const last = await scene.reclaim()
    expect(first.reclaimedBytes + last.reclaimedBytes).toBeGreaterThan(0)
    const { physicalBytes, reclaimableBytes } = await scene.view()
    // Six blocks of the new snapshot and a header: nothing of the deleted ones is left.
    expect({ physicalBytes, reclaimableBytes }).toEqual({
      physicalBytes: blocks(6) + 4_096,
      reclaimableBytes: 0,
    })
  })

  test('holds for two volumes what both need, until the last of them has it', async () => {
    const { scene, a, b, waiting } = await twoSnapshots()
    const one = await waiting(a, 'one')
    const two = await waiting(b, 'two')
    const plan = await scene.remove([a, b])
    expect(plan).toMatchObject({ releasedBytes: 0, heldBytes: blocks(8), keptBytes: 0 })
    expect(plan.heldBy.map(({ heldBytes }) => heldBytes)).toEqual([blocks(6), blocks(6)])
    await scene.reclaim()
    expect(await scene.view()).toMatchObject({ heldBytes: blocks(8), snapshots: [], remnants: [] })
    // Written anew or removed is as good as loaded.
    await scene.write(one, blocks(4), noise(9, blocks(2)))
    expect((await scene.view()).heldBytes).toBe(blocks(8))
    await scene.engine.removeVolume({ volumeId: one })
    expect((await scene.view()).heldBytes).toBe(blocks(6))
    await scene.engine.touchVolume({ volumeId: two, firstBlock: 5, blockCount: 1 })
    expect((await scene.view()).heldBytes).toBe(blocks(5))
    expect(await scene.verify()).toMatchObject({ ok: true, blocksChecked: 5 })
    await scene.done(await scene.engine.loadVolume({ volumeId: two }))
    await scene.reclaim()
    expect(await scene.view()).toMatchObject({ heldBytes: 0, physicalBytes: 0 })
  })

  test('comes back whole when its deletion is undone', async () => {
    const { scene, a, waiting } = await twoSnapshots()
    const volumeId = await waiting(a, 'lazy')
    await scene.remove([a], 60_000)
    expect((await scene.view()).heldBytes).toBe(blocks(2))
    await scene.engine.undoDeletion({})
    expect(await scene.view()).toMatchObject({ heldBytes: 0, storedBytes: blocks(8) })
    expect((await scene.bytesOf(a)).equals(noise(1, blocks(6)))).toBe(true)
    expect(await loadsAsNoise(scene, volumeId, 1)).toBe(true)
  })
})
