import { type ErrorCode, StrataError, toWire } from '../contract/errors.ts'
import type { EngineEvent } from '../contract/events.ts'
import { JobId, type SnapshotId, type VolumeId } from '../contract/ids.ts'
import type { Job, JobResult } from '../contract/jobs.ts'
import type { JobKind } from '../contract/model.ts'
import { newId } from './ids.ts'
import { ProgressRate } from './progress-rate.ts'

/** A person sees no more often. */
const PROGRESS_EVERY_MS = 100
/** Ended jobs that can still be asked for. */
const KEPT_ENDED = 100

const CANCELLED: readonly ErrorCode[] = ['JOB_CANCELLED', 'WRITE_CANCELLED', 'LOAD_PAUSED']

/** What a job is given to work with. */
export type JobHandle = {
  readonly jobId: JobId
  readonly signal: AbortSignal
  /** @param doneBytes all so far @param totalBytes when it is known better than at the start */
  progress(doneBytes: number, totalBytes?: number): void
  /** Tells which snapshots are being made, where that is not known at the start. */
  makes(snapshotIds: readonly SnapshotId[]): void
}

type Begin = {
  kind: JobKind
  title: string
  volumeId?: VolumeId
  /** Where it works on several: nothing else is done to them meanwhile. */
  volumeIds?: readonly VolumeId[]
  snapshotId?: SnapshotId
  totalBytes?: number
}

type Entry = {
  job: Job
  readonly volumeIds: readonly VolumeId[]
  snapshotIds: readonly SnapshotId[]
  readonly abort: AbortController
  readonly ended: Promise<Job>
  readonly rate: ProgressRate
  toldAt: number
}

/** The long work of one engine: each job ends exactly once, as done, cancelled or failed. */
export class Jobs {
  readonly #entries = new Map<JobId, Entry>()
  readonly #emit: (event: EngineEvent) => void
  readonly #log: (error: unknown) => void
  readonly #failureOf: (error: unknown) => unknown
  #isStopping = false

  /** @param failureOf what a job is said to fail of, for what its work threw */
  constructor(
    emit: (event: EngineEvent) => void,
    log: (error: unknown) => void,
    failureOf: (error: unknown) => unknown = (error) => error,
  ) {
    this.#emit = emit
    this.#log = log
    this.#failureOf = failureOf
  }

