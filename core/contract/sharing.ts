import { z } from 'zod'
import { AccountId } from './account.ts'
import { KeyId, RegionName, SnapshotId } from './ids.ts'

/** Whom a snapshot is shared with: an account, or everybody. */
export const Grantee = z.union([AccountId, z.literal('all')])
export type Grantee = z.infer<typeof Grantee>

/** Without everybody. */
export function accountsAmong(grantees: Iterable<Grantee>): AccountId[] {
  return [...grantees].flatMap((grantee) => (grantee === 'all' ? [] : [grantee]))
}

/** As many grantees as one request may name. */
export const MAX_GRANTEES = 500

/** Who may make volumes and copies of a snapshot besides its owner. */
export const SnapshotPermissions = z.strictObject({
  snapshotId: SnapshotId,
  /** In ascending order. */
  sharedWith: z.array(AccountId),
  /** Offered to everybody. */
  isPublic: z.boolean(),
  /** The owner's public access settings for its region keep others from it all the same. */
  isPublicBlocked: z.boolean(),
  /** What it opens with; null: it is plain. */
  keyId: KeyId.nullable(),
  /** Those of `sharedWith` that its key is not shared with: they can make nothing of it. */
  withoutKey: z.array(AccountId),
})
export type SnapshotPermissions = z.infer<typeof SnapshotPermissions>

/** What an account lets be public in a region. */
export const PublicAccessState = z.enum(['block-all-sharing', 'block-new-sharing', 'unblocked'])
export type PublicAccessState = z.infer<typeof PublicAccessState>

export const PublicAccess = z.strictObject({
  ownerId: AccountId,
  region: RegionName,
  state: PublicAccessState,
})
export type PublicAccess = z.infer<typeof PublicAccess>
