import { z } from 'zod'
import { AccountId } from './account.ts'
import { DeletionPlan, Pin } from './deletion.ts'
import { Bytes, Instant, PolicyId, RegionName, SnapshotId, VolumeId } from './ids.ts'
import { Tag } from './tags.ts'
import { WireError } from './wire-error.ts'

/** As in EBS: of one account in one region. */
export const MAX_POLICIES = 100
export const MAX_SCHEDULES = 4
export const MAX_TARGET_TAGS = 50
/** Tags that one schedule puts on its snapshots. */
export const MAX_SCHEDULE_TAGS = 45
export const MAX_KEPT_COUNT = 1_000
export const MAX_POLICY_TEXT_LENGTH = 500
export const MAX_SCHEDULE_NAME_LENGTH = 120
export const MAX_CRON_LENGTH = 200
export const MAX_PREVIEW_DAYS = 366
/** Of one preview. */
export const MAX_PREVIEW_STEPS = 1_000

/** Every how many hours a schedule may fire. */
export const INTERVAL_HOURS = [1, 2, 3, 4, 6, 8, 12, 24] as const

/** What a policy puts on its snapshots; only the system gives such tags. */
export const POLICY_TAGS = {
  policyId: 'aws:dlm:lifecycle-policy-id',
  scheduleName: 'aws:dlm:lifecycle-schedule-name',
  /** Where retention goes by age. */
  expiresAt: 'aws:dlm:expirationTime',
  /** Gone where the policy has let go of the snapshot. */
  isManaged: 'aws:dlm:managed',
} as const

/** When a schedule fires, in UTC. */
export const ScheduleTimes = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('interval'),
    hours: z.literal(INTERVAL_HOURS),
    /** HH:MM at which one of them starts. */
    at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  }),
  /** As EventBridge writes them: `cron(0 3 ? * MON *)`, once an hour at the most. */
  z.strictObject({ kind: z.literal('cron'), expression: z.string().max(MAX_CRON_LENGTH) }),
])
export type ScheduleTimes = z.infer<typeof ScheduleTimes>

export const AgeUnit = z.enum(['days', 'weeks', 'months', 'years'])
export type AgeUnit = z.infer<typeof AgeUnit>

/** Which snapshots of a schedule stay: the newest so many, or those younger than an age. */
export const Retention = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('count'), count: z.int() }),
  z.strictObject({ kind: z.literal('age'), length: z.int(), unit: AgeUnit }),
])
export type Retention = z.infer<typeof Retention>

export const Schedule = z.strictObject({
  /** Ties it to its snapshots: with another name they are managed no longer. */
  name: z.string(),
  times: ScheduleTimes,
  retention: Retention,
  /** Snapshots get the tags of their volume. */
  copiesTags: z.boolean(),
  /** They get these, too, before those of the volume. */
  tags: z.array(Tag),
})
export type Schedule = z.infer<typeof Schedule>

/** What a person says of a policy. */
export const PolicyWish = z.strictObject({
  description: z.string().max(4_096),
  /** Volumes with one of these, in the region of the policy. */
  targetTags: z.array(Tag),
  schedules: z.array(Schedule),
})
export type PolicyWish = z.infer<typeof PolicyWish>

/** Takes and deletes snapshots by itself. */
export const Policy = z.strictObject({
  policyId: PolicyId,
  accountId: AccountId,
  region: RegionName,
  ...PolicyWish.shape,
  /** error: switched on, but something went wrong in its last run. It goes on all the same. */
  state: z.enum(['enabled', 'disabled', 'error']),
  /** What went wrong; null: nothing. */
  problem: z.string().nullable(),
  /** null: it never ran. */
  lastRunAt: Instant.nullable(),
  /** What is overdue runs at once. null: it is off, or nothing is to come. */
  nextRunAt: Instant.nullable(),
})
export type Policy = z.infer<typeof Policy>

/** A snapshot that a preview tells of: one that is there, or one that would be taken meanwhile. */
const Previewed = z.strictObject({
  volumeId: VolumeId,
  /** null: it is not there yet. */
  snapshotId: SnapshotId.nullable(),
  startedAt: Instant,
})

/** What a policy does at one moment. */
export const PreviewStep = z.strictObject({
  at: Instant,
  /** That fire. None: only what has become too old goes. */
  scheduleNames: z.array(z.string()),
  /** Of those, the one that keeps longest: it has the snapshots. */
  keptBy: z.string().nullable(),
  /** A snapshot is taken of each. */
  takenOf: z.array(VolumeId),
  deleted: z.array(Previewed),
  /** Of what is there now; null: that depends on what is written until then. */
  releasedBytes: Bytes.nullable(),
})
export type PreviewStep = z.infer<typeof PreviewStep>

/** What a policy would do, were it switched on. Nothing is done by asking. */
export const PolicyPreview = z.strictObject({
  policyId: PolicyId,
  from: Instant,
  until: Instant,
  /** The volumes that it takes snapshots of. */
  volumeIds: z.array(VolumeId),
  steps: z.array(PreviewStep),
  /** There are more steps than are told. */
  isCut: z.boolean(),
  takenCount: z.int().nonnegative(),
  deletedCount: z.int().nonnegative(),
  /** Of what is there, what goes up to the first run and with it, as it would go now; null: nothing. */
  firstDeletion: DeletionPlan.nullable(),
  /** false: what comes back of it depends on what is taken then; its bytes are as if nothing were. */
  isFirstDeletionKnown: z.boolean(),
  /** What would go in all that time, but may not be deleted as things are. */
  kept: z.array(Pin),
  /** To be quoted when it is switched on. */
  revision: z.int(),
})
export type PolicyPreview = z.infer<typeof PolicyPreview>

/** What one policy did. */
export const PolicyRun = z.strictObject({
  policyId: PolicyId,
  description: z.string(),
  takenIds: z.array(SnapshotId),
  deletedIds: z.array(SnapshotId),
  /** What was to be deleted and may not be. It is tried again. */
  kept: z.array(Pin),
  /** Volumes of which no snapshot could be taken. */
  failures: z.array(z.strictObject({ volumeId: VolumeId, reason: WireError })),
})
export type PolicyRun = z.infer<typeof PolicyRun>
