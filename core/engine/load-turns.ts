import { setImmediate as nextTurn } from 'node:timers/promises'
import type { StrataError } from '../contract/errors.ts'
import type { VolumeId } from '../contract/ids.ts'
import { firstOf, type IndexSet, intersect, isEmpty, union } from '../lineage/index-set.ts'
import type { Context } from './context.ts'
import type { Cause, VolumeLoader } from './volume-loader.ts'

/*
 * Blocks are copied a few at a time, each time in one turn of the engine thread, so that whatever
 * else is done to the volume finds a block loaded or not, never in between.
 */

/** 4 MiB: some milliseconds. */
export const TURN_BLOCKS = 8
/** 64 MiB are copied between two transactions that say so. */
const COMMIT_BLOCKS = 128

/** For work that nobody can cancel. */
export const NEVER = new AbortController().signal

/** Waits for whatever else is being done to a volume. @throws the signal's reason when aborted */
export async function untilIdle({ jobs }: Context, id: VolumeId, signal: AbortSignal) {
  for (;;) {
    signal.throwIfAborted()
    const busy = jobs.holding(id)[0]
    if (busy === undefined) return
    await jobs.after(busy.jobId, signal)
  }
}

/**
 * Copies a turn's worth of the `wanted` blocks that are missing by then, unless `mayRun` is against
 * it when the turn comes.
 *
 * @returns the first block that could not be had
 */
export async function copyTurn(
  { gate }: Context,
  loader: VolumeLoader,
  wanted: () => IndexSet,
  cause: Cause,
  signal: AbortSignal,
  mayRun: () => boolean = () => true,
): Promise<StrataError | null> {
  const fault = await gate.share(signal, async () => {
    const blocks = mayRun() ? firstOf(intersect(loader.missing, wanted()), TURN_BLOCKS) : null
    return blocks === null || isEmpty(blocks) ? null : loader.copy(blocks, cause)
  })
  if (loader.copiedCount >= COMMIT_BLOCKS) loader.commit()
  return fault
}

/**
 * Has these blocks in the volume's file, ahead of all that loads in the background, and says so in
 * the catalog. For whoever is about to change the volume.
 *
 * @throws StrataError BLOCK_DAMAGED, SEGMENT_MISSING, DISK_FULL, FILE_UNWRITABLE
 */
export async function fetchNow(
  context: Context,
  volumeId: VolumeId,
  blocks: IndexSet,
  signal: AbortSignal = NEVER,
): Promise<void> {
  try {
    await fetchBlocks(context, volumeId, blocks, signal)
  } finally {
    context.loaders.of(volumeId).commit()
  }
}

/**
 * What a write needs, and is not loaded, of the blocks that it touches: those it writes in part, and
 * those that a pending snapshot may have to read.
 */
export function missingForWrite(
  { library, loaders }: Context,
  id: VolumeId,
  touched: IndexSet,
  partial: IndexSet,
): IndexSet {
  const needed = union(partial, library.underWay.moments.needed(id, touched))
  return intersect(loaders.of(id).missing, needed)
}

/** Has what a write needs, for a job: it holds the volume, so no snapshot of it is begun after this. */
export async function loadBeforeWrite(
  context: Context,
  id: VolumeId,
  touched: IndexSet,
  partial: IndexSet,
  signal?: AbortSignal,
): Promise<void> {
  const missing = missingForWrite(context, id, touched, partial)
  if (!isEmpty(missing)) await fetchNow(context, id, missing, signal)
}

/** As `fetchNow`, for many pieces of work: the caller commits when they are done. */
export async function fetchBlocks(
  context: Context,
  volumeId: VolumeId,
  blocks: IndexSet,
  signal: AbortSignal,
  mayRun?: () => boolean,
): Promise<void> {
  const loader = context.loaders.of(volumeId)
  const left = () => intersect(loader.missing, blocks)
  if (isEmpty(left())) return
  await loader.prepare()
  loader.touches += 1
  try {
    while (!isEmpty(left())) {
      if (mayRun !== undefined) await untilIdle(context, volumeId, signal)
      const fault = await copyTurn(context, loader, () => blocks, 'touch', signal, mayRun)
      if (fault !== null) throw fault
      await nextTurn()
    }
  } finally {
    loader.touches -= 1
  }
}
