import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { CATALOG_FILE } from '../core/catalog/database.ts'
import { FIRST_REGION } from '../core/catalog/regions.ts'
import { OWNER_ACCOUNT } from '../core/contract/account.ts'
import { StrataError } from '../core/contract/errors.ts'
import type { JobId } from '../core/contract/ids.ts'
import type { Job, JobResult } from '../core/contract/jobs.ts'
import { defaultLibraryPath } from '../core/engine/default-library.ts'
import { Engine, type EngineOptions } from '../core/engine/engine.ts'
import { JobFailed } from './failure.ts'
import type { ProgressBar } from './progress-bar.ts'

/** How a killed process ends by convention: 128 + SIGINT. */
const EXIT_INTERRUPTED = 130
const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** What every way to a library needs to know. */
type Opening = {
  readonly path: string | undefined
  /** The region to work in; undefined: the library's current one. */
  readonly region: string | undefined
  /** Id or name of the account that asks; undefined: the library's current one. */
  readonly account: string | undefined
  /** What opens the keys, asked when they are needed. */
  readonly passphrase?: () => string | undefined
  /** What opens them in place of it. */
  readonly recoveryKey?: () => string | undefined
  /** Shown to whoever finds the library locked. */
  readonly command: string
  readonly progress: ProgressBar
}

/** An open library, with jobs that are waited for, shown and cancelled by Ctrl+C. */
export class Library {
  readonly engine: Engine
  /** The region that the command line asked for; undefined: it did not. */
  readonly askedRegion: string | undefined
  readonly #progress: ProgressBar
  #running: JobId | null = null
  readonly #interruption = new AbortController()

