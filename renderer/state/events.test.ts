import { expect, it, vi } from 'vitest'
import type { StrataApi } from '../../core/contract/calls.ts'
import type { EngineEvent } from '../../core/contract/events.ts'
import { JobId } from '../../core/contract/ids.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import type { ShellEvent } from '../../core/contract/shell.ts'
import { takenEvent } from './event-example.ts'
import { followEngine } from './events.ts'
import { deletionId, id, library, plan, volumeId, web } from './library-example.ts'
import { storeExample } from './world-example.ts'

const jobId = JobId.parse('job-00000000000000001')
const disk = (number: string) => ({
  fileId: `file-${number}`,
  name: `disk-${number}.img`,
  sizeBytes: 1,
})

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

it('looks again at a volume whose loading failed, whichever is shown', async () => {
  const describeVolumeStatus = vi.fn(() => new Promise<never>(() => {}))
  const { store, tellEngine } = followed({ describeVolumeStatus })
  store.setState({ volumeId: null })
  const job = { jobId, kind: 'load', title: 'Loading web', volumeId, snapshotId: null } as const
  const soFar = { doneBytes: 0, totalBytes: 1, bytesPerSecond: 0, secondsLeft: null, result: null }
  tellEngine({ kind: 'job', job: { ...job, ...soFar, state: 'running', error: null } })
  expect(describeVolumeStatus).not.toHaveBeenCalled()
  const error = { code: 'DISK_FULL', message: 'no room', remedy: 'free some' } as const
  tellEngine({ kind: 'job', job: { ...job, ...soFar, state: 'failed', error } })
  expect(describeVolumeStatus).toHaveBeenCalledWith({ volumeId })
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

it('asks for the facts and an open preview again when a lock runs out, though nothing changed', async () => {
  const lock = { code: 'SNAPSHOT_LOCKED', message: 'It is locked.', remedy: 'Wait.' }
  const pinned = [{ snapshotId: id('b'), reason: lock }]
  const planDeletion = vi.fn().mockResolvedValue(plan({ pinned }))
  const describeLibrary = vi.fn(async () => library())
  const { store, tellEngine } = followed({ describeLibrary, planDeletion })
  await vi.waitFor(() => expect(store.getState().library).not.toBeNull())
  await store.getState().previewDeletion([id('b')])
  const before = store.getState().library

  planDeletion.mockResolvedValue(plan({}))
  tellEngine({ kind: 'momentPassed', at: 1 })
  await vi.waitFor(() =>
    expect(store.getState().deletion).toMatchObject({ step: 'preview', plan: { pinned: [] } }),
  )
  // Another object: whatever was worked out from it with the time of then is worked out anew.
  expect(store.getState().library).not.toBe(before)
})

it('forgets everything of a library that is no longer open', async () => {
  const { store, tellShell } = followed({})
  await vi.waitFor(() => expect(store.getState().library).not.toBeNull())
  store.setState({ selection: [id('b')], dialog: { kind: 'newVolume' } })
  const undoes = { deletionId, names: ['B'] }
  store.getState().tell({ kind: 'done', title: 'Deleted B', body: '', undoes })
  tellShell({ kind: 'libraryOpened' })
  expect(store.getState()).toMatchObject({
    library: null,
    selection: [],
    dialog: { kind: 'none' },
    notices: [],
  })
  await vi.waitFor(() => expect(store.getState().library).not.toBeNull())
})

it('runs what the menu chose', () => {
  const { tellShell, runAction } = followed({})
  tellShell({ kind: 'action', id: 'library.verify' })
  expect(runAction).toHaveBeenCalledWith('library.verify')
})

it('takes files from outside for new volumes while they can be nothing else', async () => {
  const importImage = vi.fn().mockReturnValue(new Promise(() => undefined))
  const { store, tellShell } = followed({ importImage })
  tellShell({ kind: 'filesOffered', files: [disk('1')] })
  await vi.waitFor(() => expect(importImage).toHaveBeenCalledWith({ file: 'file-1', copy: false }))
  expect(store.getState().dialog).toEqual({ kind: 'none' })
})

it('asks what files from outside are where they can be the next state of a volume', async () => {
  const linked = { ...web, kind: 'linked' as const }
  const { store, tellShell } = followed({
    describeLibrary: async () => library({ volumes: [linked] }),
  })
  tellShell({ kind: 'filesOffered', files: [disk('2')] })
  const asked = (...numbers: string[]) =>
    vi.waitFor(() =>
      expect(store.getState().dialog).toEqual({ kind: 'dropped', files: numbers.map(disk) }),
    )
  await asked('2')
  tellShell({ kind: 'filesOffered', files: [disk('1')] })
  await asked('1', '2')
})

it('files that come with a library wait for it, whatever else asks for it meanwhile', async () => {
  const linked = { ...web, kind: 'linked' as const }
  const answers: Array<(view: LibraryView) => void> = []
  const describeLibrary = () => new Promise<LibraryView>((resolve) => answers.push(resolve))
  const { store, tellShell } = followed({ describeLibrary })
  tellShell({ kind: 'libraryOpened' })
  tellShell({ kind: 'filesOffered', files: [disk('1')] })
  window.dispatchEvent(new Event('focus'))
  for (const answer of answers) {
    answer(library({ volumes: [linked] }))
    await new Promise((resolve) => setTimeout(resolve))
  }
  expect(answers.length).toBeGreaterThan(2)
  expect(store.getState().dialog).toEqual({ kind: 'dropped', files: [disk('1')] })
  expect(store.getState().notices).toEqual([])
})

it('files that come where no library opens are not kept back', async () => {
  const describeLibrary = () => Promise.reject(new Error('none is open'))
  const importImage = vi.fn().mockReturnValue(new Promise(() => undefined))
  const { tellShell } = followed({ describeLibrary, importImage })
  tellShell({ kind: 'libraryOpened' })
  tellShell({ kind: 'filesOffered', files: [disk('1')] })
  await vi.waitFor(() => expect(importImage).toHaveBeenCalled())
})

it('a library that cannot be opened is told with its code, and another one offered', async () => {
  const { store, tellShell } = followed({ planDeletion: async () => plan({}) })
  await vi.waitFor(() => expect(store.getState().library).not.toBeNull())
  await store.getState().previewDeletion([id('b')])
  const { library, deletion } = store.getState()
  store.setState({ selection: [id('b')], dialog: { kind: 'newVolume' } })
  const error = { code: 'LIBRARY_LOCKED', message: 'It is open elsewhere.', remedy: 'Close it.' }
  tellShell({ kind: 'libraryFailed', ...error })
  expect(store.getState().notices).toMatchObject([
    { kind: 'failed', code: 'LIBRARY_LOCKED', title: error.message, actionId: 'library.open' },
  ])
  // The one that is open stays so, with all that is being done in it.
  const dialog = { kind: 'newVolume' }
  expect(store.getState()).toMatchObject({ library, deletion, selection: [id('b')], dialog })
  // Only the last attempt matters, and none once one succeeds.
  tellShell({ kind: 'libraryFailed', ...error, code: 'LIBRARY_MISSING' })
  expect(store.getState().notices).toMatchObject([{ code: 'LIBRARY_MISSING' }])
  tellShell({ kind: 'libraryOpened' })
  expect(store.getState().notices).toEqual([])
})

it('a library that was refused at the start is told beside the one that is opened instead', () => {
  const { store, tellShell } = followed({})
  tellShell({
    kind: 'libraryFailed',
    code: 'LIBRARY_MISSING',
    message: 'None.',
    remedy: 'Make it.',
  })
  tellShell({ kind: 'libraryOpened' })
  expect(store.getState().notices).toMatchObject([{ code: 'LIBRARY_MISSING' }])
})

it('an event of the log is put on top of those that are listed', async () => {
  const { store, tellEngine } = followed({ listEvents: async () => [takenEvent(1)] })
  await store.getState().refreshWorldEvents()
  tellEngine({ kind: 'worldEvent', event: takenEvent(2) })
  expect(store.getState().worldEvents).toEqual([takenEvent(2), takenEvent(1)])
})
