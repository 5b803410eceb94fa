import { describe, expect, test } from 'vitest'
import type { SnapshotId, VolumeId } from '../contract/ids.ts'
import { MAX_NAME_LENGTH } from '../contract/units.ts'
import { freeName } from './names.ts'
import { blocks, noises, Scene } from './testing/scene.ts'

const REFUSED: [what: string, name: string, problem: RegExp][] = [
  ['empty', '', /is empty/],
  ['blank', ' \t ', /is empty/],
  ['invisible', '\u200b\u00ad\u2060\u3164', /nothing in it that can be seen/],
  ['too long', 'x'.repeat(MAX_NAME_LENGTH + 1), /has 256 characters/],
  ['a control character', 'a\u0007b', /cannot be shown/],
  ['a line break', 'a\nb', /cannot be shown/],
  ['a NUL', 'a\0b', /cannot be shown/],
  ['a mark that turns text around', 'gpj.\u202efdp', /direction of text/],
  ['an isolate mark', 'a\u2067b', /direction of text/],
  ['half a surrogate pair', 'a\ud800b', /cannot be shown/],
  ['like a volume id', 'vol-0123456789abcdef0', /looks like an id/],
  ['like a snapshot id', 'snap-0123456789abcdef0', /looks like an id/],
]
const ACCEPTED = ['x', 'x'.repeat(MAX_NAME_LENGTH), 'Grüße', 'مرحبا', '快照 3', '📀', 'a/b', "it's"]

/** Every verb that takes a name. */
async function takers(scene: Scene) {
  const volumeId = await scene.managed(blocks(1), 'the volume')
  const snapshotId = await scene.snapshot(volumeId, { name: 'the snapshot' })
  const file = scene.image(noises(1))
  return {
    createVolume: (name: string) => scene.engine.createVolume({ name, sizeBytes: 1 }),
    renameVolume: (name: string) => scene.engine.renameVolume({ volumeId, name }),
    renameSnapshot: (name: string) => scene.engine.renameSnapshot({ snapshotId, name }),
    takeSnapshot: async (name: string) =>
      scene.done(await scene.engine.takeSnapshot({ volumeId, name })),
    importImage: async (name: string) =>
      scene.done(await scene.engine.importImage({ file, name, copy: false })),
    createVolumeFromSnapshot: async (name: string) =>
      scene.done(await scene.engine.createVolumeFromSnapshot({ snapshotId, name })),
  }
}

describe('names', () => {
  test.each(REFUSED)('that are %s are refused by every verb', async (_, name, problem) => {
    const scene = await Scene.begin()
    const before = await takers(scene)
    const view = await scene.view()
    for (const [verb, take] of Object.entries(before)) {
      const refused = { code: 'NAME_REFUSED', message: expect.stringMatching(problem) }
      await expect(take(name), verb).rejects.toMatchObject(refused)
    }
    expect(await scene.view()).toEqual(view)
  })

  test('in any script are accepted, and trimmed', async () => {
    const scene = await Scene.begin()
    const { createVolume } = await takers(scene)
    for (const name of ACCEPTED) expect((await createVolume(` ${name} `)).name).toBe(name)
    await scene.reopen()
    const names = (await scene.view()).volumes.map((volume) => volume.name)
    expect(names.toSorted()).toEqual([...ACCEPTED, 'the volume'].toSorted())
  })

  test('that are taken are refused, also when written in another Unicode form', async () => {
    const scene = await Scene.begin()
    const { createVolume, renameVolume, importImage, takeSnapshot } = await takers(scene)
    await createVolume('caf\u00e9')
    for (const take of [createVolume, renameVolume, importImage]) {
      await expect(take('cafe\u0301')).rejects.toMatchObject({ code: 'NAME_TAKEN' })
    }
    await expect(takeSnapshot('the snapshot')).rejects.toMatchObject({ code: 'NAME_TAKEN' })
  })

  test('of snapshots may be the same on different volumes', async () => {
    const scene = await Scene.begin()
    for (const name of ['one', 'two']) {
      await scene.snapshot(await scene.managed(blocks(1), name), { name: 'same' })
    }
    expect((await scene.view()).snapshots.map(({ name }) => name)).toEqual(['same', 'same'])
  })

  test('stay one volume’s alone when two that take long ask for the same', async () => {
    const scene = await Scene.begin()
    const file = scene.image(noises(...Array.from({ length: 20 }, (_, i) => i)))
    const volumeId = await scene.linked(file, 'disk')
    const snapshotId = await scene.snapshot(volumeId)
    const importing = await scene.engine.importImage({ file, name: 'twin', copy: true })
    const cloning = scene.engine.createVolumeFromSnapshot({ snapshotId, name: 'twin' })
    await expect(cloning).rejects.toMatchObject({ code: 'NAME_TAKEN' })
    await scene.engine.cancelJob(importing)
    await scene.engine.awaitJob(importing)
    await scene.clone(snapshotId, 'twin')
    expect((await scene.view()).volumes.map(({ name }) => name).toSorted()).toEqual([
      'disk',
      'twin',
    ])
  })
})

