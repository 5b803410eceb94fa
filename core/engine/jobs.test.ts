import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { JobId } from '../contract/ids.ts'
import type { Job, JobResult } from '../contract/jobs.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { filesIn } from '../testing/files-in.ts'
import { noise } from '../testing/make-image.ts'
import { Jobs } from './jobs.ts'
import { blocks, noises, Scene } from './testing/scene.ts'

const many = (count: number) => noises(...Array.from({ length: count }, (_, i) => i))

const encrypted = { checked: 0, unchecked: 0 }

/** All that was told of a job, in order. */
const toldOf = (scene: Scene, jobId: JobId): Job[] =>
  scene.events.flatMap((event) =>
    event.kind === 'job' && event.job.jobId === jobId ? [event.job] : [],
  )

describe('a job', () => {
  test('is told from its start to its end, and its progress only grows', async () => {
    const scene = await Scene.begin()
    const volumeId = await scene.linked(scene.image(many(200)))
    const { jobId, snapshotId } = await scene.engine.takeSnapshot({ volumeId, name: 'first' })
    const job = await scene.engine.awaitJob({ jobId })
    const told = toldOf(scene, jobId)
    expect(told[0]).toMatchObject({ state: 'running', doneBytes: 0, kind: 'snapshot', snapshotId })
    expect(told.at(-1)).toEqual(job)
    expect(job).toMatchObject({
      state: 'done',
      doneBytes: blocks(200),
      totalBytes: blocks(200),
      result: { kind: 'snapshot', snapshotId },
      error: null,
      secondsLeft: null,
    })
    const done = told.map(({ doneBytes }) => doneBytes)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    for (const { doneBytes, totalBytes } of told) expect(doneBytes).toBeLessThanOrEqual(totalBytes)
  })

  test('tells its rate, and the time left by it, at most ten times a second', async () => {
    const told: Job[] = []
    const jobs = new Jobs(
      (event) => void (event.kind === 'job' && told.push(event.job)),
      () => {},
    )
    const begin = { kind: 'verify', title: 'Verify', totalBytes: 10_000 } as const
    const jobId = jobs.start(begin, async (job) => {
      for (let done = 0; done <= 2_000; done += 100) {
        job.progress(done)
        await delay(20)
      }
      return { kind: 'verify', ok: true, blocksChecked: 0, encrypted, problems: [] }
    })
    await jobs.ended(jobId)
    const rated = told.filter(
      ({ state, bytesPerSecond }) => state === 'running' && bytesPerSecond > 0,
    )
    expect(rated.length).toBeGreaterThan(0)
    expect(told.length).toBeLessThan(15)
    for (const { bytesPerSecond, secondsLeft, doneBytes, totalBytes } of rated) {
      // 100 bytes each 20 ms or, on a busy machine, later.
      expect(bytesPerSecond).toBeLessThanOrEqual(5_100)
      expect(secondsLeft).toBeCloseTo((totalBytes - doneBytes) / bytesPerSecond, 6)
    }
  })

  test('shows a snapshot as pending, with per cent, until it is completed', async () => {
    const scene = await Scene.begin()
    const volumeId = await scene.linked(scene.image(many(100)))
    const taking = await scene.engine.takeSnapshot({ volumeId, name: 'first' })
    expect((await scene.view()).snapshots).toMatchObject([{ state: 'pending', progress: 0 }])
    expect(await scene.engine.listJobs()).toMatchObject([{ state: 'done' }, { state: 'running' }])
    await scene.done(taking)
    expect((await scene.view()).snapshots).toMatchObject([{ state: 'completed', progress: 100 }])
  })

  test('is done, and leaves what it made, though nobody can listen', async () => {
    const failures: unknown[] = []
    const deaf = () => {
      throw new Error('nobody listens')
    }
    const jobs = new Jobs(deaf, (error) => failures.push(error))
    const begin = { kind: 'verify', title: 'Verify', totalBytes: 100 } as const
    const result: JobResult = {
      kind: 'verify',
      ok: true,
      blocksChecked: 0,
      encrypted,
      problems: [],
    }
    const jobId = jobs.start(begin, async (job) => {
      job.progress(50)
      return result
    })
    expect(await jobs.ended(jobId)).toMatchObject({ state: 'done', doneBytes: 100, result })
    expect(failures).toEqual(Array(3).fill(new Error('nobody listens')))
  })

  test('that is unknown is told as such', async () => {
    const scene = await Scene.begin()
    const jobId = 'job-00000000000000000' as JobId
    const unknown = { code: 'JOB_UNKNOWN' }
    await expect(scene.engine.awaitJob({ jobId })).rejects.toMatchObject(unknown)
    await expect(scene.engine.cancelJob({ jobId })).rejects.toMatchObject(unknown)
  })

  test('that has ended is not changed by a cancel', async () => {
    const scene = await Scene.begin()
    const { jobId } = await scene.engine.reclaim({ now: true })
    await scene.engine.awaitJob({ jobId })
    await scene.engine.cancelJob({ jobId })
    expect((await scene.engine.awaitJob({ jobId })).state).toBe('done')
  })
})

