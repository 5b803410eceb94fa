import { expect, it } from 'vitest'
import { inspectedOf } from './inspected.ts'
import { id } from './library-example.ts'
import { storeExample } from './world-example.ts'

it('chooses one, toggles, and takes a range from the last chosen', () => {
  const store = storeExample()
  const { select } = store.getState()
  select([id('a')], 'one')
  select([id('c')], 'toggle')
  expect(store.getState().selection).toEqual([id('a'), id('c')])
  select([id('a')], 'toggle')
  expect(store.getState().selection).toEqual([id('c')])
  select([id('a')], 'range')
  expect(new Set(store.getState().selection)).toEqual(new Set([id('a'), id('b'), id('c')]))
})

it('stretches the next range from the same anchor', () => {
  const store = storeExample()
  const { select } = store.getState()
  select([id('b')], 'one')
  select([id('a')], 'range')
  select([id('c')], 'range')
  expect(new Set(store.getState().selection)).toEqual(new Set([id('b'), id('c')]))
})

it('inspects what is pointed at, else what is chosen; a question holds it', () => {
  const store = storeExample()
  expect(inspectedOf(store.getState())).toEqual({ kind: 'nothing' })
  store.setState({ selection: [id('a')], hoverId: id('b') })
  expect(inspectedOf(store.getState())).toMatchObject({ snapshotId: id('b'), isPointedAt: true })
  store.setState({ deletion: { step: 'planning', snapshotIds: [id('a')] } })
  expect(inspectedOf(store.getState())).toMatchObject({ snapshotId: id('a'), isPointedAt: false })
})
