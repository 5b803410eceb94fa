import { expect, it, vi } from 'vitest'
import { JobId } from '../../core/contract/ids.ts'
import type { Job } from '../../core/contract/jobs.ts'
import { BLOCK_BYTES } from '../../core/contract/units.ts'
import { EngineError } from './api.ts'
import { id, library, volumeId, web } from './library-example.ts'
import { storeExample } from './world-example.ts'

const jobId = JobId.parse('job-00000000000000001')
const job = (given: Partial<Job>): Job => ({
  jobId,
  kind: 'import',
  title: 'Import of disk',
  volumeId: null,
  snapshotId: null,
  state: 'done',
  doneBytes: 0,
  totalBytes: 0,
  bytesPerSecond: 0,
  secondsLeft: null,
  result: null,
  error: null,
  ...given,
})
const file = (name: string) => ({ fileId: `file-${name}`, name, sizeBytes: 1 })
const exists = { code: 'FILE_EXISTS', message: 'is there', remedy: 'choose' }

it('an image becomes a volume with a first snapshot, linked, and is shown', async () => {
  const importImage = vi.fn().mockResolvedValue({ jobId })
  const takeSnapshot = vi.fn().mockResolvedValue({ jobId, snapshotId: id('a') })
  const awaitJob = async () => job({ result: { kind: 'volume', volumeId } })
  const store = storeExample({ importImage, takeSnapshot, awaitJob })
  store.setState({ volumeId: null })

  await store.getState().receive([file('disk.img')], { kind: 'newVolume' })

  expect(importImage).toHaveBeenCalledWith({ file: 'file-disk.img', copy: false })
  expect(takeSnapshot).toHaveBeenCalledWith({ volumeId })
  expect(store.getState().volumeId).toBe(volumeId)
})

it('an import that is cancelled takes no snapshot', async () => {
  const takeSnapshot = vi.fn()
  const store = storeExample({
    importImage: async () => ({ jobId }),
    awaitJob: async () => job({ state: 'cancelled' }),
    takeSnapshot,
  })
  await store.getState().receive([file('a'), file('b')], { kind: 'newVolume' })
  expect(takeSnapshot).not.toHaveBeenCalled()
})

it('dropped states are taken one after another, 2 before 10, until one fails', async () => {
  const taken: unknown[] = []
  const store = storeExample({
    takeSnapshot: async ({ file }) => {
      taken.push(file)
      return { jobId, snapshotId: id('a') }
    },
    awaitJob: async () => job({ state: taken.length < 2 ? 'done' : 'failed' }),
  })
  const names = ['day10.img', 'day2.img', 'day1.img']
  const files = names.map((name) => new File(['x'], name))
  await store.getState().dropFiles(files, { kind: 'nextSnapshot', volumeId })
  expect(taken).toEqual(['file-day1.img', 'file-day2.img'])
})

it('a dropped library is opened, not read as an image', async () => {
  const openLibrary = vi.fn().mockResolvedValue({ opened: true })
  const store = storeExample({}, { openLibrary })
  await store.getState().receive([file('mail.strata')], { kind: 'newVolume' })
  expect(openLibrary).toHaveBeenCalledWith({ fileId: 'file-mail.strata' })
  expect(store.getState().notices).toEqual([])
})

it.each([
  ['at once', { restoreToFile: () => Promise.reject(new EngineError(exists)) }],
  [
    'in its job',
    {
      restoreToFile: async () => ({ jobId }),
      awaitJob: async () => job({ state: 'failed', error: exists }),
    },
  ],
])('a restore onto a file that is there asks first, refused %s', async (_, engine) => {
  const store = storeExample(engine)
  await store.getState().restore(id('b'), file('b.img'), false)
  expect(store.getState().dialog).toMatchObject({ kind: 'replaceFile', snapshotId: id('b') })
  expect(store.getState().notices).toEqual([])
})

it('other failures are told with their remedy', async () => {
  const store = storeExample({ takeSnapshot: () => Promise.reject(new EngineError(exists)) })
  await store.getState().takeSnapshot(volumeId)
  expect(store.getState().notices).toMatchObject([
    { kind: 'failed', title: 'is there', body: 'choose', code: 'FILE_EXISTS' },
  ])
  expect(store.getState().announcement).toMatchObject({ isUrgent: true })
})

it('writes cells as bytes and stops where the volume ends', async () => {
  const writeFill = vi.fn().mockResolvedValue(web)
  const store = storeExample({ writeFill })
  const sizeBytes = 2 * BLOCK_BYTES + 100
  store.setState({ library: library({ volumes: [{ ...web, sizeBytes }] }) })
  await store.getState().writeCells(volumeId, [{ firstBlock: 1, blockCount: 2 }])
  const expected = [{ offsetBytes: BLOCK_BYTES, lengthBytes: BLOCK_BYTES + 100 }]
  expect(writeFill).toHaveBeenCalledWith(expect.objectContaining({ volumeId, spans: expected }))
})

it('jobs come, move and go; what they leave is told', () => {
  const store = storeExample()
  const { noteJob } = store.getState()
  noteJob(job({ state: 'running', doneBytes: 1 }))
  noteJob(job({ state: 'running', doneBytes: 2 }))
  expect(store.getState().jobs).toMatchObject([{ doneBytes: 2 }])
  noteJob(job({ result: { kind: 'restore', bytesWritten: 10, dataBytes: 4, sha256: 'abc' } }))
  expect(store.getState().jobs).toEqual([])
  expect(store.getState().notices).toMatchObject([{ kind: 'done', copyable: 'abc' }])
  noteJob(job({ state: 'failed', error: exists }))
  expect(store.getState().notices).toHaveLength(1)
})