/** Work long enough to be cancelled in, each kind on the same library. */
async function longJobs() {
  const scene = await Scene.begin()
  const file = scene.image(many(150))
  const linked = await scene.linked(file, 'disk')
  const snapshotId = await scene.snapshot(linked, { name: 'first' })
  const next = scene.image(noises(...Array.from({ length: 150 }, (_, i) => 1_000 + i)))
  const managed = await scene.managed(blocks(150))
  const target = scene.path('out.img')
  const start: Record<string, () => Promise<{ jobId: JobId }>> = {
    snapshot: () => scene.engine.takeSnapshot({ volumeId: linked, file: next }),
    'import --copy': () => scene.engine.importImage({ file, name: 'copy', copy: true }),
    restore: () =>
      scene.engine.restoreToFile({ snapshotId, file: target, sha256: true, overwrite: false }),
    verify: () => scene.engine.verify({ deep: true }),
    write: () => scene.engine.writeFile({ volumeId: managed, offsetBytes: 0, file }),
  }
  return { scene, start, managed }
}

describe('cancelling', () => {
  test.each(['snapshot', 'import --copy', 'restore', 'verify'])(
    'a %s leaves neither file nor row, and it can be done again',
    async (kind) => {
      const { scene, start } = await longJobs()
      const before = await scene.view()
      const files = filesIn(scene.folder)
      for (const waitMs of [0, 30]) {
        const { jobId } = await start[kind]!()
        await delay(waitMs)
        await scene.engine.cancelJob({ jobId })
        const job = await scene.engine.awaitJob({ jobId })
        // A fast machine may be done before.
        if (waitMs > 0 && job.state === 'done') return
        expect(job).toMatchObject({ state: 'cancelled', error: { code: 'JOB_CANCELLED' } })
        expect({ ...(await scene.view()), revision: 0 }).toEqual({ ...before, revision: 0 })
        expect(filesIn(scene.folder)).toEqual(files)
      }
      await scene.done(await start[kind]!())
    },
  )

  test('a write leaves the volume usable, and what was written counts as changed', async () => {
    const { scene, start, managed } = await longJobs()
    const base = await scene.snapshot(managed)
    const { jobId } = await start.write!()
    await scene.engine.cancelJob({ jobId })
    expect((await scene.engine.awaitJob({ jobId })).state).toBe('cancelled')
    const next = await scene.snapshot(managed)
    expect(await scene.snapshotOf(next)).toMatchObject({ parentId: base })
    const bytes = await scene.bytesOf(next)
    expect(bytes.length).toBe(blocks(150))
    await scene.done(await start.write!())
    const written = await scene.snapshot(managed)
    expect((await scene.bytesOf(written)).subarray(0, BLOCK_BYTES)).toEqual(noise(0, BLOCK_BYTES))
  })

  test('closing cancels all, waits for them, and leaves the library whole', async () => {
    const { scene, start } = await longJobs()
    const before = await scene.view()
    for (const kind of ['snapshot', 'import --copy', 'restore', 'verify']) {
      await start[kind]!()
    }
    await scene.reopen()
    const after = await scene.view()
    expect(after.snapshots).toEqual(before.snapshots)
    expect(after.volumes).toEqual(before.volumes)
    expect(readdirSync(scene.folder).filter((name) => name.startsWith('.'))).toEqual([])
    expect(await scene.verify()).toMatchObject({ ok: true, blocksChecked: 150 })
  })
})

test('a job that fails tells why, and what its failure left is nothing', async () => {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(blocks(1))
  const snapshotId = await scene.snapshot(volumeId)
  const file = join(scene.folder, 'taken')
  const started = await scene.engine.restoreToFile({
    snapshotId,
    file,
    sha256: false,
    overwrite: false,
  })
  writeFileSync(file, 'mine')
  expect(await scene.engine.awaitJob(started)).toMatchObject({
    state: 'failed',
    error: { code: 'FILE_EXISTS', message: expect.stringContaining('taken') },
  })
  expect(readdirSync(scene.folder).toSorted()).toEqual(['lab.strata', 'taken'])
})
