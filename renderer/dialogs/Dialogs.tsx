import type { Volume } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { snapshotById, volumeById } from '../state/tree.ts'
import { formatBytes } from '../words/byte-format.ts'
import { count } from '../words/names.ts'
import { AddAccountDialog } from './AddAccountDialog.tsx'
import { AddRegionDialog } from './AddRegionDialog.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { CopyDialog } from './CopyDialog.tsx'
import { DescribeDialog } from './DescribeDialog.tsx'
import { DroppedDialog } from './DroppedDialog.tsx'
import { FromSnapshotDialog } from './FromSnapshotDialog.tsx'
import { GrowDialog } from './GrowDialog.tsx'
import { isAboutKeeping, KeepingDialogs } from './KeepingDialogs.tsx'
import { isAboutKeys, KeyDialogs } from './KeyDialogs.tsx'
import { isAboutMachines, MachineDialogs } from './MachineDialogs.tsx'
import { NameDialog } from './NameDialog.tsx'
import { NewVolumeDialog } from './NewVolumeDialog.tsx'
import { isAboutPolicies, PolicyDialogs } from './PolicyDialogs.tsx'
import { PricesDialog } from './PricesDialog.tsx'
import { ShareDialog } from './ShareDialog.tsx'
import { ShortcutSheet } from './ShortcutSheet.tsx'
import { VerifyReport } from './VerifyReport.tsx'
import { WriteDialog } from './WriteDialog.tsx'
import './dialogs.css'

/** Whatever is asked in front of the window, one at a time. */
export function Dialogs() {
  const dialog = useApp((state) => state.dialog)
  const library = useApp((state) => state.library)
  const renameVolume = useApp((state) => state.renameVolume)
  const renameSnapshot = useApp((state) => state.renameSnapshot)
  const removeVolume = useApp((state) => state.removeVolume)
  const restore = useApp((state) => state.restore)
  if (isAboutMachines(dialog)) {
    return library && <MachineDialogs dialog={dialog} library={library} />
  }
  if (isAboutKeeping(dialog)) {
    return library && <KeepingDialogs dialog={dialog} library={library} />
  }
  if (isAboutPolicies(dialog)) {
    return library && <PolicyDialogs dialog={dialog} library={library} />
  }
  if (isAboutKeys(dialog)) {
    return library && <KeyDialogs dialog={dialog} library={library} />
  }
  switch (dialog.kind) {
    case 'none':
      return null
    case 'newVolume':
      return <NewVolumeDialog />
    case 'shortcuts':
      return <ShortcutSheet />
    case 'dropped':
      return <DroppedDialog files={dialog.files} />
    case 'write': {
      const volume = volumeById(library, dialog.volumeId)
      return volume === undefined ? null : <WriteDialog volume={volume} />
    }
    case 'growVolume': {
      const volume = volumeById(library, dialog.volumeId)
      return volume === undefined ? null : <GrowDialog volume={volume} />
    }
    case 'verifyReport':
      return <VerifyReport report={dialog.report} />
    case 'renameVolume':
      return (
        <NameDialog
          label="Name"
          name={volumeById(library, dialog.volumeId)?.name ?? ''}
          onName={(name) => renameVolume(dialog.volumeId, name)}
          submit="Rename"
          title="Rename volume"
        />
      )
    case 'renameSnapshot':
      return (
        <NameDialog
          label="Name"
          name={snapshotById(library, dialog.snapshotId)?.name ?? ''}
          onName={(name) => renameSnapshot(dialog.snapshotId, name)}
          submit="Rename"
          title="Rename snapshot"
        />
      )
    case 'fromSnapshot': {
      const snapshot = snapshotById(library, dialog.snapshotId)
      return snapshot === undefined ? null : <FromSnapshotDialog snapshot={snapshot} />
    }
    case 'copySnapshot': {
      const source = snapshotById(library, dialog.snapshotId)
      if (library === null || source === undefined) return null
      return <CopyDialog library={library} source={source} />
    }
    case 'describe': {
      const snapshot = snapshotById(library, dialog.snapshotId)
      return snapshot === undefined ? null : <DescribeDialog snapshot={snapshot} />
    }
    case 'addRegion':
      return library && <AddRegionDialog library={library} />
    case 'prices':
      return <PricesDialog />
    case 'addAccount':
      return library && <AddAccountDialog library={library} />
    case 'shareSnapshot': {
      const snapshot = snapshotById(library, dialog.snapshotId)
      if (library === null || snapshot === undefined) return null
      return <ShareDialog library={library} snapshot={snapshot} />
    }
    case 'removeVolume': {
      const volume = volumeById(library, dialog.volumeId)
      if (volume === undefined) return null
      const isLinked = volume.kind === 'linked'
      const isWaiting = library?.snapshots.some(
        ({ volumeId, state }) => volumeId === volume.volumeId && state === 'pending',
      )
      return (
        <ConfirmDialog
          loss={isWaiting && !isLinked ? LOSS_AFTER_PENDING : lossOf(volume)}
          onConfirm={() => removeVolume(volume.volumeId)}
          submit={isLinked ? 'Forget' : 'Remove volume'}
          title={isLinked ? `Forget ${volume.name}?` : `Remove volume ${volume.name}?`}
        >
          {isWaiting ? GOES_LATER : removalWords(volume)}
        </ConfirmDialog>
      )
    }
    case 'replaceFile':
      return (
        <ConfirmDialog
          loss="What is in it now would be lost for good."
          onConfirm={() => restore(dialog.snapshotId, dialog.file, true)}
          submit="Replace"
          title={`Replace ${dialog.file.name}?`}
        >
          A file of that name is already there. It was not changed so far.
        </ConfirmDialog>
      )
    default:
      return dialog satisfies never
  }
}

const GOES_LATER =
  'It goes once its pending snapshots are complete, and stays if one of them fails. Its snapshots stay.'
const LOSS_AFTER_PENDING = 'What was written since the last of them is lost for good.'

function removalWords({ kind, snapshotCount }: Volume): string {
  const stay =
    snapshotCount === 0
      ? 'It has no snapshots.'
      : `Its ${count(snapshotCount, 'snapshot')} ${snapshotCount === 1 ? 'stays' : 'stay'} and can be restored.`
  return kind === 'linked' ? `The image file stays where it is and is not changed. ${stay}` : stay
}

/** What goes with a volume, and no snapshot has. */
function lossOf({ kind, snapshotCount, head }: Volume): string | null {
  const bytes = (snapshotCount === 0 ? head.dataBytes : head.changedBytes) ?? 0
  if (kind === 'linked' || bytes === 0) return null
  return snapshotCount === 0
    ? `The ${formatBytes(bytes)} that it holds are lost for good.`
    : `The ${formatBytes(bytes)} written since its last snapshot are lost for good.`
}
