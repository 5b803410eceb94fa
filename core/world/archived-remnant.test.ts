import { expect, it } from 'vitest'
import { blocks } from '../engine/testing/scene.ts'
import { oneSnapshot } from './testing/event-scene.ts'

it('F42: what others read of an archived snapshot is told to be of one, not of a deleted one', async () => {
  const { scene, snapshotId: a } = await oneSnapshot()
  const b = await scene.snapshot(await scene.clone(a, 'b'))
  await scene.snapshot(await scene.clone(a, 'c'))
  await scene.result('tier', scene.engine.archiveSnapshot({ snapshotId: a }))
  await scene.reclaim()
  const { name } = await scene.snapshotOf(a)
  const left = { name, heldBytes: blocks(2), inBinUntil: null }
  expect((await scene.view()).remnants).toMatchObject([{ ...left, isArchived: true }])
  await scene.remove([b], 86_400_000)
  const { remnants } = await scene.view()
  expect(remnants.find(({ snapshotId }) => snapshotId === b)).toMatchObject({ isArchived: false })
})
