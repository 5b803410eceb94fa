import type { PolicyRow } from '../catalog/policies.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { Input } from '../contract/calls.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { MAX_PREVIEW_STEPS, type PolicyPreview, type PreviewStep } from '../contract/policy.ts'
import type { Context } from '../engine/context.ts'
import { planDeletion } from '../engine/delete-snapshots.ts'
import { livingBaseOf } from '../engine/head.ts'
import type { Library } from '../engine/library.ts'
import { pinsOf } from './deletion-guards.ts'
import { planGuardedDeletion } from './guarded-deletion.ts'
import {
  type Kept,
  keepsByAge,
  madeBy,
  nextExpiryOf,
  superfluous,
  targetsOf,
} from './managed-snapshots.ts'
import { isAhead, outdated, policyRow } from './policies.ts'
import { expiryOf, firingsOf, keeperAmong } from './schedule-times.ts'

const DAY_MS = 86_400_000
/** Each is a plan of its own, and a library can be large. */
const MAX_FIGURES = 50

/** Null: it would be taken meanwhile. */
type Thought = Kept & { readonly snapshotId: SnapshotId | null }
type Imagined = { readonly row: VolumeRow; kept: Thought[] }
type Told = { steps: PreviewStep[]; keptIds: Set<SnapshotId>; isCut: boolean }

/** What a policy would do in so many days, were it switched on now. Changes nothing. */
export function previewPolicy(
  context: Context,
  { policyId, days }: Input<'previewPolicy'>,
): PolicyPreview {
  const { library, clock } = context
  const policy = policyRow(library, policyId)
  const from = clock()
  const until = from + days * DAY_MS
  const volumes = imagined(library, policy, from)
  const { steps, keptIds, isCut } = imagine(context, policy, volumes, from, until)
  const figured = withFigures(library, volumes, steps)
  const first = firstDeleted(steps)
  return {
    policyId,
    from,
    until,
    volumeIds: volumes.filter(({ row }) => !row.isRemoved).map(({ row }) => row.id),
    steps: figured,
    isCut,
    takenCount: steps.reduce((sum, { takenOf }) => sum + takenOf.length, 0),
    deletedCount: steps.reduce((sum, { deleted }) => sum + deleted.length, 0),
    firstDeletion: first.length === 0 ? null : planGuardedDeletion(context, { snapshotIds: first }),
    isFirstDeletionKnown: !goesBelow(basesOf(library, volumes), first),
    kept: pinsOf(context, [...keptIds]),
    revision: library.facts().revision,
  }
}

/** Switching it on lets go of what became too old while it was off. */
function imagined(library: Library, policy: PolicyRow, from: number): Imagined[] {
  const made = madeBy(library, policy)
  const gone = policy.isEnabled ? [] : outdated(library, policy, from).map(({ id }) => id)
  return targetsOf(library, policy).map((row) => ({
    row,
    kept: made(row.id)
      .kept.map((kept) => ({ ...kept, snapshotId: kept.row.id }))
      .filter(({ snapshotId }) => !gone.includes(snapshotId)),
  }))
}

function imagine(
  context: Context,
  policy: PolicyRow,
  volumes: readonly Imagined[],
  from: number,
  until: number,
): Told {
  const firings = policy.schedules.map(({ times }) => firingsOf(times))
  const told: Told = { steps: [], keptIds: new Set(), isCut: false }
  let seenTo = policy.isEnabled && !isAhead(policy, from) ? policy.settledUntil : from
  /** What is too old already goes at once. */
  let before = 0
  for (;;) {
    const fires = firings.map((after) => after(seenTo) ?? Number.POSITIVE_INFINITY)
    const expiries = keepsByAge(policy)
      ? volumes.flatMap(({ kept }) => nextExpiryOf(policy, kept, before) ?? [])
      : []
    const at = Math.max(from, Math.min(...fires, ...expiries))
    if (at > until) return told
    const firing = policy.schedules.filter((_, i) => fires[i]! <= at)
    const step = imagineStep(context, policy, volumes, firing, at, told.keptIds)
    if (firing.length > 0) seenTo = at
    before = at
    if (step.takenOf.length === 0 && step.deleted.length === 0) continue
    if (told.steps.length === MAX_PREVIEW_STEPS) return { ...told, isCut: true }
    told.steps.push(step)
  }
}

