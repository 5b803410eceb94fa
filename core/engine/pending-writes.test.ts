import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { VolumeId } from '../contract/ids.ts'
import { noise } from '../testing/make-image.ts'
import { deleteSnapshots, planDeletion } from './delete-snapshots.ts'
import { resizeVolume } from './edit-volume.ts'
import { Engine } from './engine.ts'
import { keptBlocksFile, volumesDir } from './library-paths.ts'
import { HeldQueue } from './testing/held-queue.ts'
import { snapshotted, waiting } from './testing/lazy-scene.ts'
import { blocks, Scene } from './testing/scene.ts'

const vault = { passphrase: () => 'correct horse battery', cost: 1_024 }
const patternOf = (seed: string) => createHash('sha256').update(seed).digest().subarray(0, 16)

/** Does the same to a held volume and to plain bytes. */
class Twin {
  readonly held: HeldQueue
  bytes: Buffer
  /** What each snapshot has to hold, in order. */
  readonly moments: Buffer[] = []

  constructor(held: HeldQueue, bytes: Buffer) {
    this.held = held
    this.bytes = Buffer.from(bytes)
  }

  snapshot() {
    this.moments.push(Buffer.from(this.bytes))
    return this.held.snapshot()
  }

  async write(at: number, length: number, seed: number) {
    const bytes = noise(seed, length)
    await this.held.write(at, bytes)
    bytes.copy(this.bytes, at)
  }

  async fill(at: number, length: number, seed: string) {
    await this.held.fill(at, length, seed)
    const phase = at % 16
    Buffer.alloc(phase + length, patternOf(seed))
      .subarray(phase)
      .copy(this.bytes, at)
  }

  grow(volumeId: VolumeId, sizeBytes: number) {
    resizeVolume(this.held.context, { volumeId, sizeBytes })
    this.bytes = Buffer.concat([this.bytes, Buffer.alloc(sizeBytes - this.bytes.length)])
  }
}

/** A volume of 8 blocks: data, a fill of two, and two that were never written. The last is not whole. */
async function begun(encrypted: boolean) {
  const scene = await Scene.begin({ vault })
  const sizeBytes = blocks(8) - 1_000
  const { volumeId } = await scene.engine.createVolume({ name: 'work', sizeBytes, encrypted })
  await scene.write(volumeId, 0, noise(1, blocks(4)))
  await scene.fill(volumeId, blocks(4), blocks(2), 'before')
  const pattern = Buffer.alloc(blocks(2), patternOf('before'))
  const bytes = Buffer.concat([noise(1, blocks(4)), pattern, Buffer.alloc(blocks(2) - 1_000)])
  const twin = new Twin(await HeldQueue.begin(scene, volumeId), bytes)
  return { scene, volumeId, twin }
}

/** Writes of every sort between five snapshots. */
async function writeAround(volumeId: VolumeId, twin: Twin) {
  twin.snapshot()
  await twin.write(0, blocks(1) + 10, 2)
  await twin.fill(blocks(2), blocks(1), 'over data')
  await twin.write(blocks(4) + 5, 100, 3)
  await twin.write(blocks(7) - 20, 300, 4)
  twin.snapshot()
  // The file still has what the first snapshot needs below the fill.
  await twin.fill(blocks(2) + 7, 1_000, 'into the fill')
  await twin.write(0, 3, 5)
  twin.grow(volumeId, blocks(10))
  await twin.fill(blocks(7), blocks(3), 'new')
  twin.snapshot()
  twin.snapshot()
  await twin.write(blocks(1), blocks(4), 6)
  const last = twin.snapshot()
  await twin.write(0, blocks(10), 7)
  return last
}

const files = (scene: Scene) => readdirSync(volumesDir(scene.library))

describe.each([false, true])('writes while snapshots are pending, encrypted: %s', (encrypted) => {
  it('go through, and each snapshot is of the moment it was asked for', async () => {
    const { scene, volumeId, twin } = await begun(encrypted)
    await writeAround(volumeId, twin)
    expect(files(scene)).toHaveLength(encrypted ? 1 : 6)
    const isOnDisk = (bytes: Buffer) =>
      files(scene).some((file) =>
        readFileSync(join(volumesDir(scene.library), file)).includes(bytes),
      )
    expect(isOnDisk(twin.moments[0]!.subarray(0, 16))).toBe(!encrypted)
    const taken = await twin.held.release()
    expect(taken).toHaveLength(5)
    for (const [i, id] of taken.entries()) {
      expect((await scene.bytesOf(id)).equals(twin.moments[i]!), `s${i + 1}`).toBe(true)
    }
    const { snapshots, volumes } = await scene.view()
    // Each says what was written since the one before it, and no more.
    expect(snapshots.map(({ addedBytes }) => addedBytes)).toEqual(
      [6, 6, 5, 0, 4].map((count) => blocks(count)),
    )
    expect(volumes[0]!.head).toMatchObject({ baseId: taken[4], changedBytes: blocks(10) })
    expect(files(scene)).toEqual([`${volumeId}.img`])
    const after = await scene.snapshot(volumeId)
    expect((await scene.bytesOf(after)).equals(twin.bytes)).toBe(true)
    expect(await scene.verify()).toMatchObject({ ok: true })
  })

  it('count for the next one where one of them is cancelled', async () => {
    const { scene, volumeId, twin } = await begun(encrypted)
    const cancelled = [twin.snapshot()]
    await twin.write(0, blocks(1), 2)
    twin.snapshot()
    await twin.fill(blocks(1), blocks(1), 'between')
    cancelled.push(twin.snapshot())
    await twin.write(blocks(2), 10, 3)
    twin.snapshot()
    await twin.write(0, blocks(4), 4)
    cancelled.push(twin.snapshot())
    for (const { jobId } of cancelled) twin.held.context.jobs.cancel(jobId)
    const [first, second, ...others] = await twin.held.release()
    expect(others).toEqual([])
    expect((await scene.bytesOf(first!)).equals(twin.moments[1]!)).toBe(true)
    expect((await scene.bytesOf(second!)).equals(twin.moments[3]!)).toBe(true)
    expect(await scene.snapshotOf(second!)).toMatchObject({
      ...{ parentId: first, addedBytes: blocks(2) },
    })
    expect((await scene.view()).volumes[0]!.head!.changedBytes).toBe(blocks(4))
    expect(files(scene)).toEqual([`${volumeId}.img`])
  })
})