describe('a name that stays the same', () => {
  test('is no other one’s, and no step of the history', async () => {
    const scene = await Scene.begin()
    const { renameVolume, renameSnapshot } = await takers(scene)
    const before = await scene.engine.listHistory()
    expect(await renameVolume(' the volume ')).toMatchObject({ name: 'the volume' })
    expect(await renameSnapshot('the snapshot')).toMatchObject({ name: 'the snapshot' })
    expect(await scene.engine.listHistory()).toEqual(before)
  })
})

describe('a description', () => {
  test('has 255 characters at the most, and is trimmed', async () => {
    const scene = await Scene.begin()
    const volumeId = await scene.managed(blocks(1))
    const take = (description: string) => scene.engine.takeSnapshot({ volumeId, description })
    await expect(take('d'.repeat(256))).rejects.toMatchObject({
      code: 'DESCRIPTION_REFUSED',
      message: 'The description has 256 characters, more than 255.',
    })
    const { jobId, snapshotId } = await take(` ${'d'.repeat(255)}\n`)
    await scene.engine.awaitJob({ jobId })
    expect(await scene.snapshotOf(snapshotId)).toMatchObject({ description: 'd'.repeat(255) })
  })
})

describe('names that nobody gave', () => {
  test('are cut between characters, never through one', () => {
    expect(freeName('📀'.repeat(130), new Set())).toBe('📀'.repeat(123))
  })

  test('come from the file, without its ending, and stay apart', async () => {
    const scene = await Scene.begin()
    const file = scene.image(noises(1))
    for (let i = 0; i < 3; i += 1) await scene.linked(file)
    const names = (await scene.view()).volumes.map(({ name }) => name)
    expect(names).toEqual(['image-1', 'image-1 (2)', 'image-1 (3)'])
  })

  test('of two copies that are imported at once stay apart', async () => {
    const scene = await Scene.begin()
    const file = scene.image(noises(1, 2))
    const copy = true
    const started = [
      await scene.engine.importImage({ file, copy }),
      await scene.engine.importImage({ file, copy }),
    ]
    for (const job of started) await scene.done(job)
    const names = (await scene.view()).volumes.map(({ name }) => name)
    expect(names.toSorted()).toEqual(['image-1', 'image-1 (2)'])
  })
})

describe('ids that name nothing', () => {
  test('are told as unknown', async () => {
    const scene = await Scene.begin()
    const volumeId = 'vol-00000000000000000' as VolumeId
    const snapshotId = 'snap-00000000000000000' as SnapshotId
    const unknown = { code: 'InvalidVolume.NotFound' }
    await expect(scene.engine.takeSnapshot({ volumeId })).rejects.toMatchObject(unknown)
    await expect(scene.engine.removeVolume({ volumeId })).rejects.toMatchObject(unknown)
    await expect(scene.fill(volumeId, 0, 1, 's')).rejects.toMatchObject(unknown)
    await expect(scene.bytesOf(snapshotId)).rejects.toMatchObject({
      code: 'InvalidSnapshot.NotFound',
    })
    await expect(scene.engine.listSharing({ snapshotId })).rejects.toMatchObject({
      code: 'InvalidSnapshot.NotFound',
    })
  })
})
