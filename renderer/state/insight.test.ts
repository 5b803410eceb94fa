import { expect, it, vi } from 'vitest'
import { id, library, plan } from './library-example.ts'
import { storeExample } from './world-example.ts'

const explained = async (heir: string) => {
  const heirs = [{ snapshotId: id(heir), inheritedBytes: 1 }]
  const planDeletion = vi.fn().mockResolvedValue(plan({ releasedBytes: 0, heirs }))
  const store = storeExample({ planDeletion, listSharing: vi.fn().mockResolvedValue([]) })
  store.setState({ library: library() })
  await store.getState().explain([id('b')])
  expect(store.getState().insightStep).toBe('idle')
  return planDeletion.mock.calls.map(([{ snapshotIds }]) => snapshotIds)
}

it('asks what a snapshot would free together with its only heir', async () => {
  expect(await explained('c')).toEqual([[id('b')], [id('b'), id('c')]])
})

it('does not ask that of an heir in the Recycle Bin, which cannot be deleted', async () => {
  expect(await explained('z')).toEqual([[id('b')]])
})
