import type { LibraryView } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import type { Dialog } from '../state/dialogs.ts'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { PoliciesDialog } from './PoliciesDialog.tsx'
import { PolicyForm } from './PolicyForm.tsx'
import { PolicyPreviewDialog } from './PolicyPreviewDialog.tsx'

const KINDS = ['policies', 'policyForm', 'policyPreview', 'removePolicy'] as const
export type PolicyDialog = Extract<Dialog, { kind: (typeof KINDS)[number] }>

export function isAboutPolicies(dialog: Dialog): dialog is PolicyDialog {
  return KINDS.some((kind) => kind === dialog.kind)
}

/** What is asked about life-cycle policies. */
export function PolicyDialogs({ dialog, library }: { dialog: PolicyDialog; library: LibraryView }) {
  const remove = useApp((state) => state.removePolicy)
  if (dialog.kind === 'policies') return <PoliciesDialog library={library} />
  const policy = library.policies.find(({ policyId }) => policyId === dialog.policyId)
  if (dialog.kind === 'policyForm') return <PolicyForm library={library} policy={policy ?? null} />
  if (policy === undefined) return null
  switch (dialog.kind) {
    case 'policyPreview':
      return <PolicyPreviewDialog library={library} policy={policy} />
    case 'removePolicy':
      return (
        <ConfirmDialog
          loss={null}
          onConfirm={() => remove(policy.policyId)}
          submit="Remove"
          title={`Remove ${policy.description}?`}
        >
          Its snapshots stay, and nobody deletes them any more.
        </ConfirmDialog>
      )
  }
}
