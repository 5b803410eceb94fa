import type { Verbs } from '../engine/verb.ts'
import { archiveSnapshot } from './archive-snapshot.ts'
import { deleteUnpinned, planGuardedDeletion } from './guarded-deletion.ts'
import { lockSnapshot, unlockSnapshot } from './locks.ts'
import { binOf, recoverSnapshot } from './recycle-bin.ts'
import { restoreTier } from './restore-tier.ts'
import { addRetentionRule, removeRetentionRule } from './retention-rules.ts'
import { removeTags, setTags } from './tags.ts'

/** What keeps snapshots, and what that makes of their deletion. */
export const keepingVerbs = {
  planDeletion: planGuardedDeletion,
  deleteSnapshots: deleteUnpinned,
  lockSnapshot,
  unlockSnapshot,
  setTags,
  removeTags,
  listRetentionRules: ({ library }) => library.retentionRules.of(library.account),
  addRetentionRule,
  removeRetentionRule,
  listBin: ({ library }) => binOf(library).filter(({ ownerId }) => ownerId === library.account),
  recoverSnapshot,
  archiveSnapshot,
  restoreTier,
} satisfies Partial<Verbs>
