import type { StateCreator } from 'zustand/vanilla'
import type {
  ImageId,
  InstanceId,
  KeyId,
  PolicyId,
  SnapshotId,
  VolumeId,
} from '../../core/contract/ids.ts'
import type { VerifyResult } from '../../core/contract/results.ts'
import type { OfferedFile } from '../../core/contract/shell.ts'
import type { AppState } from './store.ts'

/** What it was asked from, and goes back to. */
type Back = { back?: Dialog }

/** What is asked in front of the window; one at a time. */
export type Dialog =
  | { kind: 'none' }
  | { kind: 'renameVolume'; volumeId: VolumeId }
  | { kind: 'renameSnapshot'; snapshotId: SnapshotId }
  | { kind: 'newVolume' }
  | { kind: 'fromSnapshot'; snapshotId: SnapshotId }
  | { kind: 'write'; volumeId: VolumeId }
  | { kind: 'growVolume'; volumeId: VolumeId }
  | { kind: 'removeVolume'; volumeId: VolumeId }
  | { kind: 'verifyReport'; report: VerifyResult }
  | { kind: 'replaceFile'; snapshotId: SnapshotId; file: OfferedFile }
  | { kind: 'copySnapshot'; snapshotId: SnapshotId }
  | { kind: 'describe'; snapshotId: SnapshotId }
  | { kind: 'addRegion' }
  | { kind: 'addAccount' }
  | { kind: 'lockSnapshot'; snapshotId: SnapshotId }
  | { kind: 'archiveSnapshot'; snapshotId: SnapshotId }
  | { kind: 'restoreTier'; snapshotId: SnapshotId }
  | { kind: 'snapshotTags'; snapshotId: SnapshotId }
  | { kind: 'volumeTags'; volumeId: VolumeId }
  | { kind: 'imageTags'; imageId: ImageId }
  | { kind: 'bin' }
  | ({ kind: 'binRules' } & Back)
  | { kind: 'shareSnapshot'; snapshotId: SnapshotId }
  | { kind: 'newInstance' }
  | { kind: 'attachVolume'; volumeId: VolumeId }
  | { kind: 'removeInstance'; instanceId: InstanceId }
  | { kind: 'snapshotInstance'; instanceId: InstanceId }
  | { kind: 'createImage'; instanceId: InstanceId }
  | { kind: 'launchImage'; imageId: ImageId }
  | { kind: 'deregisterImage'; imageId: ImageId }
  | { kind: 'compareImage'; imageId: ImageId }
  | { kind: 'shareImage'; imageId: ImageId }
  | { kind: 'copyImage'; imageId: ImageId }
  | { kind: 'registerImage'; snapshotId: SnapshotId }
  | ({ kind: 'unlockKeys' } & Back)
  | ({ kind: 'newPassphrase' } & Back)
  /** Offered of itself: it can be put off. */
  | ({ kind: 'recoveryKey'; isOffer: boolean } & Back)
  | ({ kind: 'removeRecoveryKey' } & Back)
  | ({ kind: 'recoverKeys' } & Back)
  | { kind: 'keys' }
  | { kind: 'publicAccess' }
  | { kind: 'prices' }
  | { kind: 'policies' }
  | ({ kind: 'policyForm'; policyId: PolicyId | null } & Back)
  | ({ kind: 'policyPreview'; policyId: PolicyId } & Back)
  | ({ kind: 'removePolicy'; policyId: PolicyId } & Back)
  | ({ kind: 'newKey' } & Back)
  | ({ kind: 'shareKey'; keyId: KeyId } & Back)
  | ({ kind: 'removeMaterial'; keyId: KeyId } & Back)
  | ({ kind: 'disableKey'; keyId: KeyId } & Back)
  | ({ kind: 'deleteKey'; keyId: KeyId } & Back)
  | { kind: 'importEncrypted'; files: readonly OfferedFile[] }
  | { kind: 'shortcuts' }
  | { kind: 'dropped'; files: readonly OfferedFile[] }

export type DialogsSlice = {
  dialog: Dialog
  openDialog: (dialog: Dialog) => void
  /** Goes back to what this one was asked from, if it was asked from another. */
  closeDialog: () => void
}

export const dialogsSlice: StateCreator<AppState, [], [], DialogsSlice> = (set) => ({
  dialog: { kind: 'none' },
  openDialog: (dialog) => set({ dialog }),
  closeDialog: () =>
    set(({ dialog }) => ({ dialog: ('back' in dialog && dialog.back) || { kind: 'none' } })),
})
