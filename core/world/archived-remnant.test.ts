import { expect, it } from 'vitest'
import { blocks } from '../engine/testing/scene.ts'
import { oneSnapshot } from './testing/event-scene.ts'

it('F42: what others read of an archived snapshot is told to be of one, not of a deleted one', async () => {
  const { scene, snapshotId: a } = await oneSnapshot()
  const b = await scene.snapshot(await scene.clone(a, 'b'))
  await scene.snapshot(await scene.clone(a, 'c'))
  await scene.result('tier', scene.engine.archiveSnapshot({ snapshotId: a }))
  await scene.reclaim()
  await scene.result('tier', scene.engine.restoreTier({ snapshotId: a, days: 1 }))
  const { name } = await scene.snapshotOf(a)
  const told = (await scene.engine.listHistory()).at(-1)
  expect(told?.title).toMatch(/ from the archive for 1 day$/)
  const left = { name, heldBytes: blocks(2), inBinUntil: null }
  expect((await scene.view()).remnants).toMatchObject([{ ...left, isLeftByArchiving: true }])
  await scene.remove([a, b], 86_400_000)
  const { remnants } = await scene.view()
  // What became of it since changes nothing of what it left.
  expect(remnants.find((remnant) => remnant.isLeftByArchiving)).toMatchObject(left)
  expect(remnants.find(({ snapshotId }) => snapshotId === b)).toMatchObject({
    isLeftByArchiving: false,
  })
})
