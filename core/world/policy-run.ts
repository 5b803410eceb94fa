import type { PolicyRow } from '../catalog/policies.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { toWire } from '../contract/errors.ts'
import { POLICY_TAGS, type PolicyRun, type Schedule } from '../contract/policy.ts'
import { show } from '../contract/show.ts'
import type { Tag } from '../contract/tags.ts'
import { commandOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import type { JobHandle } from '../engine/jobs.ts'
import type { Library } from '../engine/library.ts'
import { reclaim } from '../engine/reclaim-space.ts'
import { takeSnapshot } from '../engine/take-snapshot.ts'
import { isUsable } from '../engine/usable-volume.ts'
import { pinsOf } from './deletion-guards.ts'
import { deleteAlong } from './guarded-deletion.ts'
import { joined } from './joined-job.ts'
import { keepsByAge, madeBy, superfluous, targetsOf } from './managed-snapshots.ts'
import { isAhead, letGo, nextRunOf } from './policies.ts'
import { policyFailed } from './policy-event.ts'
import { expiryOf, firesAfter, keeperAmong } from './schedule-times.ts'

/*
 * One run of one policy. What there is to do follows from what is there, so it can end anywhere and
 * be done again:
 * (1) A schedule is due for a volume while neither the policy's `settledUntil` nor the last snapshot
 *     that the policy took of it is later than its time. However many times were missed, one snapshot
 *     is taken.
 * (2) What is too many or too old is found anew each time.
 * (3) `settledUntil` is raised last, also past what failed: that is told, and not tried again. It is
 *     lowered only where the clock was set back: what was seen to lies in a time to come.
 */

/** What a run has done so far. */
type Run = { -readonly [K in keyof PolicyRun]: PolicyRun[K] }
type Due = { readonly policy: PolicyRow; readonly at: number; readonly run: Run }

/** @returns null: there was nothing to do */
export async function runPolicy(
  context: Context,
  asked: PolicyRow,
  job: JobHandle,
): Promise<PolicyRun | null> {
  const { library, clock } = context
  const at = clock()
  const policy = inTime(library, asked, at)
  const run: Run = {
    policyId: policy.id,
    description: policy.description,
    takenIds: [],
    deletedIds: [],
    kept: [],
    failures: [],
  }
  const due = { policy, at, run }
  for (const volume of targetsOf(library, policy)) {
    job.signal.throwIfAborted()
    if (!isStillOn(library, policy)) break
    if (isUsable(library, volume)) await takeIfDue(context, due, volume, job)
    deleteSuperfluous(context, due, volume)
  }
  if (run.deletedIds.length > 0) {
    await joined(context.jobs, job, reclaim(context, { now: false }).jobId, 'reclaim')
  }
  const isRun = (nextRunOf(policy) ?? Number.POSITIVE_INFINITY) <= at
  if (isRun) settle(library, due)
  return isRun || run.deletedIds.length > 0 ? run : null
}

/** (3) @returns the policy as it goes on from now */
function inTime(library: Library, policy: PolicyRow, at: number): PolicyRow {
  if (!isAhead(policy, at)) return policy
  library.change(() => {
    const now = library.policies.all().find(({ id }) => id === policy.id)
    if (now === undefined) return
    library.policies.put({ ...now, settledUntil: at })
    tell(library, policy, at, 'goes on from now: the clock was set back')
  })
  return { ...policy, settledUntil: at }
}

async function takeIfDue(
  context: Context,
  { policy, at, run }: Due,
  volume: VolumeRow,
  job: JobHandle,
): Promise<void> {
  const { library, jobs } = context
  const due = dueSchedules(policy, madeBy(library, policy)(volume.id).rows, at)
  if (due.length === 0) return
  const schedule = keeperAmong(due, at)
  try {
    await untilIdle(context, volume, job)
    const description = `Created for policy: ${policy.id} schedule: ${schedule.name}`
    const tags = tagsFor(library, schedule, volume)
    const taken = takeSnapshot(
      context,
      { volumeId: volume.id, description, tags },
      systemTags(policy, schedule, at),
    )
    await joined(jobs, job, taken.jobId, 'snapshot')
    run.takenIds.push(taken.snapshotId)
  } catch (error) {
    // Nobody asked for it to end: it is due again when the library is opened next.
    if (job.signal.aborted || jobs.isStopping) throw error
    run.failures.push({ volumeId: volume.id, reason: toWire(error) })
  }
}

/** (1) */
function dueSchedules(policy: PolicyRow, made: readonly SnapshotRow[], at: number): Schedule[] {
  const seenTo = Math.max(policy.settledUntil, lastTaken(made, at))
  return policy.schedules.filter(({ times }) => {
    const next = firesAfter(times, seenTo)
    return next !== null && next <= at
  })
}

/**
 * When the last of these was taken; 0: none was by `now`. One that failed was not taken. After a clock
 * that was set back a snapshot starts after its parent all the same, but is complete when it is.
 */
function lastTaken(made: readonly SnapshotRow[], now: number): number {
  const last = made.findLast(({ state }) => state !== 'error')
  if (last === undefined) return 0
  const at = Math.min(last.startedAt, last.completedAt ?? last.startedAt)
  return at <= now ? at : 0
}

/** A write that is under way is worth waiting for; snapshots queue up by themselves. */
async function untilIdle({ jobs }: Context, { id }: VolumeRow, job: JobHandle): Promise<void> {
  for (;;) {
    const work = jobs.on(id).find(({ kind }) => kind !== 'snapshot')
    if (work === undefined) return
    await jobs.after(work.jobId, job.signal)
  }
}

/** Those of the schedule come before those of the volume. */
function tagsFor(
  library: Library,
  { copiesTags, tags }: Schedule,
  { id, ownerId }: VolumeRow,
): Tag[] {
  const copied = copiesTags ? library.volumeTags.of(id, ownerId) : []
  const own = new Set(tags.map(({ key }) => key))
  return [...copied.filter(({ key }) => !own.has(key)), ...tags]
}

function systemTags({ id }: PolicyRow, { name, retention }: Schedule, at: number): Tag[] {
  const expiresAt = expiryOf(retention, at)
  const expiry =
    expiresAt === null
      ? []
      : [{ key: POLICY_TAGS.expiresAt, value: new Date(expiresAt).toISOString() }]
  return [
    { key: POLICY_TAGS.policyId, value: id },
    { key: POLICY_TAGS.scheduleName, value: name },
    { key: POLICY_TAGS.isManaged, value: 'true' },
    ...expiry,
  ]
}

/**
 * (2) What is too many goes only once another one was taken. What may not be deleted stays; what was
 * archived, too, and the policy lets go of it.
 */
function deleteSuperfluous(context: Context, { policy, at, run }: Due, volume: VolumeRow): void {
  const { library, clock } = context
  const { rows, kept } = madeBy(library, policy)(volume.id)
  const isTaken = lastTaken(rows, clock()) > policy.settledUntil
  if (!isTaken && !keepsByAge(policy)) return
  const due = superfluous(policy, kept, at).map(({ row }) => row)
  const archived = due.filter(({ tier }) => tier === 'archive')
  if (archived.length > 0) library.change(() => letGo(library, policy, archived))
  const dueIds = due.filter(({ tier }) => tier !== 'archive').map(({ id }) => id)
  const pins = pinsOf(context, dueIds)
  run.kept.push(...pins)
  const snapshotIds = dueIds.filter((id) => !pins.some(({ snapshotId }) => snapshotId === id))
  if (snapshotIds.length === 0) return
  const { revision } = library.facts()
  deleteAlong(
    context,
    { snapshotIds, revision, undoableMs: 0 },
    {
      // Taken out of the Recycle Bin, they stay.
      work: () =>
        letGo(
          library,
          policy,
          snapshotIds.map((id) => ({ id })),
        ),
      by: `policy ${show(policy.description)}`,
    },
  )
  run.deletedIds.push(...snapshotIds)
}

/** (3) */
function settle(library: Library, { policy, at, run }: Due): void {
  library.change(() => {
    const now = library.policies.all().find(({ id }) => id === policy.id)
    if (now === undefined) return
    const problem = problemOf(library, run)
    library.policies.put({
      ...now,
      settledUntil: Math.max(now.settledUntil, at),
      lastRunAt: at,
      problem: now.isEnabled ? problem : null,
    })
    if (problem !== null) tell(library, policy, at, `met a problem. ${problem}`)
    if (problem !== null && now.problem === null) library.tell(policyFailed(policy, at, problem))
    const [first] = run.kept
    if (first === undefined) return
    const count = run.kept.length === 1 ? 'a snapshot' : `${run.kept.length} snapshots`
    tell(library, policy, at, `could not delete ${count}. ${first.reason.message}`)
  })
}

function problemOf(library: Library, { failures }: PolicyRun): string | null {
  if (failures.length === 0) return null
  const rows = library.volumeRows()
  return failures
    .map(({ volumeId, reason }) => {
      const name = show(rows.get(volumeId)?.name ?? volumeId)
      return `No snapshot of ${name} was taken: ${reason.message}`
    })
    .join(' ')
}

function tell(library: Library, { description }: PolicyRow, at: number, what: string): void {
  library.history.add({
    at,
    title: `Policy ${show(description)} ${what}`,
    command: commandOf(library, 'policy', 'run'),
    storedDeltaBytes: 0,
    deletionId: null,
  })
}

function isStillOn(library: Library, { id }: PolicyRow): boolean {
  return library.policies.all().some((row) => row.id === id && row.isEnabled)
}
