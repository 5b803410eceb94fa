import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { Input, Output } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { JobId, VolumeId } from '../contract/ids.ts'
import { LOAD_RATES } from '../contract/loading.ts'
import type { Volume } from '../contract/model.ts'
import { show } from '../contract/show.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { EMPTY, firstOf, intersect, isEmpty, minus, sizeOf, union } from '../lineage/index-set.ts'
import { optionOf, wordFor } from './command-line.ts'
import type { Context } from './context.ts'
import type { JobHandle } from './jobs.ts'
import type { Library } from './library.ts'
import { copyTurn, TURN_BLOCKS, untilIdle } from './load-turns.ts'
import { type Line, toldChange } from './told-change.ts'
import { damagedOf, setDamaged, unloadedOf } from './unloaded.ts'
import { usableVolume } from './usable-volume.ts'
import { volumeOf } from './view.ts'
import { hasKeys } from './volume-load.ts'
import type { VolumeLoader } from './volume-loader.ts'

const MIB = 2 ** 20

/** @throws StrataError RATE_REFUSED */
export function assertRate(rateMiBPerS: number | null): void {
  if (rateMiBPerS === null) return
  const isOffered = rateMiBPerS >= LOAD_RATES.least && rateMiBPerS <= LOAD_RATES.most
  if (!isOffered) throw new StrataError('RATE_REFUSED', { rateMiBPerS, ...LOAD_RATES })
}

/**
 * Goes on with what was paused, or tries again what could not be read, or sees to the end of what runs; at
 * a new rate, if one is given.
 */
export function loadVolume(context: Context, input: Input<'loadVolume'>): Output<'loadVolume'> {
  const { library, jobs } = context
  const row = usableVolume(library, input.volumeId)
  const load = library.loadRows().get(row.id)
  const { rateMiBPerS = load?.rateMiBPerS ?? null } = input
  assertRate(rateMiBPerS)
  if (load !== undefined && (load.isPaused || load.rateMiBPerS !== rateMiBPerS)) {
    toldChange(context, lineOf(library, row, input.rateMiBPerS), () =>
      library.loads.update({ ...load, rateMiBPerS, isPaused: false }),
    )
  }
  setDamaged(library, row.id, EMPTY)
  return { jobId: jobs.loading(row.id)?.jobId ?? startLoading(context, row.id) }
}

function lineOf(library: Library, row: VolumeRow, rateMiBPerS: number | null | undefined): Line {
  const option = optionOf('--rate', rateMiBPerS === null ? 'unlimited' : rateMiBPerS)
  const rate = rateMiBPerS === null ? 'as fast as it goes' : `at ${rateMiBPerS} MiB/s`
  return {
    title: `Went on loading ${show(row.name)}${rateMiBPerS === undefined ? '' : `, ${rate}`}`,
    command: ['volume', 'load', wordFor(library, row), ...option],
  }
}

/** What is not loaded waits, until it is touched or loading goes on. */
export async function pauseLoading(
  context: Context,
  input: Input<'pauseLoading'>,
): Promise<Volume> {
  const { library, jobs } = context
  const row = usableVolume(library, input.volumeId)
  const jobId = jobs.loading(row.id)?.jobId
  if (jobId !== undefined) {
    jobs.cancel(jobId)
    await jobs.ended(jobId)
  }
  setPaused(context, row.id)
  return volumeOf(library, row)
}

/** Goes on with all that was loading when the library was closed, or waits for its keys no longer. */
export function resumeLoading(context: Context): void {
  const { library, jobs, resumesLoading } = context
  for (const { id, isPaused } of resumesLoading ? library.loadRows().values() : []) {
    if (isPaused || !hasMore(library, id) || jobs.loading(id) !== undefined) continue
    const row = library.volumeRows().get(id)!
    // Whoever asks now: it goes on for its owner.
    if (hasKeys(library, row)) library.asker.as(row.ownerId, () => startLoading(context, id))
  }
}

