import { z } from 'zod'
import { rawText } from './call-parts.ts'
import { SnapshotId } from './ids.ts'
import { PublicAccess, PublicAccessState, SnapshotPermissions } from './sharing.ts'

/** Requests about what other accounts may reach. */
export const sharingCalls = {
  /** Lets accounts, or with `all` everybody, make volumes and copies of it; or no longer. */
  shareSnapshot: {
    input: z.strictObject({
      snapshotId: SnapshotId,
      add: z.array(rawText).optional(),
      remove: z.array(rawText).optional(),
      /** Shares the key of an encrypted one with the same accounts. */
      withKey: z.boolean().optional(),
    }),
    output: SnapshotPermissions,
  },
  listPermissions: {
    input: z.strictObject({ snapshotId: SnapshotId }),
    output: SnapshotPermissions,
  },
  /** What the current account lets be public. `region`: default is the current one. */
  getPublicAccess: {
    input: z.strictObject({ region: rawText.optional() }),
    output: PublicAccess,
  },
  setPublicAccess: {
    input: z.strictObject({ region: rawText.optional(), state: PublicAccessState }),
    output: PublicAccess,
  },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
