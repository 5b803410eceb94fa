import { expect, it, vi } from 'vitest'
import type { DeletionPlan } from '../../core/contract/deletion.ts'
import { EngineError } from './api.ts'
import { deletionId, GIB, id, plan, saving } from './library-example.ts'
import { storeExample } from './world-example.ts'

const planB = plan({ heirs: [{ snapshotId: id('c'), inheritedBytes: 4 * GIB }] })
const deletion = {
  deletionId,
  snapshotIds: [id('b')],
  names: ['B'],
  deletedAt: 0,
  undoableUntil: 600_000,
  releasedBytes: 0,
}

it('ignores the answer to a question no longer asked', async () => {
  const answers: Array<(plan: DeletionPlan) => void> = []
  const planDeletion = () => new Promise<DeletionPlan>((resolve) => answers.push(resolve))
  const store = storeExample({ planDeletion })

  const first = store.getState().previewDeletion([id('a')])
  const second = store.getState().previewDeletion([id('b')])
  answers[1]!(planB)
  answers[0]!(plan({ snapshotIds: [id('a')] }))
  await Promise.all([first, second])

  expect(store.getState().deletion).toMatchObject({ step: 'preview', plan: planB })
})

it('quotes the previewed revision, offers undo, and looks at the heir afterwards', async () => {
  const deleteSnapshots = vi.fn().mockResolvedValue(deletion)
  const store = storeExample({ planDeletion: async () => planB, deleteSnapshots })

  await store.getState().previewDeletion([id('b')])
  await store.getState().confirmDeletion()

  expect(deleteSnapshots).toHaveBeenCalledWith({
    snapshotIds: [id('b')],
    revision: 7,
    undoableMs: 600_000,
  })
  const { deletion: after, selection, notices } = store.getState()
  expect(after).toEqual({ step: 'none' })
  expect(selection).toEqual([id('c')])
  expect(notices).toMatchObject([{ kind: 'done', title: 'Deleted B', undoes: deletion }])
})

it('keeps the question open with its remedy when the library moved on', async () => {
  const wire = { code: 'PLAN_STALE', message: 'changed', remedy: 'look again' }
  const deleteSnapshots = vi.fn().mockRejectedValue(new EngineError(wire))
  const store = storeExample({ planDeletion: async () => planB, deleteSnapshots })

  await store.getState().previewDeletion([id('b')])
  await store.getState().confirmDeletion()

  expect(store.getState().deletion).toEqual({
    step: 'failed',
    snapshotIds: [id('b')],
    error: wire,
  })
})

it('follows the selection while a preview is open, and ends with it', async () => {
  const planDeletion = vi.fn().mockResolvedValue(planB)
  const store = storeExample({ planDeletion })

  await store.getState().previewDeletion([id('b')])
  store.getState().select([id('b'), id('c')], 'one')
  expect(planDeletion).toHaveBeenLastCalledWith({ snapshotIds: [id('b'), id('c')] })

  store.getState().select([], 'one')
  expect(store.getState().deletion).toEqual({ step: 'none' })
})

it('gives the dock back closed when it had to open it', async () => {
  const store = storeExample({ planDeletion: async () => planB })
  await store.getState().previewDeletion([id('b')])
  expect(store.getState().panels.dock).toBe(true)
  store.getState().closeDeletion()
  expect(store.getState().panels.dock).toBe(false)

  store.getState().showDock('table')
  await store.getState().previewDeletion([id('b')])
  store.getState().closeDeletion()
  expect(store.getState().panels.dock).toBe(true)
})

it('undoes, chooses what is back, and takes back the offer to undo', async () => {
  const store = storeExample({ undoDeletion: async () => deletion })
  store.getState().tell({ kind: 'done', title: 'Deleted B', body: '', undoes: deletion })
  await store.getState().undoDeletion()
  expect(store.getState().selection).toEqual([id('b')])
  expect(store.getState().notices.map((n) => n.title)).toEqual(['B is back'])
})

it('tells what it saves when that is known, and that it cannot be told', async () => {
  const store = storeExample({ planDeletion: async () => planB })
  await store.getState().previewDeletion([id('b')])
  expect(store.getState().deletion).toMatchObject({ step: 'preview', plan: planB, saving })

  const deletionSaving = async () => Promise.reject(new Error('no prices'))
  const other = storeExample({ planDeletion: async () => planB, deletionSaving })
  await other.getState().previewDeletion([id('b')])
  expect(other.getState().deletion).toMatchObject({ step: 'preview', saving: null })
  expect(other.getState().notices).toMatchObject([{ kind: 'failed' }])
})

it('asks for no amount where none is to be shown', async () => {
  const deletionSaving = vi.fn()
  const store = storeExample({ planDeletion: async () => planB, deletionSaving })
  store.getState().setShowsCosts(false)
  await store.getState().previewDeletion([id('b')])
  expect(store.getState().deletion).toMatchObject({ step: 'preview', saving: null })
  expect(deletionSaving).not.toHaveBeenCalled()
})
