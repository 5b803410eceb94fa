import type { StateCreator } from 'zustand/vanilla'
import type { Output } from '../../core/contract/calls.ts'
import type { DeletionPlan } from '../../core/contract/deletion.ts'
import type { SnapshotId } from '../../core/contract/ids.ts'
import type { WireError } from '../../core/contract/wire-error.ts'
import type { World } from './api.ts'
import { wireOf } from './api.ts'
import type { AppState } from './store.ts'

/** With whom a snapshot shares blocks, most bytes first. */
export type Sharing = Output<'listSharing'>

/** What the inspector explains and the list of snapshots alone cannot say. */
export type Insight = {
  ids: readonly SnapshotId[]
  plan: DeletionPlan
  /** Of a single snapshot. */
  sharing: Sharing
  /** A single snapshot that frees nothing: it together with its only heir. */
  withHeir: DeletionPlan | null
}

export type InsightSlice = {
  /** The last answer; shown dimmed while `insightStep` is asking about something newer. */
  insight: Insight | null
  insightStep: 'idle' | 'asking' | 'failed'
  insightError: WireError | null
  explain: (ids: readonly SnapshotId[]) => Promise<void>
}

type Calls = Pick<World['engine'], 'planDeletion' | 'listSharing'>

export const insightSlice =
  (engine: Calls): StateCreator<AppState, [], [], InsightSlice> =>
  (set, get) => {
    let asked = 0
    return {
      insight: null,
      insightStep: 'idle',
      insightError: null,

      explain: async (ids) => {
        const mine = ++asked
        if (ids.length === 0) {
          set({ insight: null, insightStep: 'idle' })
          return
        }
        set({ insightStep: 'asking' })
        try {
          const living = new Set(get().library?.snapshots.map((s) => s.snapshotId))
          const insight = await askAbout(engine, ids, living)
          if (mine === asked) set({ insight, insightStep: 'idle', insightError: null })
        } catch (error) {
          if (mine === asked) set({ insightStep: 'failed', insightError: wireOf(error) })
        }
      },
    }
  }

/** @param living what can be deleted: an heir may lie in the Recycle Bin */
async function askAbout(
  engine: Calls,
  ids: readonly SnapshotId[],
  living: ReadonlySet<SnapshotId>,
): Promise<Insight> {
  const [only, ...more] = ids
  const isSingle = only !== undefined && more.length === 0
  const [plan, sharing] = await Promise.all([
    engine.planDeletion({ snapshotIds: [...ids] }),
    isSingle ? engine.listSharing({ snapshotId: only }) : [],
  ])
  const [heir, ...others] = plan.heirs
  const isHandedOn = isSingle && plan.releasedBytes === 0 && heir && others.length === 0
  const withHeir =
    isHandedOn && living.has(heir.snapshotId)
      ? await engine.planDeletion({ snapshotIds: [only, heir.snapshotId] })
      : null
  return { ids, plan, sharing, withHeir }
}
