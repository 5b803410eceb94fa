import { expect, it } from 'vitest'
import { isPanelOpen } from './view.ts'
import { storeExample } from './world-example.ts'

const open = (store: ReturnType<typeof storeExample>) => ({
  volumes: isPanelOpen(store.getState(), 'volumes'),
  inspector: isPanelOpen(store.getState(), 'inspector'),
})

it('closes panels in a narrow window and opens them in a wide one', () => {
  const store = storeExample()
  store.getState().setWidth(1100)
  expect(open(store)).toEqual({ volumes: true, inspector: false })
  store.getState().setWidth(960)
  expect(open(store)).toEqual({ volumes: false, inspector: false })
  store.getState().setWidth(1440)
  expect(open(store)).toEqual({ volumes: true, inspector: true })
})

it('keeps what a person chose until the width calls for something else', () => {
  const store = storeExample()
  store.getState().setWidth(1100)
  store.getState().togglePanel('inspector')
  store.getState().setWidth(1150)
  expect(open(store).inspector).toBe(true)
  store.getState().setWidth(1300)
  store.getState().setWidth(1150)
  expect(open(store).inspector).toBe(false)
})
