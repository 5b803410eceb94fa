import type { StateCreator } from 'zustand/vanilla'
import type { Job } from '../../core/contract/jobs.ts'
import type { JobId } from '../../core/contract/model.ts'
import { doneWords } from '../words/job-words.ts'
import { type World, wireOf } from './api.ts'
import type { AppState } from './store.ts'
import { snapshotById } from './tree.ts'

export type JobsSlice = {
  /** Running ones, oldest first. */
  jobs: readonly Job[]
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

function tellEnd(state: AppState, job: Job): void {
  if (job.state === 'cancelled') {
    state.tell({
      kind: 'done',
      title: `Cancelled: ${job.title}`,
      body: 'Nothing was left behind.',
    })
    return
  }
  if (job.state === 'failed') {
    // A restore that would replace a file asks whether it may: work.ts does that.
    if (job.error !== null && job.error.code !== 'FILE_EXISTS') state.tellFailure(job.error)
    return
  }
  const told = doneWords(job, nameIn(state))
  if (told === null) {
    state.announce(`${job.title}: done.`)
    return
  }
  const digest = job.result?.kind === 'restore' ? job.result.sha256 : undefined
  const isBad = job.result?.kind === 'verify' && !job.result.ok
  state.tell({ kind: isBad ? 'failed' : 'done', ...told, copyable: digest })
}

const nameIn = (state: AppState) => (job: Job) =>
  (job.snapshotId && snapshotById(state.library, job.snapshotId)?.name) ?? job.title
