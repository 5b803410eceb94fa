import type { StateCreator } from 'zustand/vanilla'
import type { Input } from '../../core/contract/calls.ts'
import type { PolicyId } from '../../core/contract/ids.ts'
import type { PolicyPreview } from '../../core/contract/policy.ts'
import type { WireError } from '../../core/contract/wire-error.ts'
import { type World, wireOf } from './api.ts'
import { tellingFailure } from './notices.ts'
import type { AppState } from './store.ts'

/** What a policy would do, while a dialog asks whether it should. */
export type PolicyQuestion =
  | { step: 'none' }
  | { step: 'asking'; policyId: PolicyId; last: PolicyPreview | null }
  | { step: 'told'; policyId: PolicyId; preview: PolicyPreview }
  | { step: 'failed'; policyId: PolicyId; error: WireError }

export type PoliciesSlice = {
  policyQuestion: PolicyQuestion
  previewPolicy: (policyId: PolicyId, days: number) => Promise<void>
  /**
   * A new one, or a change of one that is there; then what it would do is shown.
   *
   * @returns why not, while the form that asked is still open
   */
  keepPolicy: (policyId: PolicyId | null, wish: Input<'createPolicy'>) => Promise<WireError | null>
  /** As it was previewed. */
  enablePolicy: (preview: PolicyPreview) => Promise<void>
  disablePolicy: (policyId: PolicyId) => Promise<void>
  removePolicy: (policyId: PolicyId) => Promise<void>
}

type Calls = Pick<
  World['engine'],
  | 'previewPolicy'
  | 'createPolicy'
  | 'changePolicy'
  | 'enablePolicy'
  | 'disablePolicy'
  | 'removePolicy'
>

export const policiesSlice =
  (engine: Calls): StateCreator<AppState, [], [], PoliciesSlice> =>
  (set, get) => {
    const tryTo = tellingFailure(get)
    return {
      policyQuestion: { step: 'none' },

      previewPolicy: async (policyId, days) => {
        const before = get().policyQuestion
        const isSame = before.step === 'told' && before.policyId === policyId
        const last = isSame ? before.preview : null
        const asked: PolicyQuestion = { step: 'asking', policyId, last }
        const settle = (next: PolicyQuestion) => {
          if (get().policyQuestion === asked) set({ policyQuestion: next })
        }
        set({ policyQuestion: asked })
        try {
          const preview = await engine.previewPolicy({ policyId, days })
          settle({ step: 'told', policyId, preview })
        } catch (error) {
          settle({ step: 'failed', policyId, error: wireOf(error) })
        }
      },

      keepPolicy: async (policyId, wish) => {
        const form = get().dialog
        try {
          const kept =
            policyId === null
              ? await engine.createPolicy(wish)
              : await engine.changePolicy({ policyId, ...wish })
          get().openDialog({
            kind: 'policyPreview',
            policyId: kept.policyId,
            back: { kind: 'policies' },
          })
        } catch (error) {
          if (get().dialog === form) return wireOf(error)
          get().tellFailure(wireOf(error))
        }
        return null
      },

      enablePolicy: ({ policyId, revision }) =>
        tryTo(() => engine.enablePolicy({ policyId, revision })),
      disablePolicy: (policyId) => tryTo(() => engine.disablePolicy({ policyId })),
      removePolicy: (policyId) => tryTo(() => engine.removePolicy({ policyId })),
    }
  }
