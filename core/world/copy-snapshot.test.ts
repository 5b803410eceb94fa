import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RegionName, type SnapshotId } from '../contract/ids.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { GIB, threeSnapshots } from './testing/three-snapshots.ts'

const FAR = RegionName.parse('eu-west-1')

/** A / B / C of 10, 4 and 2 GiB, and a second region. */
async function threeAndFar() {
  const three = await threeSnapshots(2)
  await three.scene.engine.addRegion({ name: FAR })
  return three
}

const copy = (scene: Scene, snapshotId: SnapshotId, region: RegionName = FAR) =>
  scene.result('copy', scene.engine.copySnapshot({ snapshotId, region }))

async function storedIn(scene: Scene, name: RegionName): Promise<number> {
  const regions = await scene.engine.listRegions()
  return regions.find((region) => region.name === name)!.storedBytes
}

describe('the examples of the guide', () => {
  it('F26, W20: A, B and C in order move 10, 4 and 2 GiB, 16 together', async () => {
    const { scene, a, b, c } = await threeAndFar()
    const moved = []
    for (const id of [a, b, c]) moved.push(await copy(scene, id))
    expect(moved.map(({ movedBytes }) => movedBytes / GIB)).toEqual([10, 4, 2])
    expect(moved.reduce((sum, { movedBytes }) => sum + movedBytes, 0)).toBe(16 * GIB)
    expect(moved.map(({ incremental }) => incremental)).toEqual([false, true, true])
    const copies = await Promise.all(moved.map(({ snapshotId }) => scene.snapshotOf(snapshotId)))
    expect(copies.map(({ storedHereBytes }) => storedHereBytes / GIB)).toEqual([10, 4, 2])
    expect(await storedIn(scene, FAR)).toBe(16 * GIB)
    expect((await scene.view()).storedBytes).toBe(32 * GIB)
  })

  it('F26, W21: with the newest copy deleted the next is full, 12 GiB', async () => {
    const { scene, a, b, c } = await threeAndFar()
    await copy(scene, a)
    const { snapshotId } = await copy(scene, b)
    await scene.remove([snapshotId])
    const planned = await scene.engine.planCopy({ snapshotId: c, region: FAR })
    expect(planned).toEqual({
      incremental: false,
      baseId: null,
      fullBecause: 'newest-copy-deleted',
      movedBytes: 12 * GIB,
      mibPerSecond: null,
    })
    const third = await copy(scene, c)
    expect(third).toMatchObject({ incremental: false, movedBytes: 12 * GIB })
    const full = { storedHereBytes: 12 * GIB, fullBytes: 12 * GIB, parentId: null }
    expect(await scene.snapshotOf(third.snapshotId)).toMatchObject(full)
    expect(await storedIn(scene, FAR)).toBe((10 + 12) * GIB)
  })

  it('W21 holds after its space was given back, too', async () => {
    const { scene, a, b, c } = await threeAndFar()
    await copy(scene, a)
    const { snapshotId } = await copy(scene, b)
    await scene.remove([snapshotId])
    await scene.reclaim()
    expect(await copy(scene, c)).toMatchObject({ incremental: false, movedBytes: 12 * GIB })
  })

  it('F26, W22: an older copy frees 4 GiB; the next one is incremental, and 12 are left', async () => {
    const { scene, a, b, c } = await threeAndFar()
    const { snapshotId } = await copy(scene, a)
    await copy(scene, b)
    expect(await scene.remove([snapshotId])).toMatchObject({ releasedBytes: 4 * GIB })
    expect(await storedIn(scene, FAR)).toBe(10 * GIB)
    expect(await copy(scene, c)).toMatchObject({ incremental: true, movedBytes: 2 * GIB })
    expect(await storedIn(scene, FAR)).toBe(12 * GIB)
  })

  it('F27, W24: within one region nothing moves, nothing is stored and nothing charged', async () => {
    const { scene, b } = await threeAndFar()
    const region = RegionName.parse('local')
    const { snapshotId, movedBytes } = await copy(scene, b, region)
    expect(movedBytes).toBe(0)
    expect(await scene.snapshotOf(snapshotId)).toMatchObject({
      copiedFrom: b,
      region,
      storedHereBytes: 0,
      fullBytes: 10 * GIB,
    })
    expect(await storedIn(scene, region)).toBe(16 * GIB)
    const { snapshots } = await scene.engine.reportCost({ snapshotIds: [snapshotId] })
    const copied = snapshots.find((each) => each.snapshotId === snapshotId)
    expect(copied).toMatchObject({ charged: { amount: 0 } })
  })
})

