import type { AccountId } from '../../core/contract/account.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { isForeign } from '../state/accounts.ts'
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
  'imageTags',
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
          hint="Life-cycle policies find volumes by them."
          name={volume.name}
          resourceId={volume.volumeId}
        />
      )
    )
  }
  if (dialog.kind === 'imageTags') {
    const image = library.images.find(({ imageId }) => imageId === dialog.imageId)
    return (
      image && (
        <TagsDialog
          before={image.tags}
          hint={whoSeesThem(library, image)}
          name={image.name}
          resourceId={image.imageId}
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
          hint={
            isForeign(library, snapshot)
              ? whoSeesThem(library, snapshot)
              : 'Rules of the Recycle Bin find snapshots by them.'
          }
          name={snapshot.name}
          resourceId={snapshot.snapshotId}
        />
      )
  }
}

/** Each account has tags of its own on what it may use. */
function whoSeesThem(library: LibraryView, item: { readonly ownerId: AccountId }): string {
  return isForeign(library, item)
    ? 'Only your account sees them; those of its owner are not shown.'
    : 'Accounts that may launch it have tags of their own.'
}
