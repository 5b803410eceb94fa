import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { canPunchHoles } from '../blocks/punch.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { noise } from '../testing/make-image.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import { blocks, Scene } from './testing/scene.ts'

afterEach(() => void vi.unstubAllEnvs())

const segmentsOf = (scene: Scene) => {
  const folder = join(scene.library, 'regions/local/segments')
  return readdirSync(folder).map((file) => join(folder, file))
}
const onDiskBytes = (scene: Scene) =>
  segmentsOf(scene).reduce((sum, file) => sum + statSync(file).blocks * 512, 0)

/** A volume of noise; each step rewrites its first blocks; a snapshot after each. */
async function rewritten(blockCount: number, rewrites: readonly number[]) {
  const scene = await Scene.begin({ compression: 'none' })
  const volumeId = await scene.managed(blocks(blockCount))
  const disk = Buffer.alloc(blocks(blockCount))
  const taken: { id: SnapshotId; bytes: Buffer }[] = []
  for (const [i, count] of [blockCount, ...rewrites].entries()) {
    const bytes = noise(i, blocks(count))
    bytes.copy(disk)
    await scene.write(volumeId, 0, bytes)
    taken.push({ id: await scene.snapshot(volumeId), bytes: Buffer.from(disk) })
  }
  return { scene, taken }
}

/** Reclaims and holds what it tells against the disk, the figures and every restore. */
async function reclaimed(scene: Scene, kept: readonly { id: SnapshotId; bytes: Buffer }[]) {
  const before = await scene.view()
  const diskBefore = onDiskBytes(scene)
  const result = await scene.reclaim()
  const after = await scene.view()
  expect(after.snapshots).toEqual(before.snapshots)
  expect(after.storedBytes).toBe(before.storedBytes)
  expect(diskBefore - onDiskBytes(scene)).toBe(result.reclaimedBytes)
  expect(after.physicalBytes).toBe(onDiskBytes(scene))
  expect(result.physicalBytes).toBe(after.physicalBytes)
  expect(result.rewrittenBytes).toBeLessThanOrEqual(2 * result.reclaimedBytes)
  for (const { id, bytes } of kept) expect((await scene.bytesOf(id)).equals(bytes)).toBe(true)
  expect(await scene.verify()).toMatchObject({ ok: true })
  return result
}