/** @param keptIds gets what is there and may not be deleted */
function imagineStep(
  context: Context,
  policy: PolicyRow,
  volumes: readonly Imagined[],
  firing: PolicyRow['schedules'],
  at: number,
  keptIds: Set<SnapshotId>,
): PreviewStep {
  const keeper = firing.length === 0 ? null : keeperAmong(firing, at)
  const taken = keeper === null ? [] : volumes.filter(({ row }) => !row.isRemoved)
  const deleted: Thought[] = []
  for (const volume of volumes) {
    const isTaken = taken.includes(volume)
    if (isTaken) volume.kept.push(thoughtOf(volume.row, keeper!, at))
    if (!isTaken && !keepsByAge(policy)) continue
    const due = superfluous(policy, volume.kept, at)
    const pinned = pinnedAmong(context, due)
    for (const id of pinned) keptIds.add(id)
    const going = due.filter(({ snapshotId }) => snapshotId === null || !pinned.has(snapshotId))
    deleted.push(...going)
    volume.kept = volume.kept.filter((kept) => !going.includes(kept))
  }
  return {
    at,
    scheduleNames: firing.map(({ name }) => name),
    keptBy: keeper?.name ?? null,
    takenOf: taken.map(({ row }) => row.id),
    deleted: deleted.map(({ volumeId, snapshotId, startedAt }) => ({
      volumeId,
      snapshotId,
      startedAt,
    })),
    releasedBytes: null,
  }
}

function thoughtOf(
  { id }: VolumeRow,
  { name, retention }: PolicyRow['schedules'][number],
  at: number,
): Thought {
  const expiresAt = expiryOf(retention, at)
  return { volumeId: id, startedAt: at, scheduleName: name, expiresAt, snapshotId: null }
}

/** Locked, say; or archived, which the policy lets go of. */
function pinnedAmong(context: Context, due: readonly Thought[]): Set<SnapshotId> {
  const ids = due.flatMap(({ snapshotId }) => snapshotId ?? [])
  const pinned = pinsOf(context, ids).map(({ snapshotId }) => snapshotId)
  const archived = ids.filter((id) => context.library.snapshotRow(id).tier === 'archive')
  return new Set([...pinned, ...archived])
}

/**
 * What comes back of what is there is known as long as no volume's newest snapshot goes: what will be
 * taken reads through that, and through nothing else.
 */
function withFigures(
  library: Library,
  volumes: readonly Imagined[],
  steps: readonly PreviewStep[],
): PreviewStep[] {
  const bases = basesOf(library, volumes)
  const gone: SnapshotId[] = []
  let released = 0
  let figureCount = 0
  return steps.map((step) => {
    const ids = step.deleted.flatMap(({ snapshotId }) => snapshotId ?? [])
    gone.push(...ids)
    const isKnown = ids.length === step.deleted.length && !goesBelow(bases, gone)
    if (!isKnown || figureCount === MAX_FIGURES) return step
    if (ids.length === 0) return { ...step, releasedBytes: 0 }
    figureCount += 1
    const before = released
    released = planDeletion(library, gone).releasedBytes
    return { ...step, releasedBytes: released - before }
  })
}

/** What the next snapshots read through: of each volume its newest. */
function basesOf(library: Library, volumes: readonly Imagined[]): Set<SnapshotId | null> {
  return new Set(
    volumes
      .filter(({ row }) => !row.isRemoved)
      .map(({ row }) => livingBaseOf(library.lineage(), row.baseId).baseId),
  )
}

function goesBelow(bases: ReadonlySet<SnapshotId | null>, gone: readonly SnapshotId[]): boolean {
  return gone.some((id) => bases.has(id))
}

/** Of what is there, up to the first run and with it. */
function firstDeleted(steps: readonly PreviewStep[]): SnapshotId[] {
  const firstRun = steps.findIndex(({ takenOf }) => takenOf.length > 0)
  const upTo = firstRun === -1 ? steps : steps.slice(0, firstRun + 1)
  return upTo.flatMap(({ deleted }) => deleted.flatMap(({ snapshotId }) => snapshotId ?? []))
}
