import type { LibraryView } from '../../core/contract/model.ts'
import type { Dialog } from '../state/dialogs.ts'
import { snapshotById } from '../state/tree.ts'
import { ArchiveDialog, RestoreTierDialog } from './ArchiveDialogs.tsx'
import { BinDialog } from './BinDialog.tsx'
import { BinRulesDialog } from './BinRulesDialog.tsx'
import { LockDialog } from './LockDialog.tsx'
import { TagsDialog } from './TagsDialog.tsx'

const KINDS = [
  'lockSnapshot',
  'archiveSnapshot',
  'restoreTier',
  'snapshotTags',
  'bin',
  'binRules',
] as const
export type KeepingDialog = Extract<Dialog, { kind: (typeof KINDS)[number] }>

export function isAboutKeeping(dialog: Dialog): dialog is KeepingDialog {
  return KINDS.some((kind) => kind === dialog.kind)
}

/** What is asked about tags, locks, the archive and the Recycle Bin. */
export function KeepingDialogs({
  dialog,
  library,
}: {
  dialog: KeepingDialog
  library: LibraryView
}) {
  if (dialog.kind === 'bin') return <BinDialog library={library} />
  if (dialog.kind === 'binRules') return <BinRulesDialog library={library} />
  const snapshot = snapshotById(library, dialog.snapshotId)
  if (snapshot === undefined) return null
  switch (dialog.kind) {
    case 'lockSnapshot':
      return <LockDialog snapshot={snapshot} />
    case 'archiveSnapshot':
      return <ArchiveDialog snapshot={snapshot} />
    case 'restoreTier':
      return <RestoreTierDialog snapshot={snapshot} />
    case 'snapshotTags':
      return <TagsDialog snapshot={snapshot} />
  }
}
