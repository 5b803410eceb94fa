import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Input, Output } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import { type JobId, type RegionName, SnapshotId } from '../contract/ids.ts'
import type { CopyPlan, CopyResult } from '../contract/results.ts'
import { show } from '../contract/show.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { ownSnapshots } from '../engine/access.ts'
import { assertAuthentic } from '../engine/authentic.ts'
import { commandOf, optionOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { encryptionOptions } from '../engine/create-volume.ts'
import {
  assertKeyUsable,
  type Chosen,
  chosenForCopy,
  type EncryptionWish,
  readyKey,
} from '../engine/encryption-choice.ts'
import { finishSnapshot } from '../engine/finish-snapshot.ts'
import { giveUp } from '../engine/give-up.ts'
import { newId } from '../engine/ids.ts'
import type { JobHandle } from '../engine/jobs.ts'
import type { Library } from '../engine/library.ts'
import { checkDescription } from '../engine/names.ts'
import { snapshotCopied } from '../engine/notifications.ts'
import { newSnapshotName } from '../engine/snapshot-names.ts'
import { type CopyBase, copyBaseOf, keyOfChoice } from './copy-base.ts'
import { assertRate, rateFor, watched } from './copy-duration.ts'
import { type CopySource, copiedRow, copySourceOf } from './copy-source.ts'
import { movePlain, plainChanges } from './move-plain.ts'
import { moveSealed, sealedChanges } from './move-sealed.ts'
import type { Moved } from './moved.ts'
import { knownRegion } from './regions.ts'

/** EBS's limit of copies to one region at a time. */
const MAX_COPIES = 20

/** What a copy would transfer, and what it would be laid over. */
export async function planCopy(library: Library, input: Input<'planCopy'>): Promise<CopyPlan> {
  const source = library.readableRow(input.snapshotId)
  const region = knownRegion(library, input.region)
  const key = keyOfChoice(library, chosenForCopy(library, source, input, region), region)
  const base = copyBaseOf(library, source, library.account, region, key)
  const changes =
    key === null || base.kind === 'source'
      ? plainChanges(library, source, base)
      : await sealedChanges(library, source, base)
  const plan = planOf(base, changes, input.completionMinutes ?? null)
  if (plan.mibPerSecond !== null) assertRate(library, plan.mibPerSecond)
  return plan
}

/** A snapshot with an id of its own, in any region. Its source may go as soon as it is there. */
export async function copySnapshot(
  context: Context,
  input: Input<'copySnapshot'>,
): Promise<Output<'copySnapshot'>> {
  const { library, jobs } = context
  const region = knownRegion(library, input.region)
  const rate = await neededRate(library, input)
  const { source, problem } = copySourceOf(library, input.snapshotId)
  assertRoom(library, region)
  if (rate !== null) assertRate(library, rate)
  const { volumeId } = source
  const place = { volumeId, ownerId: library.account, region }
  const name = newSnapshotName(library, place, input.name, source.name)
  const description = checkDescription(input.description ?? '')
  const choice = choiceOf(library, input, region)
  const before = pendingCopy(context, source, region)
  const copy = begin(context, source, { ...input, region, name, description })
  if (rate !== null) library.underWay.copyRates.set(copy, rate)
  const title = `Copy of ${source.name} to ${region}`
  const jobId = jobs.start({ kind: 'copy', title, snapshotId: copy }, async (job) => {
    try {
      if (problem !== null) throw problem
      // A copy of the same volume that is under way is what this one is laid over.
      if (before !== null) await jobs.after(before, job.signal)
      const result = await context.gate.share(job.signal, () =>
        run(context, source.id, copy, choice, input, job),
      )
      return { kind: 'copy', ...result }
    } catch (error) {
      giveUp(context, copy, error)
      throw error
    } finally {
      library.underWay.copyRates.delete(copy)
    }
  })
  return { jobId, snapshotId: copy }
}

/** @throws StrataError InvalidParameterValue */
async function neededRate(library: Library, input: Input<'copySnapshot'>): Promise<number | null> {
  if (input.completionMinutes === undefined) return null
  if (copySourceOf(library, input.snapshotId).problem !== null) return null
  return (await planCopy(library, input)).mibPerSecond
}

/** Of a source that cannot be copied nothing is asked: the copy will fail. */
function choiceOf(library: Library, input: Input<'copySnapshot'>, region: RegionName): Chosen {
  if (copySourceOf(library, input.snapshotId).problem !== null) return { kind: 'plain' }
  const row = library.readableRow(input.snapshotId)
  const choice = chosenForCopy(library, row, input, region)
  if (choice.kind !== 'plain') library.keyring.assertOpenable()
  return choice
}

function assertRoom(library: Library, region: RegionName): void {
  const underWay = ownSnapshots(library).filter(
    (row) => row.state === 'pending' && row.copiedFrom !== null && row.region === region,
  )
  if (underWay.length >= MAX_COPIES) {
    throw new StrataError('ResourceLimitExceeded', { limit: MAX_COPIES, what: 'copies', region })
  }
}

/** The job of a copy of the same volume's snapshots to that region that is still under way. */
function pendingCopy(
  { library, jobs }: Context,
  source: CopySource,
  region: RegionName,
): JobId | null {
  const ids = ownSnapshots(library)
    .filter((row) => row.state === 'pending' && row.copiedFrom !== null)
    .filter((row) => row.volumeId === source.volumeId && row.region === region)
    .map(({ id }) => id)
  const job = jobs.running().findLast(({ snapshotId }) => snapshotId && ids.includes(snapshotId))
  return job?.jobId ?? null
}

function begin(
  { library, clock }: Context,
  source: CopySource,
  wish: { region: RegionName; name: string; description: string; completionMinutes?: number },
): SnapshotId {
  const id = newId(SnapshotId, 'snap')
  library.change(() =>
    library.snapshots.begin({
      id,
      name: wish.name,
      description: wish.description,
      volumeId: source.volumeId,
      ownerId: library.account,
      region: wish.region,
      copiedFrom: source.id,
      parentId: null,
      startedAt: Math.max(clock(), source.startedAt + 1),
      volumeSizeBytes: source.volumeSizeBytes,
      completionMinutes: wish.completionMinutes ?? null,
    }),
  )
  return id
}

async function run(
  context: Context,
  sourceId: SnapshotId,
  copy: SnapshotId,
  choice: Chosen,
  wish: EncryptionWish,
  ownJob: JobHandle,
): Promise<CopyResult> {
  const { library } = context
  const row = library.snapshotRows().get(copy)!
  const { ownerId, region, completionMinutes } = row
  const key = choice.kind === 'plain' ? null : await readyKey(context, choice, region)
  // Asked anew: while this waited, the source or the newest copy may have been deleted.
  const source = copiedRow(library, sourceId)
  assertKeyUsable(library, source)
  const job = watched(context, row, ownJob)
  const base = copyBaseOf(library, source, ownerId, region, key)
  if (base.kind !== 'source') await assertAuthentic(library, source, job.signal)
  const moved = await (key === null || base.kind === 'source'
    ? movePlain(library, source, base, row, job)
    : moveSealed(library, source, base, row, key, job))
  try {
    job.signal.throwIfAborted()
    // The last moment to tell that it is late.
    job.progress(moved.movedBlocks * BLOCK_BYTES)
    library.change(() => complete(context, source, copy, base, wish, moved))
  } catch (error) {
    moved.drop(error)
    throw error
  }
  return { snapshotId: copy, ...planOf(base, moved, completionMinutes) }
}

function planOf(
  base: CopyBase,
  { movedBlocks }: { readonly movedBlocks: number },
  completionMinutes: number | null,
): CopyPlan {
  const movedBytes = movedBlocks * BLOCK_BYTES
  return {
    incremental: base.kind !== 'none',
    baseId: base.kind === 'none' ? null : base.id,
    fullBecause: base.kind === 'none' ? base.because : null,
    movedBytes,
    mibPerSecond: completionMinutes === null ? null : rateFor(movedBytes, completionMinutes),
  }
}

/** In one transaction the copy comes to exist. Its blocks and their folder are synced already. */
function complete(
  { library, clock }: Context,
  source: SnapshotRow,
  copy: SnapshotId,
  base: CopyBase,
  wish: EncryptionWish,
  moved: Moved,
): void {
  const rows = library.snapshotRows()
  const row = rows.get(copy)!
  const { name, ownerId, region, volumeId, completionMinutes } = row
  const delta = moved.settle()
  library.snapshots.setParent(copy, base.kind === 'none' ? null : base.id)
  const at = clock()
  const storedDeltaBytes = finishSnapshot(library, copy, at, delta)
  if (base.kind !== 'source') library.copies.setNewest(volumeId, ownerId, region, copy)
  library.tell(snapshotCopied(row, rows, at, base.kind !== 'none'))
  library.history.add({
    at,
    title: `Copied ${show(source.name)} to ${region}`,
    command: commandOf(
      library,
      ...['snapshot', 'copy', source.id, '--to-region', region, '--name', name],
      ...optionOf('--description', row.description),
      ...optionOf('--minutes', completionMinutes),
      ...encryptionOptions(wish),
    ),
    storedDeltaBytes,
    deletionId: null,
  })
}