/** Cancelling it keeps the volume and what was loaded: it is a pause. */
export function startLoading(context: Context, volumeId: VolumeId): JobId {
  const { library, jobs } = context
  const title = `Loading ${library.volumeRow(volumeId).name}`
  const totalBytes = (library.loadRows().get(volumeId)?.totalBlocks ?? 0) * BLOCK_BYTES
  const before = jobs.loading(volumeId, true)
  library.underWay.stalled.delete(volumeId)
  return jobs.start({ kind: 'load', title, volumeId, totalBytes }, async (job) => {
    const loader = context.loaders.of(volumeId)
    try {
      if (before !== undefined) await jobs.after(before.jobId, job.signal)
      await loadAll(context, loader, job, totalBytes)
      return { kind: 'volume', volumeId }
    } catch (error) {
      if (!job.signal.aborted) library.underWay.stalled.add(volumeId)
      if (!job.signal.aborted || jobs.isStopping) throw error
      loader.commit()
      // Unless it was asked to go on before it had come to a stop.
      if (jobs.loading(volumeId) === undefined) setPaused(context, volumeId)
      throw new StrataError('LOAD_PAUSED', { title }, { cause: error })
    } finally {
      loader.commit()
    }
  })
}

async function loadAll(
  context: Context,
  loader: VolumeLoader,
  job: JobHandle,
  totalBytes: number,
): Promise<void> {
  const { library, jobs } = context
  const { volumeId } = loader
  const pace = new Pace(() => library.loadRows().get(volumeId)?.rateMiBPerS ?? null)
  const report = () => job.progress(totalBytes - sizeOf(loader.missing) * BLOCK_BYTES)
  const mayRun = () => loader.touches === 0 && jobs.holding(volumeId).length === 0
  let broken = EMPTY
  let firstFault: StrataError | null = null
  // Whoever made the volume can pause it, or touch a block, before any other.
  await nextTurn()
  report()
  for (;;) {
    // Who waits for a snapshot may wait long: what is here by then shall be safe.
    if (!mayRun()) loader.commit()
    await untilIdle(context, volumeId, job.signal)
    const wanted = firstOf(minus(loader.missing, broken), TURN_BLOCKS)
    if (isEmpty(wanted)) break
    await loader.prepare()
    const fault = await copyTurn(context, loader, () => wanted, 'background', job.signal, mayRun)
    const left = intersect(wanted, loader.missing)
    // One damaged block is no reason to leave out the others.
    if (fault !== null) broken = union(broken, left)
    firstFault ??= fault
    report()
    await pace.after((sizeOf(wanted) - sizeOf(left)) * BLOCK_BYTES, job.signal)
  }
  if (firstFault === null) return
  loader.commit()
  setDamaged(library, volumeId, broken)
  throw firstFault
}

/** What cannot be read is not tried again by itself. */
function hasMore(library: Library, volumeId: VolumeId): boolean {
  return !isEmpty(minus(unloadedOf(library, volumeId).data, damagedOf(library, volumeId)))
}

function setPaused(context: Context, volumeId: VolumeId): void {
  const { library } = context
  const load = library.loadRows().get(volumeId)
  if (load === undefined || load.isPaused || !hasMore(library, volumeId)) return
  const row = library.volumeRow(volumeId)
  const command = ['volume', 'pause', wordFor(library, row)]
  toldChange(context, { title: `Paused loading ${show(row.name)}`, command }, () =>
    library.loads.update({ ...load, isPaused: true }),
  )
}

/** Keeps to a number of MiB a second, or gives way once a turn. */
class Pace {
  readonly #rate: () => number | null
  #readyAt = performance.now()

  constructor(rate: () => number | null) {
    this.#rate = rate
  }

  async after(bytes: number, signal: AbortSignal): Promise<void> {
    const rate = this.#rate()
    const now = performance.now()
    if (rate === null) {
      await nextTurn()
      return
    }
    this.#readyAt = Math.max(now, this.#readyAt + (bytes / MIB / rate) * 1_000)
    await delay(this.#readyAt - now, undefined, { signal }).catch(() => signal.throwIfAborted())
  }
}
