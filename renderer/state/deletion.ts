import type { StateCreator } from 'zustand/vanilla'
import type { DeletionPlan, Heir } from '../../core/contract/deletion.ts'
import type { DeletionId, SnapshotId } from '../../core/contract/ids.ts'
import type { DeletionSaving } from '../../core/contract/money.ts'
import type { WireError } from '../../core/contract/wire-error.ts'
import { deletedWords, undoneWords } from '../words/plan-words.ts'
import { type World, wireOf } from './api.ts'
import type { AppState } from './store.ts'
import { subjectOf } from './tree.ts'

/** Rows of the ledger whose heirs are asked for one by one; below that they are only summed. */
const MAX_ITEMISED = 12

/** What one of the doomed would do if it went alone. */
export type Alone = { snapshotId: SnapshotId; heirs: readonly Heir[] }

/** `saving`: null while it is not known, and where costs are not shown. */
export type Previewed = {
  plan: DeletionPlan
  alone: readonly Alone[]
  saving: DeletionSaving | null
}

export type Deletion =
  | { step: 'none' }
  | { step: 'planning'; snapshotIds: readonly SnapshotId[] }
  | ({ step: 'preview' } & Previewed)
  | ({ step: 'deleting' } & Previewed)
  | { step: 'failed'; snapshotIds: readonly SnapshotId[]; error: WireError }

export type DeletionSlice = {
  deletion: Deletion
  previewDeletion: (snapshotIds: readonly SnapshotId[]) => Promise<void>
  confirmDeletion: () => Promise<void>
  /** Asks about what can be deleted of it alone. */
  leaveOutPinned: () => void
  closeDeletion: () => void
  /** Default: the newest. */
  undoDeletion: (deletionId?: DeletionId) => Promise<void>
  /** The selection changed while a preview was open: it asks about the new one. */
  followSelection: () => void
}

type Calls = Pick<
  World['engine'],
  'planDeletion' | 'deleteSnapshots' | 'undoDeletion' | 'deletionSaving'
>

/** The question "what if these go", and its deed. It holds no facts: events bring those. */
export const deletionSlice =
  (engine: Calls): StateCreator<AppState, [], [], DeletionSlice> =>
  (set, get) => ({
    deletion: { step: 'none' },

    previewDeletion: async (snapshotIds) => {
      const asked: Deletion = { step: 'planning', snapshotIds }
      const settle = (next: Deletion) => {
        if (get().deletion === asked) set({ deletion: next })
      }
      set({ deletion: asked })
      get().lendDock()
      try {
        const plan = await engine.planDeletion({ snapshotIds: [...snapshotIds] })
        const alone = await planEachAlone(engine, plan)
        const shown: Deletion = { step: 'preview', plan, alone, saving: null }
        settle(shown)
        // Nobody waits for an amount: it comes when it is known.
        if (get().showsCosts && get().deletion === shown) {
          const saving = await engine.deletionSaving({ snapshotIds: plan.snapshotIds })
          if (get().deletion === shown) set({ deletion: { ...shown, saving } })
        }
      } catch (error) {
        if (get().deletion === asked) settle({ step: 'failed', snapshotIds, error: wireOf(error) })
        else if (isAbout(get().deletion, snapshotIds)) get().tellFailure(wireOf(error))
      }
    },

    confirmDeletion: async () => {
      const { deletion, library } = get()
      if (deletion.step !== 'preview') return
      const { plan, alone, saving } = deletion
      const { snapshotIds, revision } = plan
      const doing: Deletion = { step: 'deleting', plan, alone, saving }
      set({ deletion: doing })
      try {
        const done = await engine.deleteSnapshots({
          snapshotIds,
          revision,
          undoableMs: get().undoableMs,
        })
        set({ deletion: { step: 'none' }, selection: nextFocus(plan) })
        get().returnDock()
        get().tell({
          kind: 'done',
          ...deletedWords(subjectOf(library, snapshotIds), done, plan),
          undoes: done,
        })
      } catch (error) {
        if (get().deletion !== doing) return
        set({ deletion: { step: 'failed', snapshotIds, error: wireOf(error) } })
      }
    },

    leaveOutPinned: () => {
      const { deletion } = get()
      if (deletion.step !== 'preview') return
      const { snapshotIds, pinned } = deletion.plan
      const kept = new Set(pinned.map(({ snapshotId }) => snapshotId))
      get().select(
        snapshotIds.filter((id) => !kept.has(id)),
        'one',
      )
    },

    closeDeletion: () => {
      set({ deletion: { step: 'none' } })
      get().returnDock()
    },

    undoDeletion: async (deletionId) => {
      try {
        const undone = await engine.undoDeletion({ deletionId })
        set({ selection: undone.snapshotIds })
        get().dismissUndo(undone.deletionId)
        get().tell({ kind: 'done', ...undoneWords(undone) })
      } catch (error) {
        get().tellFailure(wireOf(error))
      }
    },

    followSelection: () => {
      const { deletion, selection, library } = get()
      if (deletion.step === 'none' || deletion.step === 'deleting') return
      const living = new Set(library?.snapshots.map((s) => s.snapshotId))
      const asked = selection.filter((id) => living.has(id))
      if (asked.length === 0) get().closeDeletion()
      else void get().previewDeletion(asked)
    },
  })

async function planEachAlone(engine: Calls, plan: DeletionPlan): Promise<Alone[]> {
  const [only, ...more] = plan.snapshotIds
  if (only !== undefined && more.length === 0) return [{ snapshotId: only, heirs: plan.heirs }]
  const itemised = plan.snapshotIds.slice(0, MAX_ITEMISED)
  return Promise.all(
    itemised.map(async (snapshotId) => {
      const { heirs } = await engine.planDeletion({ snapshotIds: [snapshotId] })
      return { snapshotId, heirs }
    }),
  )
}

/** Still the question that `snapshotIds` asked: what fails of another one concerns nobody. */
function isAbout(deletion: Deletion, snapshotIds: readonly SnapshotId[]): boolean {
  return deletion.step === 'preview' && deletion.plan.snapshotIds.join() === snapshotIds.join()
}

/** After a deletion the one who took over most is looked at. */
function nextFocus(plan: DeletionPlan): SnapshotId[] {
  const heir = plan.heirs.toSorted((a, b) => b.inheritedBytes - a.inheritedBytes)[0]
  return heir === undefined ? [] : [heir.snapshotId]
}
