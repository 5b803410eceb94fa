import { expect, it, vi } from 'vitest'
import type { StrataApi } from '../../core/contract/calls.ts'
import type { EngineEvent } from '../../core/contract/events.ts'
import type { ShellEvent } from '../../core/contract/shell.ts'
import { followEngine } from './events.ts'
import { id, library, plan } from './library-example.ts'
import { storeExample } from './world-example.ts'

function followed(engine: Partial<StrataApi>) {
  const store = storeExample(
    { listJobs: async () => [], describeLibrary: async () => library(), ...engine },
    {
      describeShell: async () => ({
        theme: 'dark',
        platform: 'linux',
        versions: { strata: '1', electron: '2', node: '3' },
        recent: [],
      }),
    },
  )
  let tellEngine: (event: EngineEvent) => void = () => undefined
  let tellShell: (event: ShellEvent) => void = () => undefined
  const runAction = vi.fn()
  followEngine(
    {
      onEvent: (listener) => {
        tellEngine = listener
        return () => undefined
      },
      onShellEvent: (listener) => {
        tellShell = listener
        return () => undefined
      },
    },
    store,
    runAction,
  )
  return { store, tellEngine, tellShell, runAction }
}

it('asks for the facts once and again when they changed', async () => {
  const describeLibrary = vi.fn().mockResolvedValue(library())
  const { store, tellEngine } = followed({ describeLibrary })
  await vi.waitFor(() => expect(store.getState().library).not.toBeNull())
  describeLibrary.mockResolvedValue(library({ revision: 8 }))
  tellEngine({ kind: 'libraryChanged', revision: 8 })
  await vi.waitFor(() => expect(store.getState().library?.revision).toBe(8))
  expect(store.getState().shell?.theme).toBe('dark')
})

it('asks an open preview again when the library moved on', async () => {
  const planDeletion = vi.fn().mockResolvedValue(plan({}))
  const describeLibrary = vi.fn().mockResolvedValue(library())
  const { store, tellEngine } = followed({ describeLibrary, planDeletion })
  await vi.waitFor(() => expect(store.getState().library).not.toBeNull())
  await store.getState().previewDeletion([id('b')])

  describeLibrary.mockResolvedValue(library({ revision: 8 }))
  planDeletion.mockResolvedValue(plan({ revision: 8 }))
  tellEngine({ kind: 'libraryChanged', revision: 8 })
  await vi.waitFor(() =>
    expect(store.getState().deletion).toMatchObject({ step: 'preview', plan: { revision: 8 } }),
  )
})

it('forgets everything of a library that is no longer open', async () => {
  const { store, tellShell } = followed({})
  await vi.waitFor(() => expect(store.getState().library).not.toBeNull())
  store.setState({ selection: [id('b')], dialog: { kind: 'newVolume' } })
  tellShell({ kind: 'libraryOpened' })
  expect(store.getState()).toMatchObject({
    library: null,
    selection: [],
    dialog: { kind: 'none' },
  })
  await vi.waitFor(() => expect(store.getState().library).not.toBeNull())
})

it('runs what the menu chose and asks what to do with files from outside', () => {
  const { store, tellShell, runAction } = followed({})
  tellShell({ kind: 'action', id: 'library.verify' })
  expect(runAction).toHaveBeenCalledWith('library.verify')
  const files = [{ fileId: 'file-1', name: 'disk.img', sizeBytes: 1 }]
  tellShell({ kind: 'filesOffered', files })
  expect(store.getState().dialog).toEqual({ kind: 'dropped', files })
})
