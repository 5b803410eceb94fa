import { EventEmitter } from 'node:events'
import type { App } from 'electron'
import { expect, it, vi } from 'vitest'
import { StrataError } from '../core/contract/errors.ts'
import { SecondStarts, serveStart } from './second-starts.ts'

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

it('a start opens the library that it names, or makes it, and drops its files there only', async () => {
  const done: string[] = []
  const libraries = {
    openPath: '/open.strata',
    isOpen: (path: string) => path === libraries.openPath,
    openOrCreate: async (path: string) => {
      done.push(`open ${path}`)
      if (path === '/bad.strata') throw new StrataError('LIBRARY_MISSING', { path })
      libraries.openPath = path
    },
  }
  const parts = {
    libraries,
    mayLeave: vi.fn().mockResolvedValue(true),
    drop: async (files: readonly string[]) => void done.push(`drop ${files}`),
    onRefused: ({ code }: { code: string }) => void done.push(code),
  }
  const start = async (libraryPath: string | null) => {
    await serveStart({ libraryPath, files: ['/disk.img'] }, parts)
    return done.splice(0)
  }
  expect(await start(null)).toEqual(['drop /disk.img'])
  expect(await start('/open.strata')).toEqual(['drop /disk.img'])
  expect(parts.mayLeave).not.toHaveBeenCalled()
  expect(await start('/bad.strata')).toEqual(['open /bad.strata', 'LIBRARY_MISSING'])
  expect(await start('/new.strata')).toEqual(['open /new.strata', 'drop /disk.img'])
  // Work is under way, and whoever was asked wants it to go on.
  parts.mayLeave.mockResolvedValue(false)
  expect(await start('/open.strata')).toEqual([])
  expect(libraries.openPath).toBe('/new.strata')
})