describe('reclaiming', () => {
  test('unlinks what is wholly dead', async () => {
    const { scene, taken } = await rewritten(6, [3])
    await scene.remove([taken[1]!.id])
    const result = await reclaimed(scene, taken.slice(0, 1))
    expect(result).toMatchObject({ rewrittenBytes: 0, reclaimedBytes: blocks(3) + 4_096 })
    expect(segmentsOf(scene)).toHaveLength(1)
  })

  test('punches holes where less than half is dead', async ({ skip }) => {
    if (!(await canPunchHoles(tempFolder()))) skip('this disk or system cannot punch holes')
    const { scene, taken } = await rewritten(8, [3])
    await scene.remove([taken[0]!.id])
    const result = await reclaimed(scene, taken.slice(1))
    expect(result).toMatchObject({ rewrittenBytes: 0, reclaimedBytes: blocks(3) })
  })

  test('offers again what could not be punched', async ({ skip }) => {
    if (!(await canPunchHoles(tempFolder()))) skip('this disk or system cannot punch holes')
    const { scene, taken } = await rewritten(8, [3])
    await scene.remove([taken[0]!.id])
    const path = process.env.PATH ?? ''
    // Holes can be made where it is tried, and nowhere else.
    const folder = tempFolder()
    const fails = `#!/bin/sh\nfor file; do :; done\ncase "$file" in *.probe) PATH='${path}' exec fallocate "$@";; esac\nexit 1\n`
    writeFileSync(join(folder, 'fallocate'), fails, { mode: 0o755 })
    vi.stubEnv('PATH', `${folder}:${path}`)
    expect(await scene.reclaim()).toMatchObject({ reclaimedBytes: 0 })
    expect((await scene.view()).reclaimableBytes).toBe(blocks(3))
    vi.unstubAllEnvs()
    expect(await reclaimed(scene, taken.slice(1))).toMatchObject({ reclaimedBytes: blocks(3) })
    expect((await scene.view()).reclaimableBytes).toBe(0)
  })

  test('copies what lives out of a segment that is mostly dead', async () => {
    const { scene, taken } = await rewritten(8, [6])
    await scene.remove([taken[0]!.id])
    const result = await reclaimed(scene, taken.slice(1))
    expect(result.rewrittenBytes).toBe(blocks(2) + 4_096)
    expect(result.reclaimedBytes).toBe(blocks(6))
  })

  test('again and again, down to nothing', async () => {
    const { scene, taken } = await rewritten(8, [1, 2, 3, 4, 5, 6])
    const order = [2, 0, 5, 3, 6, 1, 4]
    for (const [i, doomed] of order.entries()) {
      await scene.remove([taken[doomed]!.id])
      const left = order.slice(i + 1).map((at) => taken[at]!)
      await reclaimed(scene, left)
      expect((await scene.view()).reclaimableBytes).toBe(0)
    }
    expect(segmentsOf(scene)).toEqual([])
    expect(await scene.view()).toMatchObject({ storedBytes: 0, physicalBytes: 0 })
  })

  test('with nothing to do does nothing', async () => {
    const { scene, taken } = await rewritten(2, [])
    expect(await reclaimed(scene, taken)).toMatchObject({ reclaimedBytes: 0, rewrittenBytes: 0 })
  })

  test('tells beforehand what it can give back', async () => {
    const { scene, taken } = await rewritten(8, [6])
    await scene.remove([taken[0]!.id], 1_000)
    expect((await scene.view()).reclaimableBytes).toBe(blocks(6))
    await scene.engine.undoDeletion({})
    expect((await scene.view()).reclaimableBytes).toBe(0)
  })

  test('leaves a deletion alone whose time is not over', async () => {
    const { scene, taken } = await rewritten(4, [2])
    await scene.remove([taken[1]!.id], 60_000)
    expect(await scene.reclaim(false)).toMatchObject({ reclaimedBytes: 0 })
    scene.nowMs += 60_000
    expect(await scene.reclaim(false)).toMatchObject({ reclaimedBytes: blocks(2) + 4_096 })
  })

  test('cancelled in the middle leaves all whole; the next one does the rest', async () => {
    const { scene, taken } = await rewritten(40, [30])
    await scene.remove([taken[0]!.id])
    const { jobId } = await scene.engine.reclaim({ now: true })
    await scene.engine.cancelJob({ jobId })
    expect((await scene.engine.awaitJob({ jobId })).state).toBe('cancelled')
    expect(await scene.verify()).toMatchObject({ ok: true })
    const second = await scene.engine.reclaim({ now: true })
    setTimeout(() => void scene.engine.cancelJob(second), 5)
    await scene.engine.awaitJob(second)
    await reclaimed(scene, taken.slice(1))
    expect((await scene.view()).reclaimableBytes).toBe(0)
  })

  test('goes on where a segment is missing, and forgets it with its snapshots', async () => {
    const { scene, taken } = await rewritten(4, [2])
    for (const file of segmentsOf(scene)) rmSync(file)
    await scene.remove(taken.map(({ id }) => id))
    await scene.reclaim()
    expect(await scene.view()).toMatchObject({ physicalBytes: 0, reclaimableBytes: 0 })
    expect(await scene.verify()).toMatchObject({ ok: true })
  })

  test('waits for a restore, and a restore for it', async () => {
    const { scene, taken } = await rewritten(20, [15])
    await scene.remove([taken[0]!.id])
    const restoring = scene.bytesOf(taken[1]!.id)
    await reclaimed(scene, [])
    expect((await restoring).equals(taken[1]!.bytes)).toBe(true)
  })
})
