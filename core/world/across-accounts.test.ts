import { describe, expect, it } from 'vitest'
import type { SnapshotId } from '../contract/ids.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { copy, FAR } from './testing/event-scene.ts'
import { as, OTHER, OWNER, share, twoSnapshots, unshare } from './testing/sharing-scene.ts'

const GIB = 2 ** 30
const refusal = (code: string) => expect.objectContaining({ code })

describe('what another account makes of a shared snapshot', () => {
  it('F6, W16: a volume of A (10), 4 more written, and its snapshot: 14, total 24; A gives back 10', async () => {
    const { scene } = await twoSnapshots()
    const volumeId = await scene.managed(15 * GIB)
    await scene.fill(volumeId, 0, 10 * GIB, 'a')
    const a = await scene.snapshot(volumeId)
    await share(scene, a, OTHER)
    await as(scene, OTHER, async () => {
      const theirs = await scene.clone(a, 'vol 2')
      await scene.fill(theirs, 10 * GIB, 4 * GIB, 'b')
      const b = await scene.snapshot(theirs)
      expect(await scene.snapshotOf(b)).toMatchObject({
        ...{ parentId: null, addedBytes: 14 * GIB, storedHereBytes: 14 * GIB },
      })
      expect((await scene.view()).storedBytes).toBe(14 * GIB)
      // Within the account it goes on as ever.
      await scene.fill(theirs, 0, GIB, 'c')
      expect(await scene.snapshotOf(await scene.snapshot(theirs))).toMatchObject({
        ...{ parentId: b, storedHereBytes: GIB },
      })
      await scene.remove([(await scene.view()).snapshots.at(-1)!.snapshotId])
    })
    const { storedBytes } = await scene.view()
    const stored = async () => (await scene.engine.listAccounts()).map((each) => each.storedBytes)
    // Of the owner's two small snapshots, which are there beside these, 4 blocks.
    expect(await stored()).toEqual([10 * GIB + blocks(4), 14 * GIB, 0])
    expect(await scene.remove([a])).toMatchObject({
      ...{ releasedBytes: 10 * GIB, heirs: [], storedBytesBefore: storedBytes },
    })
    await scene.reclaim()
    expect(await stored()).toEqual([blocks(4), 14 * GIB, 0])
    expect(await scene.verify()).toMatchObject({ ok: true, problems: [] })
  })

  it('outlives the share and the snapshot, byte for byte', async () => {
    const { scene, engine, a, b } = await twoSnapshots()
    await engine.addRegion({ name: FAR })
    const bytes = await scene.bytesOf(b)
    await share(scene, a, OTHER)
    await share(scene, b, OTHER)
    const made = await as(scene, OTHER, async () => {
      const here = { snapshotId: a, region: (await engine.listRegions())[0]!.name }
      expect(await engine.planCopy(here)).toMatchObject({
        ...{ incremental: false, fullBecause: 'first-copy', movedBytes: blocks(3) },
      })
      const first = await scene.result('copy', engine.copySnapshot(here))
      const second = await scene.result('copy', engine.copySnapshot({ ...here, snapshotId: b }))
      expect(second).toMatchObject({ incremental: true, baseId: first.snapshotId })
      expect(second.movedBytes).toBe(blocks(1))
      const far = await copy(scene, b)
      expect(far).toMatchObject({ incremental: false, fullBecause: 'first-copy' })
      expect((await scene.view()).newestCopies).toEqual([second.snapshotId, far.snapshotId])
      return { volume: await scene.clone(b, 'mine'), copy: second.snapshotId, far: far.snapshotId }
    })
    expect((await scene.view()).newestCopies).toEqual([])
    // The owner's first copy there is full, too: copies of another account do not count.
    expect(await copy(scene, a)).toMatchObject({ fullBecause: 'first-copy' })
    await unshare(scene, b, OTHER)
    await scene.remove([a, b])
    await scene.reclaim()
    await as(scene, OTHER, async () => {
      const taken = await scene.snapshot(made.volume)
      for (const id of [made.copy, made.far, taken]) {
        expect((await scene.bytesOf(id)).equals(bytes)).toBe(true)
      }
      await expect(engine.planCopy({ snapshotId: b, region: FAR })).rejects.toEqual(
        refusal('InvalidSnapshot.NotFound'),
      )
      await expect(engine.describeSnapshots({ snapshotIds: [b] })).rejects.toEqual(
        refusal('InvalidSnapshot.NotFound'),
      )
    })
    expect(await scene.verify()).toMatchObject({ ok: true, problems: [] })
  })

  it('is not made when it is no longer shared by the time its turn comes', async () => {
    const { scene, engine, a } = await twoSnapshots()
    await engine.addRegion({ name: FAR })
    await share(scene, a, OTHER)
    const copying = await as(scene, OTHER, async () => {
      const first = await engine.copySnapshot({ snapshotId: a, region: FAR })
      return { first, second: await engine.copySnapshot({ snapshotId: a, region: FAR, name: 'x' }) }
    })
    await unshare(scene, a, OTHER)
    // Jobs ask as the account that began them.
    await scene.done(copying.first)
    expect((await engine.awaitJob(copying.second)).error?.code).toBe('SOURCE_NOT_FOUND')
    const { snapshots } = await as(scene, OTHER, () => scene.view())
    expect(snapshots.map(({ snapshotId, state }) => [snapshotId, state])).toEqual([
      [copying.first.snapshotId, 'completed'],
      [copying.second.snapshotId, 'error'],
    ])
  })
})

describe('names', () => {
  it('are free to each account, and deletions are undone by whoever made them', async () => {
    const { scene, engine, a } = await twoSnapshots()
    await scene.remove([a], 60_000)
    await as(scene, OTHER, async () => {
      expect((await scene.view()).deletions).toEqual([])
      await expect(engine.undoDeletion({})).rejects.toEqual(refusal('NOTHING_TO_UNDO'))
      const volumeId = await scene.linked(scene.image(noises(1)), 'web')
      expect(await scene.snapshotOf(await scene.snapshot(volumeId, { name: 'A' }))).toMatchObject({
        ...{ name: 'A', ownerId: OTHER },
      })
    })
    expect((await engine.undoDeletion({})).snapshotIds).toEqual([a])
  })
})

it('F42: five archivings leave room for a restore, and five restores for that of another', async () => {
  const scene = await Scene.begin()
  const { engine } = scene
  await engine.addAccount({ accountId: OTHER })
  const volumeId = await scene.managed(blocks(1))
  const ids: SnapshotId[] = []
  for (let i = 0; i < 6; i += 1) ids.push(await scene.snapshot(volumeId))
  const [first, ...others] = ids as [SnapshotId, ...SnapshotId[]]
  const archive = (snapshotId: SnapshotId) =>
    scene.result('tier', engine.archiveSnapshot({ snapshotId }))
  const restore = (snapshotId: SnapshotId) =>
    scene.result('tier', engine.restoreTier({ snapshotId }))
  await archive(first)
  // None begins before all were asked for.
  await Promise.all([...others.map(archive), restore(first)])
  await archive(first)
  await as(scene, OTHER, async () => {
    const theirs = await scene.snapshot(await scene.managed(blocks(1)))
    await archive(theirs)
    void engine.useAccount({ account: OWNER })
    const own = Promise.all(others.map(restore))
    const sixth = engine.restoreTier({ snapshotId: first })
    void engine.useAccount({ account: OTHER })
    await Promise.all([
      restore(theirs),
      own,
      expect(sixth).rejects.toEqual(refusal('ARCHIVE_REFUSED')),
    ])
  })
})
