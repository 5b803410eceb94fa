import { expect, it } from 'vitest'
import type { LibraryView } from '../../core/contract/model.ts'
import { motionOf } from './library.ts'
import { deletionId, GIB, id, library, snapshot } from './library-example.ts'
import { storeExample } from './world-example.ts'

const whole = library()
const without = (...letters: string[]) =>
  whole.snapshots.filter((s) => !letters.some((letter) => s.snapshotId === id(letter)))

it('shows a snapshot being taken, once it is completed', () => {
  const before = library({ snapshots: without('c') })
  expect(motionOf(before, whole)).toEqual({ kind: 'taken', snapshotId: id('c') })

  const pending = {
    ...snapshot('c', { fullBytes: 0, storedHereBytes: 0, releasedIfDeletedBytes: 0 }),
  }
  const taking = library({ snapshots: [...without('c'), { ...pending, state: 'pending' }] })
  expect(motionOf(before, taking)).toBeNull()
  expect(motionOf(taking, whole)).toEqual({ kind: 'taken', snapshotId: id('c') })
})

it('shows a deletion with those who took over', () => {
  const heir = { ...whole.snapshots[2]!, inheritedBytes: 4 * GIB }
  const after = library({ snapshots: [whole.snapshots[0]!, heir] })
  expect(motionOf(whole, after)).toEqual({
    kind: 'deleted',
    snapshotIds: [id('b')],
    heirs: [{ snapshotId: id('c'), inheritedBytes: 4 * GIB }],
  })
})

it('shows nothing for an undone deletion, a first look or another library', () => {
  const deletion = {
    deletionId,
    snapshotIds: [id('c')],
    names: ['C'],
    deletedAt: 0,
    undoableUntil: 1,
    releasedBytes: 0,
  }
  const deleted = library({ snapshots: without('c'), deletions: [deletion] })
  expect(motionOf(deleted, whole)).toBeNull()
  expect(motionOf(null, whole)).toBeNull()
  expect(motionOf(library({ libraryId: 'lib-2', snapshots: [] }), whole)).toBeNull()
})

it('keeps the newer of two answers, whichever comes last', async () => {
  const answers: Array<(view: LibraryView) => void> = []
  const store = storeExample({ describeLibrary: () => new Promise((done) => answers.push(done)) })
  const first = store.getState().refreshLibrary()
  const second = store.getState().refreshLibrary()
  answers[1]!(library({ revision: 9 }))
  answers[0]!(library({ revision: 8 }))
  await Promise.all([first, second])
  expect(store.getState().library?.revision).toBe(9)
})

it('drops from the selection what is gone', async () => {
  const store = storeExample({ describeLibrary: async () => library({ snapshots: without('b') }) })
  store.setState({ selection: [id('b'), id('c')], hoverId: id('b') })
  await store.getState().refreshLibrary()
  expect(store.getState().selection).toEqual([id('c')])
  expect(store.getState().hoverId).toBeNull()
})