  private constructor(engine: Engine, { region, progress }: Opening) {
    this.engine = engine
    this.askedRegion = region
    this.#progress = progress
    for (const signal of SIGNALS) process.on(signal, this.#onSignal)
  }

  /**
   * Opens the library at `path`, or the default one, which is made when it is not there yet.
   *
   * @param note told when the default library is made
   * @throws StrataError LIBRARY_MISSING, LIBRARY_LOCKED, LIBRARY_NEWER, LIBRARY_DAMAGED,
   *   InvalidRegion, ACCOUNT_UNKNOWN
   */
  static async open(input: Opening & { note(text: string): void }): Promise<Library> {
    const options = optionsOf(input)
    if (input.path !== undefined) {
      return new Library(await Engine.open(input.path, options), input)
    }
    const path = defaultLibraryPath()
    if (existsSync(path)) return new Library(await Engine.open(path, options), input)
    assertBeginsWith(input)
    try {
      const engine = await Engine.create(path, options)
      input.note(`Made a library at ${path}`)
      return new Library(engine, input)
    } catch (error) {
      if (!(error instanceof StrataError) || error.code !== 'LIBRARY_EXISTS') throw error
      // Another command was first.
      return new Library(await Engine.open(path, options), input)
    }
  }

  /** @throws StrataError LIBRARY_EXISTS, InvalidRegion, ACCOUNT_UNKNOWN */
  static async create(
    input: Opening & { readonly compression?: 'zstd' | 'none'; readonly isPractice?: boolean },
  ): Promise<Library> {
    assertBeginsWith(input)
    const engine = await Engine.create(input.path ?? defaultLibraryPath(), {
      ...optionsOf(input),
      compression: input.compression,
      practice: input.isPractice,
    })
    return new Library(engine, input)
  }

  /** Whether something that lies in `region` is asked about: everything is, unless one is named. */
  isAskedAbout({ region }: { readonly region: string }): boolean {
    return this.askedRegion === undefined || region === this.askedRegion
  }

  /**
   * Waits for a job, unless Ctrl+C cancels it.
   *
   * @throws JobFailed with what the engine told, JOB_CANCELLED too; StrataError LOAD_LEFT
   */
  async finish<Kind extends JobResult['kind']>(
    started: { readonly jobId: JobId },
    kind: Kind,
  ): Promise<Extract<JobResult, { kind: Kind }>> {
    const { jobId } = started
    const { kind: work, title } = (await this.engine.listJobs()).find((job) => job.jobId === jobId)!
    const job = await (work === 'load' ? this.#untilLeft(jobId, title) : this.#ended(jobId))
    this.#progress.clear()
    if (job.error !== null) throw new JobFailed(job.error)
    if (job.result?.kind !== kind) throw new Error(`A ${job.kind} job left no ${kind}`)
    return job.result as Extract<JobResult, { kind: Kind }>
  }

  async close(): Promise<void> {
    this.#progress.clear()
    await this.#finishReclaiming()
    await this.engine.close()
    for (const signal of SIGNALS) process.off(signal, this.#onSignal)
  }

  async #ended(jobId: JobId): Promise<Job> {
    this.#running = jobId
    if (this.#isInterrupted) await this.engine.cancelJob({ jobId })
    const job = await this.engine.awaitJob({ jobId })
    this.#running = null
    return job
  }

  /**
   * Cancelling a load would pause it for good. Left alone it goes on when it next can.
   *
   * @throws StrataError LOAD_LEFT
   */
  async #untilLeft(jobId: JobId, title: string): Promise<Job> {
    const { signal } = this.#interruption
    const left = this.#isInterrupted ? Promise.resolve() : once(signal, 'abort')
    const job = await Promise.race([this.engine.awaitJob({ jobId }), left.then(() => null)])
    if (job === null) throw new StrataError('LOAD_LEFT', { title })
    return job
  }

  /** What left the Recycle Bin meanwhile: the next command may be long in coming. */
  async #finishReclaiming(): Promise<void> {
    for (const { jobId, kind, state } of await this.engine.listJobs()) {
      if (kind !== 'reclaim' || state !== 'running' || this.#isInterrupted) continue
      this.#running = jobId
      await this.engine.awaitJob({ jobId })
      this.#running = null
    }
  }

  get #isInterrupted(): boolean {
    return this.#interruption.signal.aborted
  }

  /** The first one cancels what runs, or what is about to; the second one does not wait. */
  readonly #onSignal = (): void => {
    if (this.#isInterrupted) process.exit(EXIT_INTERRUPTED)
    this.#interruption.abort()
    if (this.#running !== null) void this.engine.cancelJob({ jobId: this.#running })
  }
}

/**
 * A file as the engine wants it, absolute. Not normalised: `link/..` means to the system what it
 * does not mean on paper.
 */
export function filePath(file: string): string {
  return file === '' || isAbsolute(file) ? file : `${process.cwd()}/${file}`
}

/** The catalog file of the library that the command line names, or of the default one. */
export function catalogOf(library: string | undefined): string {
  return join(library === undefined ? defaultLibraryPath() : filePath(library), CATALOG_FILE)
}

/** Asked before it is made, so that a refusal leaves no library behind. */
function assertBeginsWith({ region, account }: Opening): void {
  if (region !== undefined && region !== FIRST_REGION)
    throw new StrataError('InvalidRegion', { region })
  if (account !== undefined && account !== OWNER_ACCOUNT)
    throw new StrataError('ACCOUNT_UNKNOWN', { account })
}

function optionsOf(opening: Opening): EngineOptions {
  const { command, region, passphrase, recoveryKey, account, progress } = opening
  return {
    holder: `strata ${command}`,
    keyVault: { ...(passphrase && { passphrase }), ...(recoveryKey && { recoveryKey }) },
    region,
    account,
    // Only commands that wait for it: others should be over when they have answered.
    resumesLoading: false,
    runsPolicies: false,
    onEvent: (event) => {
      if (event.kind === 'job') progress.show(event.job)
    },
    // What a job fails of is told when it is waited for; where a defect lies is told only here.
    log: (error) => {
      if (error instanceof StrataError || !(error instanceof Error)) return
      progress.clear()
      process.stderr.write(`${error.stack}\n`)
    },
  }
}
