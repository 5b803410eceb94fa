import type { Action } from './action.ts'

export const policyActions: readonly Action[] = [
  {
    id: 'policies.show',
    title: () => 'Life-cycle policies…',
    keywords: 'schedule automatic backup retention dlm cron keep',
    group: 'Library',
    isEnabled: (state) => state.library !== null,
    run: (state) => state.openDialog({ kind: 'policies' }),
  },
  {
    id: 'policies.new',
    title: () => 'New life-cycle policy…',
    keywords: 'schedule automatic backup retention dlm cron keep',
    group: 'Library',
    isEnabled: (state) => state.library !== null,
    run: (state) =>
      state.openDialog({ kind: 'policyForm', policyId: null, back: { kind: 'policies' } }),
  },
]
