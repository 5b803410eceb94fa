import type { Verbs } from '../engine/verb.ts'
import { deleteUnpinned, planGuardedDeletion } from './guarded-deletion.ts'
import { lockSnapshot, unlockSnapshot } from './locks.ts'
import { removeTags, setTags } from './tags.ts'

/** What keeps snapshots, and what that makes of their deletion. */
export const keepingVerbs = {
  planDeletion: planGuardedDeletion,
  deleteSnapshots: deleteUnpinned,
  lockSnapshot,
  unlockSnapshot,
  setTags,
  removeTags,
} satisfies Partial<Verbs>
