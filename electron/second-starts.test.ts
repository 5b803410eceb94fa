import { EventEmitter } from 'node:events'
import type { App } from 'electron'
import { expect, it } from 'vitest'
import { SecondStarts } from './second-starts.ts'

const wish = (file: string) => ({ isDemo: false, libraryPath: null, files: [file] })

it('a start that comes before the window is served once it is there', () => {
  const app = new EventEmitter()
  const starts = new SecondStarts(app as unknown as App)
  const start = (data: unknown) => app.emit('second-instance', {}, [], '/', data)
  start(wish('/early.img'))
  const served: string[][] = []
  starts.serve(({ files }) => void served.push(files))
  start(wish('/late.img'))
  start('nonsense')
  expect(served).toEqual([['/early.img'], ['/late.img'], []])
})
