import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { RegionName, type VolumeId } from '../contract/ids.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { filesIn } from '../testing/files-in.ts'
import { filesWithBytesOf } from '../testing/found-bytes.ts'
import { blockBytes } from '../testing/make-image.ts'

const FAR = RegionName.parse('eu-west-1')
/** As cheap as it may be: what is tested here is not how long it takes. */
const vault = { passphrase: () => 'correct horse battery', cost: 1_024 }

const begin = () => Scene.begin({ vault })
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const patternOf = (seed: string) => createHash('sha256').update(seed).digest().subarray(0, 16)

async function imported(
  scene: Scene,
  file: string,
  name: string,
  copy: boolean,
): Promise<VolumeId> {
  const importing = scene.engine.importImage({ file, name, copy, encrypted: true })
  return (await scene.result('volume', importing)).volumeId
}

/** The code that something asked of the engine is refused with. */
async function refusal(asked: Promise<unknown>): Promise<string | undefined> {
  return asked.then(
    () => undefined,
    (error) => error.code,
  )
}

it('nothing of what is encrypted lies in the folder of the library, whatever is done to it', async () => {
  const scene = await begin()
  const marker = Buffer.concat([
    randomBytes(700_000),
    blockBytes({ kind: 'text', seed: 7 }),
    Buffer.alloc(600_000, patternOf('a fill in the image')),
  ])
  const secret = Buffer.concat([marker.subarray(0, 1_300_000), patternOf('a fill in the image')])
  const file = scene.path('marker.img')
  writeFileSync(file, marker)

  const linked = await imported(scene, file, 'linked', false)
  const managed = await imported(scene, file, 'managed', true)
  const first = await scene.snapshot(linked)
  const other = await scene.snapshot(managed)
  await scene.write(managed, 100_000, marker.subarray(5_000, 605_000))
  await scene.fill(managed, 300_000, blocks(2), 'a fill that is written')
  const second = await scene.snapshot(managed)
  await scene.clone(other, 'clone')
  await scene.engine.addRegion({ name: FAR })
  const copying = scene.engine.copySnapshot({ snapshotId: second, region: FAR })
  const abroad = await scene.result('copy', copying)

  const written = Buffer.concat([secret, patternOf('a fill that is written')])
  expect(filesWithBytesOf(scene.library, written)).toEqual([])
  // The search itself finds what is there.
  expect(filesWithBytesOf(scene.folder, written)).toEqual([file])

  const expected = Buffer.from(marker)
  marker.copy(expected, 100_000, 5_000, 605_000)
  expected.fill(patternOf('a fill that is written'), 300_000, 300_000 + blocks(2))
  expect(sha256(await scene.bytesOf(first))).toBe(sha256(marker))
  expect(sha256(await scene.bytesOf(other))).toBe(sha256(marker))
  expect(sha256(await scene.bytesOf(second))).toBe(sha256(expected))
  expect(sha256(await scene.bytesOf(abroad.snapshotId))).toBe(sha256(expected))
  expect((await scene.verify()).ok).toBe(true)

  // Deleted, merged and moved to other segments it still opens, and still shows nothing.
  await scene.remove([other])
  await scene.reclaim()
  expect(sha256(await scene.bytesOf(second))).toBe(sha256(expected))
  await scene.engine.close()
  expect(filesWithBytesOf(scene.library, written)).toEqual([])
})

it('snapshots of an encrypted image store what changed, told by what cannot be read', async () => {
  const scene = await begin()
  const file = scene.image([...noises(1, 2, 3), { kind: 'fill', byte: 9 }, { kind: 'hole' }])
  const volumeId = await imported(scene, file, 'disk', false)
  const first = await scene.snapshot(volumeId)
  const next = scene.image([...noises(1, 8, 3), { kind: 'fill', byte: 9 }, { kind: 'hole' }])
  const second = await scene.snapshot(volumeId, { file: next })
  expect(await scene.snapshotOf(first)).toMatchObject({
    addedBytes: blocks(4),
    fullBytes: blocks(4),
  })
  expect(await scene.snapshotOf(second)).toMatchObject({
    addedBytes: blocks(1),
    fullBytes: blocks(4),
  })
  expect(sha256(await scene.bytesOf(second))).toBe(sha256(readFileSync(next)))
  expect(sha256(await scene.bytesOf(first))).toBe(sha256(readFileSync(file)))
})

