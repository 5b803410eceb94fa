import type { MessagePort } from 'node:worker_threads'
import { StrataError } from '../contract/errors.ts'
import type { BlockJobs, Failure, JobName, JobRun, Step, StepReply } from './block-jobs.ts'
import { openCheck } from './check-job.ts'
import { openDigest } from './digest-job.ts'
import { openRepack } from './repack-job.ts'
import { openReseal } from './reseal-job.ts'
import { openScan } from './scan-job.ts'
import { openSlots } from './slots-job.ts'
import { openWrite } from './write-job.ts'

const OPENERS: {
  [N in JobName]: (
    input: BlockJobs[N]['open'],
    control: Int32Array,
  ) => JobRun<N> | Promise<JobRun<N>>
} = {
  scan: openScan,
  write: openWrite,
  check: openCheck,
  repack: openRepack,
  digest: openDigest,
  reseal: openReseal,
  slots: openSlots,
}

/** Runs in a block thread: does what the engine thread asks, step by step, until it is ended. */
export function serveBlockJobs(port: MessagePort): void {
  const runs = new Map<number, JobRun<JobName>>()
  port.on('message', async ({ sequence, jobId, step }: Step) => {
    try {
      const value = await take(runs, jobId, step)
      port.postMessage({ sequence, value } satisfies StepReply)
    } catch (error) {
      port.postMessage({ sequence, failure: toFailure(error) } satisfies StepReply)
    }
  })
}

async function take(
  runs: Map<number, JobRun<JobName>>,
  jobId: number,
  step: Step['step'],
): Promise<unknown> {
  if (step.do === 'open') {
    // The sender pairs names with inputs; see BlockJobs.
    const open = OPENERS[step.name] as (input: unknown, control: Int32Array) => JobRun<JobName>
    runs.set(jobId, await open(step.input, step.control))
    return null
  }
  const run = runs.get(jobId)
  if (step.do === 'abort') {
    runs.delete(jobId)
    return (await run?.abort()) ?? null
  }
  if (!run) throw new Error(`Job ${jobId} is not open on this thread`)
  if (step.do === 'work') return run.work(step.input as never)
  const closed = await run.close()
  runs.delete(jobId)
  return closed
}

function toFailure(error: unknown): Failure {
  if (error instanceof StrataError) return { strata: { code: error.code, data: error.data } }
  return { defect: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
