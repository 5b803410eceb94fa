import { z } from 'zod'
import { Bytes, DeletionId, Instant, SnapshotId } from './ids.ts'
import { HeldBytes } from './loading.ts'
import { WireError } from './wire-error.ts'

/** A deletion that can be undone until its space is reclaimed. */
export const Deletion = z.strictObject({
  deletionId: DeletionId,
  snapshotIds: z.array(SnapshotId).min(1),
  names: z.array(z.string()),
  deletedAt: Instant,
  /** When reclaiming starts by itself; null: it has been asked for already. */
  undoableUntil: Instant.nullable(),
  /** At once: nothing of what went to the Recycle Bin. */
  releasedBytes: Bytes,
})
export type Deletion = z.infer<typeof Deletion>

export const Heir = z.strictObject({ snapshotId: SnapshotId, inheritedBytes: Bytes })
export type Heir = z.infer<typeof Heir>

/** Something stands in the way of deleting this snapshot: the refusal, before it is asked for. */
export const Pin = z.strictObject({ snapshotId: SnapshotId, reason: WireError })
export type Pin = z.infer<typeof Pin>

/** What deleting these snapshots together does. It changes nothing; a deletion must quote it. */
export const DeletionPlan = z.strictObject({
  snapshotIds: z.array(SnapshotId).min(1),
  /** Those of them that are still being made: they go when completed; their bytes are not known. */
  pendingIds: z.array(SnapshotId),
  /** Once those that go to the Recycle Bin have left it; that holds for the other figures, too. */
  releasedBytes: Bytes,
  /** At once: less than that where some go to the Recycle Bin. */
  releasedNowBytes: Bytes,
  /** Those that go to the Recycle Bin, and when each leaves it: a pending one later, by its completion. */
  binned: z.array(z.strictObject({ snapshotId: SnapshotId, exitsAt: Instant })),
  /** What comes back when the volumes that still load it are done; counted once. */
  heldBytes: Bytes,
  /** Which those are, and how much each of them needs, most first. Two may need the same. */
  heldBy: z.array(HeldBytes),
  /** Sum of what each would release if it went alone. */
  singleSumBytes: Bytes,
  /** Released only because they go together: released - singleSum. */
  surplusBytes: Bytes,
  /** Bytes of the doomed that survivors keep: the union of their full sizes - released - held. */
  keptBytes: Bytes,
  heirs: z.array(Heir),
  storedBytesBefore: Bytes,
  storedBytesAfter: Bytes,
  /** Each of these would have to go first: with one of them the deletion is refused. */
  pinned: z.array(Pin),
  revision: z.int(),
})
export type DeletionPlan = z.infer<typeof DeletionPlan>
