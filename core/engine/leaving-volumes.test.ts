import { cpSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { VolumeId } from '../contract/ids.ts'
import { noise } from '../testing/make-image.ts'
import { deleteSnapshots, planDeletion } from './delete-snapshots.ts'
import { Engine } from './engine.ts'
import { volumesDir } from './library-paths.ts'
import { removeVolume } from './remove-volume.ts'
import { HeldQueue } from './testing/held-queue.ts'
import { snapshotted, waiting } from './testing/lazy-scene.ts'
import { blocks, Scene } from './testing/scene.ts'

const vault = { passphrase: () => 'correct horse battery', cost: 1_024 }
const files = (library: string) => readdirSync(volumesDir(library))

/** A volume with two pending snapshots, written to after each, that was removed then. */
async function leaving(encrypted: boolean) {
  const scene = await Scene.begin({ vault })
  const wish = { name: 'work', sizeBytes: blocks(4), encrypted }
  const { volumeId } = await scene.engine.createVolume(wish)
  const bytes = noise(1, blocks(4))
  await scene.write(volumeId, 0, bytes)
  const held = await HeldQueue.begin(scene, volumeId)
  const taking = [held.snapshot()]
  await held.write(0, noise(2, blocks(1)))
  taking.push(held.snapshot())
  await held.write(blocks(1), noise(3, blocks(2)))
  const contents = [bytes, Buffer.concat([noise(2, blocks(1)), bytes.subarray(blocks(1))])]
  const answer = removeVolume(held.context, { volumeId })
  return { scene, volumeId, held, taking, contents, answer }
}

const removals = async (scene: Scene, volumeId: VolumeId) => ({
  told: (await scene.engine.listEvents({ type: 'deleteVolume' })).map(({ resources }) =>
    resources[0]!.endsWith(volumeId),
  ),
  done: (await scene.engine.listHistory()).filter(({ title }) => title.startsWith('Removed'))
    .length,
})

describe('a volume that is removed while snapshots of it are pending', () => {
  it.each([false, true])('goes when they are complete, encrypted: %s', async (encrypted) => {
    const { scene, volumeId, held, contents, answer } = await leaving(encrypted)
    expect(answer).toMatchObject({ isRemoved: false, isToBeRemoved: true })
    expect(() => held.snapshot()).toThrow(expect.objectContaining({ code: 'VOLUME_REMOVED' }))
    await expect(held.fill(0, 1, 'late')).rejects.toMatchObject({ code: 'VOLUME_REMOVED' })
    expect(() => removeVolume(held.context, { volumeId })).toThrow('was removed')
    const taken = await held.release()
    expect(taken).toHaveLength(2)
    for (const [i, id] of taken.entries()) {
      expect((await scene.bytesOf(id)).equals(contents[i]!), `s${i + 1}`).toBe(true)
    }
    expect((await scene.view()).volumes).toMatchObject([
      { volumeId, isRemoved: true, isToBeRemoved: false, snapshotCount: 2 },
    ])
    expect(files(scene.library)).toEqual([])
    expect(await removals(scene, volumeId)).toEqual({ told: [true], done: 1 })
    expect(await scene.verify()).toMatchObject({ ok: true })
  })

  it('stays where one of them is not going to be, and when the program ends', async () => {
    const { scene, volumeId, held, taking } = await leaving(false)
    const copy = scene.path('copy.strata')
    cpSync(scene.library, copy, { recursive: true })
    const { jobs, library } = held.context
    jobs.cancel(taking[1]!.jobId)
    await jobs.ended(taking[1]!.jobId)
    expect(library.underWay.leaving.size).toBe(0)
    // It can be used again, and removed again.
    await held.write(0, noise(4, blocks(1)))
    expect(await held.release()).toEqual([taking[0]!.snapshotId])
    expect((await scene.view()).volumes).toMatchObject([{ isRemoved: false, isToBeRemoved: false }])
    expect(await removals(scene, volumeId)).toEqual({ told: [], done: 0 })
    const expected = Buffer.concat([4, 3].map((seed, i) => noise(seed, blocks(i + 1))))
    expect((await scene.contentOf(volumeId, blocks(3))).equals(expected)).toBe(true)
    await scene.engine.removeVolume({ volumeId })
    expect(files(scene.library)).toEqual([])

    const engine = await Engine.open(copy, { onEvent: () => {}, keyVault: vault })
    const { volumes, snapshots } = await engine.describeLibrary()
    expect(volumes).toMatchObject([{ volumeId, isRemoved: false, isToBeRemoved: false }])
    expect(snapshots.map(({ state }) => state)).toEqual(['error', 'error'])
    expect(files(copy)).toEqual([`${volumeId}.img`])
    await engine.close()
  })

  it('keeps what it has not loaded until they have read it', async () => {
    const { scene, snapshotId, bytes } = await snapshotted()
    const volumeId = await waiting(scene, snapshotId)
    const held = await HeldQueue.begin(scene, volumeId)
    held.snapshot()
    // With its base, the snapshot has to store all of it.
    const { revision } = planDeletion(held.context.library, [snapshotId])
    const deletion = { snapshotIds: [snapshotId], undoableMs: 0, revision }
    deleteSnapshots(held.context, deletion, new Map())
    expect(removeVolume(held.context, { volumeId })).toMatchObject({ isToBeRemoved: true })
    expect(held.context.library.loadRows().has(volumeId)).toBe(true)
    const [taken] = await held.release()
    expect((await scene.bytesOf(taken!)).equals(bytes)).toBe(true)
    await scene.reclaim()
    expect(await scene.view()).toMatchObject({ heldBytes: 0, storedBytes: bytes.length })
    expect(await scene.verify()).toMatchObject({ ok: true })
  })
})