  /** Starts `work`. It must leave nothing behind when it throws. */
  start(begin: Begin, work: (handle: JobHandle) => Promise<JobResult>): JobId {
    const jobId = newId(JobId, 'job')
    const abort = new AbortController()
    const job: Job = {
      jobId,
      kind: begin.kind,
      title: begin.title,
      volumeId: begin.volumeId ?? null,
      snapshotId: begin.snapshotId ?? null,
      state: 'running',
      doneBytes: 0,
      totalBytes: begin.totalBytes ?? 0,
      bytesPerSecond: 0,
      secondsLeft: null,
      result: null,
      error: null,
    }
    const handle: JobHandle = {
      jobId,
      signal: abort.signal,
      progress: (doneBytes, totalBytes) => this.#progress(jobId, doneBytes, totalBytes),
      makes: (snapshotIds) => {
        this.#entry(jobId).snapshotIds = snapshotIds
      },
    }
    const entry: Entry = {
      job,
      volumeIds: begin.volumeIds ?? (begin.volumeId === undefined ? [] : [begin.volumeId]),
      snapshotIds: begin.snapshotId === undefined ? [] : [begin.snapshotId],
      abort,
      rate: new ProgressRate(),
      toldAt: 0,
      // A turn later, so that whoever starts a job knows its id before it ends.
      ended: Promise.resolve().then(() => this.#run(jobId, work, handle)),
    }
    this.#entries.set(jobId, entry)
    this.#tell(job)
    return jobId
  }

  /** Per cent of a snapshot that is being made: 100 only once it is. */
  readonly progressOf = (id: SnapshotId): number => {
    const job = this.#running().find(({ snapshotIds }) => snapshotIds.includes(id))?.job
    if (job === undefined || job.totalBytes === 0) return 0
    return Math.min(99, Math.floor((job.doneBytes / job.totalBytes) * 100))
  }

  list(): Job[] {
    return [...this.#entries.values()].map((entry) => entry.job)
  }

  running(): Job[] {
    return this.#running().map(({ job }) => job)
  }

  /** Those that work on a volume. Loading does not count: it makes way for everything else. */
  on(id: VolumeId): Job[] {
    return this.#running()
      .filter(({ volumeIds, job }) => volumeIds.includes(id) && job.kind !== 'load')
      .map(({ job }) => job)
  }

  /** Those that need a volume to stay as it is. Who takes a snapshot has its moment already. */
  holding(id: VolumeId): Job[] {
    return this.on(id).filter(
      ({ jobId, kind }) => kind !== 'snapshot' && this.#entry(jobId).snapshotIds.length === 0,
    )
  }

  /** The one that loads a volume; or the last that was told to stop and has not done so yet. */
  loading(id: VolumeId, isStopping = false): Job | undefined {
    const isIt = ({ job, abort }: Entry) =>
      job.kind === 'load' && job.volumeId === id && abort.signal.aborted === isStopping
    return this.#running().findLast(isIt)?.job
  }

  /** @throws StrataError JOB_UNKNOWN */
  async ended(jobId: JobId): Promise<Job> {
    return this.#entry(jobId).ended
  }

  /**
   * For a job that comes after another one, however that ends.
   *
   * @throws the signal's reason, when it is aborted while waiting
   */
  async after(jobId: JobId, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    let onAbort = () => {}
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => reject(signal.reason)
      signal.addEventListener('abort', onAbort, { once: true })
    })
    try {
      await Promise.race([this.#entries.get(jobId)?.ended, aborted])
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  /** Asks a job to stop; it ends as cancelled, or as done if it was nearly there. */
  cancel(jobId: JobId): void {
    const { job, abort } = this.#entry(jobId)
    if (job.state !== 'running') return
    abort.abort(new StrataError('JOB_CANCELLED', { title: job.title }))
  }

  /** Whether work is cancelled because the library closes, and not because somebody asked for it. */
  get isStopping(): boolean {
    return this.#isStopping
  }

  /** Cancels all and waits until each has cleaned up behind itself. */
  async stop(): Promise<void> {
    this.#isStopping = true
    for (const job of this.running()) this.cancel(job.jobId)
    await Promise.all([...this.#entries.values()].map((entry) => entry.ended))
  }

  async #run(
    jobId: JobId,
    work: (handle: JobHandle) => Promise<JobResult>,
    handle: JobHandle,
  ): Promise<Job> {
    try {
      const result = await work(handle)
      return this.#end(jobId, { state: 'done', result })
    } catch (thrown) {
      const error = this.#failureOf(thrown)
      if (error instanceof StrataError && CANCELLED.includes(error.code)) {
        return this.#end(jobId, { state: 'cancelled', error: toWire(error) })
      }
      this.#log(error)
      return this.#end(jobId, { state: 'failed', error: toWire(error) })
    }
  }

  #end(jobId: JobId, outcome: Partial<Job>): Job {
    const entry = this.#entry(jobId)
    const doneBytes = outcome.state === 'done' ? entry.job.totalBytes : entry.job.doneBytes
    entry.job = { ...entry.job, ...outcome, doneBytes, secondsLeft: null }
    this.#tell(entry.job)
    this.#forgetOldest()
    return entry.job
  }

  #progress(jobId: JobId, doneBytes: number, totalBytes?: number): void {
    const entry = this.#entry(jobId)
    const now = performance.now()
    entry.rate.add(now, doneBytes)
    if (now - entry.toldAt < PROGRESS_EVERY_MS) return
    entry.toldAt = now
    const total = totalBytes ?? entry.job.totalBytes
    entry.job = { ...entry.job, doneBytes, totalBytes: total, ...entry.rate.towards(total) }
    this.#tell(entry.job)
  }

  /** Whoever cannot listen breaks no work. */
  #tell(job: Job): void {
    try {
      this.#emit({ kind: 'job', job })
    } catch (error) {
      this.#log(error)
    }
  }

  #running(): Entry[] {
    return [...this.#entries.values()].filter(({ job }) => job.state === 'running')
  }

  #entry(jobId: JobId): Entry {
    const entry = this.#entries.get(jobId)
    if (entry === undefined) throw new StrataError('JOB_UNKNOWN', { jobId })
    return entry
  }

  #forgetOldest(): void {
    const ended = [...this.#entries.values()].filter(({ job }) => job.state !== 'running')
    for (const { job } of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED))) {
      this.#entries.delete(job.jobId)
    }
  }
}
