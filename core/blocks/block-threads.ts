/*
 * The block threads of this process, from the engine thread's side.
 * (1) A thread is started when it is first needed, stays while it may be needed again, and never
 *     keeps the process alive: it counts as running only while something is asked of it.
 * (2) Steps of one job reach a thread in order. A job that failed on any thread is aborted on all.
 * (3) When a thread dies, everything that waits for it fails; the next job gets a new one.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type ErrorCode, StrataError } from '../contract/errors.ts'
import {
  type BlockJobs,
  CANCELLED,
  CONTROL_WORDS,
  DONE_BLOCKS,
  type Failure,
  type JobName,
  type Step,
  type StepReply,
} from './block-jobs.ts'
import { workerFile } from './worker-file.ts'

/** More would only wait for the disk, and each has 10 MiB of buffers. */
const MAX_THREADS = 4
/** Below this a second thread takes longer to start than it saves. */
const MIN_BLOCKS_FOR_MANY = 64
const IDLE_MS = 30_000
const PROGRESS_EVERY_MS = 100
/**
 * A thread needs about 8 MiB; a limit near that lets the buffers that zstd makes be given back
 * soon. Measured for two threads that compress: 136 MiB in all, against 227 with 128 here.
 */
const HEAP = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 32 }

/** How many threads a job over `blockCount` blocks gets. */
export function threadCountFor(blockCount: number): number {
  if (blockCount < MIN_BLOCKS_FOR_MANY) return 1
  return Math.min(MAX_THREADS, Math.max(2, availableParallelism()))
}

/** A job that is open on some threads. */
export class BlockJob<N extends JobName> {
  readonly control: Int32Array
  readonly #id = ++lastJobId
  readonly #threads: BlockThread[]

