import type { StateCreator } from 'zustand/vanilla'
import type { JobId } from '../../core/contract/ids.ts'
import type { Job } from '../../core/contract/jobs.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import type { VerifyResult } from '../../core/contract/results.ts'
import { doneWords } from '../words/job-words.ts'
import { type World, wireOf } from './api.ts'
import type { AppState } from './store.ts'
import { fullNameIn } from './tree.ts'

export type JobsSlice = {
  /** Running ones, oldest first. */
  jobs: readonly Job[]
  /** Of the last verification, when it found something. */
  verifyReport: VerifyResult | null
  refreshJobs: () => Promise<void>
  /** What an event tells of a job. Called by events.ts alone. */
  noteJob: (job: Job) => void
  cancelJob: (jobId: JobId) => Promise<void>
}

type Calls = Pick<World['engine'], 'listJobs' | 'cancelJob'>

export const jobsSlice =
  (engine: Calls): StateCreator<AppState, [], [], JobsSlice> =>
  (set, get) => ({
    jobs: [],
    verifyReport: null,

    refreshJobs: async () => {
      try {
        const jobs = await engine.listJobs({})
        set({ jobs: jobs.filter((job) => job.state === 'running') })
      } catch (error) {
        get().tellFailure(wireOf(error))
      }
    },

    noteJob: (job) => {
      const others = get().jobs.filter((known) => known.jobId !== job.jobId)
      if (job.state !== 'running') {
        set({ jobs: others })
        if (job.result?.kind === 'verify') {
          set({ verifyReport: job.result.ok ? null : job.result })
        }
        tellEnd(get(), job)
      } else if (others.length === get().jobs.length) {
        set({ jobs: [...others, job] })
        get().announce(`${job.title} started.`)
      } else {
        set({ jobs: get().jobs.map((known) => (known.jobId === job.jobId ? job : known)) })
      }
    },

    cancelJob: async (jobId) => {
      try {
        await engine.cancelJob({ jobId })
      } catch (error) {
        get().tellFailure(wireOf(error))
      }
    },
  })

/** Per cent of a snapshot that is being made; jobs tell it more often than the library does. */
export function progressOf(jobs: readonly Job[], { snapshotId, progress }: Snapshot): number {
  const job = jobs.find((each) => each.snapshotId === snapshotId)
  if (job === undefined || job.totalBytes === 0) return progress
  return Math.min(99, Math.floor((100 * job.doneBytes) / job.totalBytes))
}

function tellEnd(state: AppState, job: Job): void {
  if (job.state === 'cancelled') {
    state.tell({
      kind: 'done',
      title: `Cancelled: ${job.title}`,
      body: job.error?.remedy ?? '',
    })
    return
  }
  if (job.state === 'failed') {
    // A restore that would replace a file asks whether it may: work.ts does that.
    if (job.error !== null && job.error.code !== 'FILE_EXISTS') state.tellFailure(job.error)
    return
  }
  const told = doneWords(job, fullNameIn(state.library))
  if (told === null) {
    state.announce(`${job.title}: done.`)
    return
  }
  const digest = job.result?.kind === 'restore' ? job.result.sha256 : undefined
  if (state.verifyReport !== null && job.kind === 'verify') {
    state.tell({ kind: 'failed', ...told, actionId: 'library.verifyReport' })
  } else state.tell({ kind: 'done', ...told, copyable: digest })
}
