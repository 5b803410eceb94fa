import { expect, it, vi } from 'vitest'
import type { CopyPlan } from '../../core/contract/results.ts'
import { GIB, id, library, regionNamed } from './library-example.ts'
import { far } from './region-example.ts'
import { storeExample } from './world-example.ts'

const [a] = library().snapshots as [ReturnType<typeof library>['snapshots'][0]]
const plan: CopyPlan = {
  incremental: false,
  baseId: null,
  fullBecause: 'first-copy',
  movedBytes: 10 * GIB,
  mibPerSecond: null,
}

it('adds a new region before it copies there, and copies nothing where that fails', async () => {
  const copySnapshot = vi.fn().mockResolvedValue({})
  const addRegion = vi.fn().mockResolvedValue(regionNamed(far))
  const store = storeExample({ addRegion, copySnapshot })
  await store.getState().copySnapshot(a, { region: far, isNew: true }, 'A')
  expect(addRegion).toHaveBeenCalledWith({ name: far })
  expect(copySnapshot).toHaveBeenCalledWith({ snapshotId: id('a'), region: far, name: 'A' })

  addRegion.mockRejectedValue(new Error('no'))
  await store.getState().copySnapshot(a, { region: far, isNew: true }, 'A')
  expect(copySnapshot).toHaveBeenCalledTimes(1)
  expect(store.getState().notices).toMatchObject([{ kind: 'failed' }])
})

it('ignores the plan for a region that is no longer chosen', async () => {
  const answers: Array<(plan: CopyPlan) => void> = []
  const planCopy = () => new Promise<CopyPlan>((resolve) => answers.push(resolve))
  const store = storeExample({ planCopy })
  const first = store.getState().planCopy(id('a'), library().regions[0]!.name)
  const second = store.getState().planCopy(id('a'), far)
  answers[0]!({ ...plan, movedBytes: 0 })
  answers[1]!(plan)
  await Promise.all([first, second])
  expect(store.getState().copyQuestion).toMatchObject({ step: 'planned', region: far, plan })
})
