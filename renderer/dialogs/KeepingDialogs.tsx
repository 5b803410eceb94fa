import type { LibraryView } from '../../core/contract/model.ts'
import type { Dialog } from '../state/dialogs.ts'
import { snapshotById, volumeById } from '../state/tree.ts'
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
  'volumeTags',
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
  if (dialog.kind === 'volumeTags') {
    const volume = volumeById(library, dialog.volumeId)
    return (
      volume && (
        <TagsDialog
          before={volume.tags}
          finder="Life-cycle policies find volumes by them."
          name={volume.name}
          resourceId={volume.volumeId}
        />
      )
    )
  }
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
      return (
        <TagsDialog
          before={snapshot.tags}
          finder="Rules of the Recycle Bin find snapshots by them."
          name={snapshot.name}
          resourceId={snapshot.snapshotId}
        />
      )
  }
}
