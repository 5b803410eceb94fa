import { describe, expect, it, test } from 'vitest'
import type { SnapshotId } from '../contract/ids.ts'
import { blocks } from '../engine/testing/scene.ts'
import {
  codeOf,
  deregister,
  imageOf,
  registered,
  snapshotAll,
  webServer,
} from './testing/instance-scene.ts'

/** Two images that share the snapshot of the root. */
async function twoImages() {
  const { scene, instanceId } = await webServer()
  const { snapshotIds } = await snapshotAll(scene, instanceId)
  const [root, data] = snapshotIds as [SnapshotId, SnapshotId]
  const first = await registered(scene, 'first', root, data)
  const second = await registered(scene, 'second', root)
  return { scene, root, data, first, second }
}

test('W41: a snapshot that two images map is kept until both are deregistered', async () => {
  const { scene, root, data, first, second } = await twoImages()
  const inUse = async () => {
    const { pinned } = await scene.engine.planDeletion({ snapshotIds: [root] })
    const messages = pinned.map(({ reason }) => reason.message)
    const before = await scene.view()
    await expect(scene.remove([root])).rejects.toMatchObject({
      code: 'InvalidSnapshot.InUse',
      message: messages[0],
    })
    expect(await scene.view()).toEqual(before)
    return messages
  }
  const text = (id: string) => `The snapshot ${root} is currently in use by ${id}`
  expect([first, second].map(({ imageId }) => text(imageId))).toContain((await inUse())[0])
  await deregister(scene, first.imageId)
  expect(await inUse()).toEqual([text(second.imageId)])
  await deregister(scene, second.imageId)
  expect(await scene.remove([root])).toMatchObject({ pinned: [], releasedBytes: blocks(2) })
  await scene.reclaim()
  expect((await scene.view()).snapshots).toMatchObject([{ snapshotId: data }])
  const described = scene.engine.describeSnapshots({ snapshotIds: [root] })
  expect(await codeOf(described)).toBe('InvalidSnapshot.NotFound')
  expect(await scene.verify()).toMatchObject({ ok: true })
})

describe('deregistering', () => {
  it('F14: frees root and data snapshots alike, and touches nothing else', async () => {
    const { scene, instanceId } = await webServer()
    const { imageId, mappings } = await imageOf(scene, instanceId, 'gold')
    const launching = scene.engine.launchImage({ imageId, name: 'web-2', sizes: [] })
    await scene.result('instance', launching)
    for (const { snapshotId } of mappings) {
      expect(await codeOf(scene.remove([snapshotId!]))).toBe('InvalidSnapshot.InUse')
    }
    const before = await scene.view()
    expect(await deregister(scene, imageId)).toEqual({ imageId, snapshots: [], deletion: null })
    await scene.reopen()
    const { images, instances, volumes, snapshots } = await scene.view()
    expect(images).toEqual([])
    expect([instances, volumes, snapshots]).toEqual([
      before.instances,
      before.volumes,
      before.snapshots,
    ])
    await scene.remove(mappings.map(({ snapshotId }) => snapshotId!))
    await scene.reclaim()
    // Its name is free again.
    await imageOf(scene, instanceId, 'gold')
  })

  it('F41: deletes the snapshots with it if asked, but for those that something else keeps', async () => {
    const { scene, root, data, first, second } = await twoImages()
    const { imageId } = first
    const { plan, snapshots, revision } = await scene.engine.planDeregistration({ imageId })
    expect(snapshots).toEqual([
      { snapshotId: root, returnCode: 'skipped', reason: `It is in use by ${second.imageId}.` },
      { snapshotId: data, returnCode: 'success', reason: '' },
    ])
    expect(plan).toMatchObject({ snapshotIds: [data], releasedBytes: blocks(2) })
    const stale = { revision: revision - 1, undoableMs: 0 }
    const ask = (deleteSnapshots: typeof stale) =>
      scene.engine.deregisterImage({ imageId, deleteSnapshots })
    expect(await codeOf(ask(stale))).toBe('PLAN_STALE')
    const done = await ask({ revision, undoableMs: 60_000 })
    expect(done).toMatchObject({ snapshots, deletion: { snapshotIds: [data] } })
    expect((await scene.view()).snapshots.map(({ snapshotId }) => snapshotId)).toEqual([root])
    const line = {
      title: 'Deregistered image “first” and deleted “s1”',
      command: `strata image deregister ${imageId} --delete-snapshots`,
      ...{ storedDeltaBytes: -blocks(2), isUndone: false },
    }
    const before = await scene.engine.listHistory()
    expect(before.slice(-2)).toMatchObject([{ title: 'Registered image “second”' }, line])
    // A deletion like any other: it can be undone. The image stays deregistered.
    await scene.engine.undoDeletion({})
    expect((await scene.view()).snapshots).toHaveLength(2)
    expect((await scene.engine.listImages()).map(({ name }) => name)).toEqual(['second'])
    expect((await scene.engine.listHistory()).slice(-2)).toMatchObject([
      line,
      { title: 'Undid the deletion of “s1”', storedDeltaBytes: blocks(2) },
    ])
  })

  it('keeps snapshots that are locked, and says so', async () => {
    const { scene, root, second, first } = await twoImages()
    await deregister(scene, first.imageId)
    await scene.engine.lockSnapshot({ snapshotId: root, mode: 'governance', days: 1 })
    const { imageId } = second
    const { plan, snapshots, revision } = await scene.engine.planDeregistration({ imageId })
    expect(plan).toBeNull()
    const reason = expect.stringContaining('is locked in governance mode')
    expect(snapshots).toEqual([{ snapshotId: root, returnCode: 'client-error', reason }])
    const deleteSnapshots = { revision, undoableMs: 0 }
    const done = await scene.engine.deregisterImage({ imageId, deleteSnapshots })
    expect(done.deletion).toBeNull()
    expect((await scene.view()).snapshots).toHaveLength(2)
  })
})