it('F6, F9, W16: a clone goes on with its snapshot under the same key, and begins anew under another', async () => {
  const scene = await begin()
  await scene.engine.createKey({ name: 'other' })
  // A block for a GiB: 10, and 4 more on a volume made of it.
  const file = scene.image(noises(...Array(10).keys()))
  const base = await scene.snapshot(await imported(scene, file, 'disk', false))
  const cloned = async (name: string, key?: string) => {
    const wish = key === undefined ? {} : { encrypted: true, key }
    const input = { snapshotId: base, name, sizeBytes: blocks(15), ...wish }
    const cloning = scene.engine.createVolumeFromSnapshot(input)
    const { volumeId } = await scene.result('volume', cloning)
    await scene.write(volumeId, blocks(10), randomBytes(blocks(4)))
    return scene.snapshotOf(await scene.snapshot(volumeId))
  }
  const other = await cloned('other', 'other')
  expect(other).toMatchObject({
    ...{ parentId: null, addedBytes: blocks(14), storedHereBytes: blocks(14) },
  })
  expect((await scene.view()).storedBytes).toBe(blocks(24))
  expect(await scene.remove([base], 60_000)).toMatchObject({
    ...{ releasedBytes: blocks(10), keptBytes: 0, heirs: [] },
  })
  expect((await scene.view()).storedBytes).toBe(blocks(14))
  await scene.engine.undoDeletion({})

  const same = await cloned('same')
  const { encryption } = await scene.snapshotOf(base)
  expect(same).toMatchObject({ parentId: base, storedHereBytes: blocks(4), encryption })
  expect(await scene.engine.planDeletion({ snapshotIds: [base] })).toMatchObject({
    ...{ releasedBytes: 0, heirs: [{ snapshotId: same.snapshotId }] },
  })
  expect(other.encryption?.dataKeyId).not.toBe(encryption?.dataKeyId)
  const described = await scene.engine.describeSnapshots({ snapshotIds: [base, other.snapshotId] })
  expect(described.Snapshots).toMatchObject([
    { Encrypted: true, DataEncryptionKeyId: encryption?.dataKeyId },
    { Encrypted: true, KmsKeyId: expect.stringContaining(other.encryption!.keyId) },
  ])
  const plain = scene.engine.createVolumeFromSnapshot({
    snapshotId: other.snapshotId,
    name: 'plain',
    encrypted: false,
  })
  expect(await refusal(plain)).toBe('InvalidParameterCombination')
})

it('a block that was moved, replaced or changed is refused when it is read', async () => {
  const scene = await begin()
  const file = scene.image(noises(1, 2, 3))
  const id = await scene.snapshot(await imported(scene, file, 'disk', false))
  const segment = filesIn(scene.library).find((path) => path.endsWith('.seg'))!
  const whole = readFileSync(segment)
  const read = () =>
    scene.failureOf(
      scene.engine.restoreToFile({
        snapshotId: id,
        file: scene.path('out'),
        sha256: false,
        overwrite: true,
      }),
    )
  const flipped = Buffer.from(whole)
  flipped[4_096 + 300_000]! ^= 1
  writeFileSync(segment, flipped)
  expect(await read()).toBe('BLOCK_DAMAGED')
  expect((await scene.verify()).problems).toMatchObject([{ kind: 'block-damaged' }])
  writeFileSync(segment, whole)
  expect(await read()).toBeUndefined()

  // What its SHA-256 does not tell, since the catalog was changed with it, its manifest does.
  const { default: Sqlite } = await import('better-sqlite3')
  await scene.engine.close()
  const db = new Sqlite(`${scene.library}/catalog.sqlite`)
  const page = db.prepare('SELECT records FROM block_page').pluck().get() as Buffer
  const swapped = Buffer.concat([page.subarray(48, 96), page.subarray(0, 48), page.subarray(96)])
  db.prepare('UPDATE block_page SET records = ?').run(swapped)
  db.close()
  scene.vault = undefined
  await scene.reopen()
  expect(await scene.verify()).toMatchObject({ ok: true, encrypted: { checked: 0, unchecked: 1 } })
  scene.vault = vault
  await scene.reopen()
  expect((await scene.verify()).problems).toMatchObject([{ kind: 'snapshot-altered' }])
  expect(await read()).toBe('SNAPSHOT_ALTERED')
})