describe('while snapshots are pending', () => {
  it('a program that ends leaves the volume as it was written, and nothing else', async () => {
    const { scene, volumeId, twin } = await begun(false)
    twin.snapshot()
    await twin.write(10, blocks(3), 2)
    const copy = scene.path('copy.strata')
    cpSync(scene.library, copy, { recursive: true })
    await twin.held.release()
    await scene.engine.close()
    const engine = await Engine.open(copy)
    expect(readdirSync(volumesDir(copy))).toEqual([`${volumeId}.img`])
    const { snapshots } = await engine.describeLibrary()
    expect(snapshots).toMatchObject([{ state: 'error' }])
    const { jobId, snapshotId } = await engine.takeSnapshot({ volumeId })
    await engine.awaitJob({ jobId })
    const file = scene.path('after')
    const restore = { snapshotId, file, sha256: true, overwrite: false }
    const restored = await engine.awaitJob(await engine.restoreToFile(restore))
    const sha256 = createHash('sha256').update(twin.bytes).digest('hex')
    expect(restored.result).toMatchObject({ sha256 })
    await engine.close()
  })

  it('blocks that are not loaded yet are loaded before they are written over', async () => {
    const { scene, snapshotId, bytes } = await snapshotted()
    const volumeId = await waiting(scene, snapshotId)
    const twin = new Twin(await HeldQueue.begin(scene, volumeId), bytes)
    const { library } = twin.held.context
    twin.snapshot()
    await twin.write(blocks(2), blocks(2), 50)
    await twin.fill(blocks(6), blocks(2), 'over')
    // With its base, the snapshot has to store all of it.
    const { revision } = planDeletion(library, [snapshotId])
    const deletion = { snapshotIds: [snapshotId], undoableMs: 0, revision }
    deleteSnapshots(twin.held.context, deletion, new Map())
    const [taken] = await twin.held.release()
    expect((await scene.bytesOf(taken!)).equals(twin.moments[0]!)).toBe(true)
    expect(await scene.snapshotOf(taken!)).toMatchObject({ addedBytes: bytes.length })
  })

  it('one that begins with a fill of blocks that are not loaded reads all of them', async () => {
    const { scene, snapshotId, bytes } = await snapshotted()
    const volumeId = await waiting(scene, snapshotId)
    const held = await HeldQueue.begin(scene, volumeId)
    const { revision } = planDeletion(held.context.library, [snapshotId])
    const deletion = { snapshotIds: [snapshotId], undoableMs: 0, revision }
    deleteSnapshots(held.context, deletion, new Map())
    const filling = held.fill(blocks(2), blocks(1), 'at once')
    held.snapshot()
    await filling
    // It waits for the blocks at its ends, and the snapshot does not.
    const waited = held.fill(blocks(4) + 16, blocks(2), 'later')
    held.snapshot()
    await waited
    bytes.fill(patternOf('at once'), blocks(2), blocks(3))
    for (const id of await held.release()) {
      expect((await scene.bytesOf(id)).equals(bytes)).toBe(true)
    }
    bytes.fill(patternOf('later'), blocks(4) + 16, blocks(6) + 16)
    expect((await scene.contentOf(volumeId, bytes.length)).equals(bytes)).toBe(true)
  })

  it('what is written while one of them is read is not in it', async () => {
    const scene = await Scene.begin()
    const count = 48
    const volumeId = await scene.managed(blocks(count))
    const before = noise(1, blocks(count))
    await scene.write(volumeId, 0, before)
    const taking = await scene.engine.takeSnapshot({ volumeId })
    let isOver = false
    const ended = scene.done(taking).finally(() => {
      isOver = true
    })
    for (let at = count - 1; at >= 0 && !isOver; at -= 1) {
      await scene.fill(volumeId, blocks(at), 100_000, 'meanwhile')
      await nextTurn()
    }
    await ended
    expect((await scene.bytesOf(taking.snapshotId)).equals(before)).toBe(true)
    expect(files(scene)).toEqual([`${volumeId}.img`])
  })
})

it('a snapshot stays whole where what was kept for it cannot be removed', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(2))
  await scene.write(volumeId, 0, noise(1, blocks(2)))
  await scene.snapshot(volumeId)
  await scene.write(volumeId, blocks(1), noise(2, blocks(1)))
  const held = await HeldQueue.begin(scene, volumeId)
  const { snapshotId } = held.snapshot()
  await held.write(0, noise(3, blocks(1)))
  // A folder is not removed as a file is.
  const file = keptBlocksFile(scene.library, snapshotId)
  rmSync(file)
  mkdirSync(file)
  expect(await held.release()).toContain(snapshotId)
  const bytes = Buffer.concat([noise(1, blocks(2)).subarray(0, blocks(1)), noise(2, blocks(1))])
  expect((await scene.bytesOf(snapshotId)).equals(bytes)).toBe(true)
  expect(await scene.snapshotOf(snapshotId)).toMatchObject({ addedBytes: blocks(1) })
  expect(files(scene)).toEqual([`${volumeId}.img`])
})