  private constructor(threads: BlockThread[]) {
    this.#threads = threads
    this.control = new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * 4))
  }

  /** @param inputs one for each thread that the job gets */
  static async open<N extends JobName>(
    name: N,
    inputs: readonly BlockJobs[N]['open'][],
  ): Promise<BlockJob<N>> {
    const job = new BlockJob<N>(takeThreads(inputs.length))
    try {
      await job.#all((i) => ({ do: 'open', name, input: inputs[i], control: job.control }))
      return job
    } catch (error) {
      await job.abort()
      throw error
    }
  }

  get threadCount(): number {
    return this.#threads.length
  }

  /** The same work for all threads, which share it out; or with `thread` for one alone. */
  async work(input: BlockJobs[N]['work']): Promise<BlockJobs[N]['worked'][]> {
    return (await this.#all(() => ({ do: 'work', input }))) as BlockJobs[N]['worked'][]
  }

  async workOn(thread: number, input: BlockJobs[N]['work']): Promise<BlockJobs[N]['worked']> {
    const step: Step['step'] = { do: 'work', input }
    return (await this.#threads[thread]!.ask(this.#id, step)) as BlockJobs[N]['worked']
  }

  /** @returns what each thread leaves */
  async close(): Promise<BlockJobs[N]['closed'][]> {
    const closed = (await this.#all(() => ({ do: 'close' }))) as BlockJobs[N]['closed'][]
    this.#release()
    return closed
  }

  /** Undoes what the threads made; those that died are the caller's to clean up after. */
  async abort(): Promise<void> {
    this.cancel()
    await Promise.allSettled(this.#threads.map((thread) => thread.ask(this.#id, { do: 'abort' })))
    this.#release()
  }

  /** Threads leave their work at the next unit. */
  cancel(): void {
    Atomics.store(this.control, CANCELLED, 1)
  }

  /** Waits for all, so that nothing still runs when the first failure is thrown. */
  async #all(stepOf: (thread: number) => Step['step']): Promise<unknown[]> {
    const answers = await Promise.allSettled(
      this.#threads.map(async (thread, i) => {
        try {
          return await thread.ask(this.#id, stepOf(i))
        } catch (error) {
          this.cancel()
          throw error
        }
      }),
    )
    return answers.map((answer) => {
      if (answer.status === 'rejected') throw answer.reason
      return answer.value
    })
  }

  #release(): void {
    for (const thread of this.#threads) thread.jobCount--
    scheduleIdleEnd()
  }
}

/**
 * Runs `body` with an open job: closes it at the end, and aborts it when anything throws or
 * `signal` is aborted, whose reason is thrown then. Reports progress meanwhile.
 */
export async function withJob<N extends JobName, T>(
  name: N,
  inputs: readonly BlockJobs[N]['open'][],
  options: { signal: AbortSignal; onProgress: (doneBlocks: number) => void },
  body: (job: BlockJob<N>) => Promise<T>,
): Promise<{ result: T; closed: BlockJobs[N]['closed'][]; control: Int32Array }> {
  const { signal, onProgress } = options
  signal.throwIfAborted()
  const job = await BlockJob.open(name, inputs)
  const cancel = () => job.cancel()
  const report = () => onProgress(Atomics.load(job.control, DONE_BLOCKS))
  const timer = setInterval(report, PROGRESS_EVERY_MS)
  signal.addEventListener('abort', cancel)
  try {
    signal.throwIfAborted()
    const result = await body(job)
    signal.throwIfAborted()
    const closed = await job.close()
    report()
    return { result, closed, control: job.control }
  } catch (error) {
    await job.abort()
    throw signal.aborted ? signal.reason : error
  } finally {
    clearInterval(timer)
    signal.removeEventListener('abort', cancel)
  }
}

/** Ends all threads; those that are asked something fail. For tests and for leaving in order. */
export async function endBlockThreads(): Promise<void> {
  await Promise.all(pool.splice(0).map((thread) => thread.end()))
}

const pool: BlockThread[] = []
let lastJobId = 0
let idleTimer: NodeJS.Timeout | undefined

/** The least busy ones, and new ones while the pool may grow. */
function takeThreads(count: number): BlockThread[] {
  clearTimeout(idleTimer)
  const free = pool.filter((thread) => thread.jobCount === 0).length
  const wanted = Math.max(count, Math.min(MAX_THREADS, pool.length + count - free))
  while (pool.length < wanted) pool.push(new BlockThread())
  const chosen = [...pool].sort((a, b) => a.jobCount - b.jobCount).slice(0, count)
  for (const thread of chosen) thread.jobCount++
  return chosen
}

function scheduleIdleEnd(): void {
  clearTimeout(idleTimer)
  if (pool.some((thread) => thread.jobCount > 0)) return
  idleTimer = setTimeout(() => void endBlockThreads(), IDLE_MS)
  idleTimer.unref()
}

type Waiting = { resolve: (value: unknown) => void; reject: (error: unknown) => void }

class BlockThread {
  jobCount = 0
  readonly #worker = new Worker(workerFile('block-worker'), {
    name: 'blocks',
    resourceLimits: HEAP,
  })
  readonly #waiting = new Map<number, Waiting>()
  #sequence = 0
  #death: Error | null = null

  constructor() {
    this.#worker.unref()
    this.#worker.on('message', (reply: StepReply) => this.#settle(reply))
    this.#worker.on('error', (error) => this.#die(error))
    this.#worker.on('exit', (code) => this.#die(new Error(`A block thread ended (${code})`)))
  }

  ask(jobId: number, step: Step['step']): Promise<unknown> {
    if (this.#death) return Promise.reject(this.#death)
    const sequence = ++this.#sequence
    return new Promise((resolve, reject) => {
      this.#waiting.set(sequence, { resolve, reject })
      this.#worker.ref()
      this.#worker.postMessage({ sequence, jobId, step } satisfies Step)
    })
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  #settle(reply: StepReply): void {
    const waiting = this.#waiting.get(reply.sequence)
    this.#waiting.delete(reply.sequence)
    if (this.#waiting.size === 0) this.#worker.unref()
    if ('failure' in reply) waiting?.reject(toError(reply.failure))
    else waiting?.resolve(reply.value)
  }

  #die(error: Error): void {
    this.#death ??= error
    const at = pool.indexOf(this)
    if (at >= 0) pool.splice(at, 1)
    for (const { reject } of this.#waiting.values()) reject(this.#death)
    this.#waiting.clear()
  }
}

/** The code and the data were a StrataError's on the other side. */
function toError(failure: Failure): Error {
  if ('defect' in failure) return new Error(failure.defect)
  return new StrataError(failure.strata.code as ErrorCode, failure.strata.data as never)
}