describe('a copy', () => {
  /** Two states of a linked image: noise, a hole that opens, a fill. */
  async function linkedTwice() {
    const scene = await Scene.begin()
    await scene.engine.addRegion({ name: FAR })
    const first = scene.image([...noises(1, 2, 3, 4), { kind: 'fill', byte: 9 }])
    const volumeId = await scene.linked(first)
    const one = await scene.snapshot(volumeId)
    const file = scene.image([...noises(1), { kind: 'hole' }, ...noises(7, 4), ...noises(8)])
    const two = await scene.snapshot(volumeId, { file })
    return { scene, one, two, bytes: [readFileSync(first), readFileSync(file)] as const }
  }

  it('reads what its source does, byte for byte, from files of its own region', async () => {
    const { scene, one, two, bytes } = await linkedTwice()
    const first = await copy(scene, one)
    const second = await copy(scene, two)
    expect(second.movedBytes).toBe(blocks(2))
    await scene.remove([one, two])
    await scene.reclaim()
    const home = join(scene.library, 'regions', 'local', 'segments')
    expect(readdirSync(home)).toEqual([])
    await scene.reopen()
    expect((await scene.bytesOf(first.snapshotId)).equals(bytes[0])).toBe(true)
    expect((await scene.bytesOf(second.snapshotId)).equals(bytes[1])).toBe(true)
    expect(await scene.verify()).toMatchObject({ ok: true, problems: [] })
  })

  it('says where it came from, and is the first of its region', async () => {
    const { scene, one } = await linkedTwice()
    const { snapshotId } = await copy(scene, one)
    const source = await scene.snapshotOf(one)
    expect(await scene.snapshotOf(snapshotId)).toMatchObject({
      copiedFrom: one,
      region: FAR,
      parentId: null,
      name: source.name,
      volumeId: source.volumeId,
      fullBytes: source.fullBytes,
      storedHereBytes: source.fullBytes,
    })
  })

  it('can be made a volume of, whose snapshots are taken in its region', async () => {
    const { scene, one } = await linkedTwice()
    const { snapshotId } = await copy(scene, one)
    const volumeId = await scene.clone(snapshotId, 'far')
    await scene.write(volumeId, 0, Buffer.from('here'))
    const taken = await scene.snapshotOf(await scene.snapshot(volumeId))
    expect(taken).toMatchObject({ region: FAR, parentId: snapshotId, storedHereBytes: blocks(1) })
  })

  it('that is made twice at once waits for the first and moves nothing', async () => {
    const { scene, one } = await linkedTwice()
    const both = [
      copy(scene, one),
      scene.result(
        'copy',
        scene.engine.copySnapshot({ snapshotId: one, region: FAR, name: 'again' }),
      ),
    ]
    const [first, second] = await Promise.all(both)
    expect(first!.movedBytes).toBe(blocks(5))
    expect(second).toMatchObject({ incremental: true, movedBytes: 0 })
  })

  it('of a time when the volume was smaller is laid over a larger one, and reads its own size', async () => {
    const scene = await Scene.begin()
    await scene.engine.addRegion({ name: FAR })
    const volumeId = await scene.managed(blocks(3))
    await scene.write(volumeId, 0, randomBytes(blocks(3)))
    const small = await scene.snapshot(volumeId)
    await scene.engine.resizeVolume({ volumeId, sizeBytes: blocks(5) })
    await scene.write(volumeId, blocks(3), randomBytes(blocks(2)))
    const large = await scene.snapshot(volumeId)
    await copy(scene, large)
    const copied = await copy(scene, small)
    expect(copied).toMatchObject({ incremental: true, movedBytes: 0 })
    const again = await copy(scene, large)
    const read = (id: SnapshotId) => scene.bytesOf(id)
    expect((await read(copied.snapshotId)).equals(await read(small))).toBe(true)
    expect((await read(again.snapshotId)).equals(await read(large))).toBe(true)
    expect(await scene.verify()).toMatchObject({ ok: true })
  })

  it('tells what it was laid over, as its plan did', async () => {
    const { scene, one, two } = await linkedTwice()
    const first = await copy(scene, one)
    expect(first).toMatchObject({ baseId: null, fullBecause: 'first-copy' })
    const planned = await scene.engine.planCopy({ snapshotId: two, region: FAR })
    expect(planned).toMatchObject({ baseId: first.snapshotId, fullBecause: null })
    expect(await copy(scene, two)).toMatchObject(planned)
  })

  it('may have a name that its volume uses in another region', async () => {
    const { scene, one, two } = await linkedTwice()
    const { snapshotId } = await copy(scene, one)
    const { name } = await scene.snapshotOf(two)
    const renamed = await scene.engine.renameSnapshot({ snapshotId, name })
    expect(renamed).toMatchObject({ name, region: FAR })
    const taken = scene.engine.renameSnapshot({ snapshotId: one, name })
    await expect(taken).rejects.toMatchObject({ code: 'NAME_TAKEN' })
  })

  it('stops at a damaged block, and leaves no file', async () => {
    const { scene, one } = await linkedTwice()
    const home = join(scene.library, 'regions', 'local', 'segments')
    for (const file of readdirSync(home)) {
      const bytes = readFileSync(join(home, file))
      bytes[bytes.length - 1]! ^= 1
      writeFileSync(join(home, file), bytes)
    }
    const started = scene.engine.copySnapshot({ snapshotId: one, region: FAR })
    expect(await scene.failureOf(started)).toBe('SEGMENT_DAMAGED')
    expect(readdirSync(join(scene.library, 'regions', FAR, 'segments'))).toEqual([])
    expect(await scene.snapshotOf((await started).snapshotId)).toMatchObject({
      ...{ state: 'error', volumeSizeBytes: 0, copiedFrom: one },
    })
  })

  it('that is cancelled leaves nothing, and can be made again', async () => {
    const { scene, one } = await linkedTwice()
    const before = await scene.view()
    const started = await scene.engine.copySnapshot({ snapshotId: one, region: FAR })
    await scene.engine.cancelJob(started)
    const { state, error } = await scene.engine.awaitJob(started)
    expect([state, error?.code]).toEqual(['cancelled', 'JOB_CANCELLED'])
    expect(readdirSync(join(scene.library, 'regions', FAR, 'segments'))).toEqual([])
    const { revision, ...after } = await scene.view()
    expect(after).toEqual({ ...before, revision: undefined })
    expect(await copy(scene, one)).toMatchObject({ fullBecause: 'first-copy' })
  })

  it('is refused to a region that is not there', async () => {
    const { scene, one } = await linkedTwice()
    const input = { snapshotId: one, region: RegionName.parse('mars-1') }
    const code = 'InvalidRegion'
    await expect(scene.engine.copySnapshot(input)).rejects.toMatchObject({ code })
  })
})
