import type { Image } from '../../core/contract/image.ts'
import type { Instance } from '../../core/contract/instance.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import type { Dialog } from '../state/dialogs.ts'
import { snapshotById, volumeById } from '../state/tree.ts'
import { CopyImageDialog } from './CopyImageDialog.tsx'
import { CompareDialog, CreateImageDialog, DeregisterDialog } from './ImageDialogs.tsx'
import './images.css'
import { AttachDialog, NewInstanceDialog, RemoveInstanceDialog } from './InstanceDialogs.tsx'
import { LaunchDialog } from './LaunchDialog.tsx'
import { LaunchPermissionsDialog } from './LaunchPermissionsDialog.tsx'
import { RegisterImageDialog } from './RegisterImageDialog.tsx'
import { SnapshotInstanceDialog } from './SnapshotInstanceDialog.tsx'

const KINDS = [
  'newInstance',
  'attachVolume',
  'removeInstance',
  'snapshotInstance',
  'createImage',
  'launchImage',
  'deregisterImage',
  'compareImage',
  'shareImage',
  'copyImage',
  'registerImage',
] as const
export type MachineDialog = Extract<Dialog, { kind: (typeof KINDS)[number] }>

export function isAboutMachines(dialog: Dialog): dialog is MachineDialog {
  return KINDS.some((kind) => kind === dialog.kind)
}

/** What is asked about instances and images. */
export function MachineDialogs({
  dialog,
  library,
}: {
  dialog: MachineDialog
  library: LibraryView
}) {
  switch (dialog.kind) {
    case 'newInstance':
      return <NewInstanceDialog library={library} />
    case 'attachVolume': {
      const volume = volumeById(library, dialog.volumeId)
      return volume === undefined ? null : <AttachDialog library={library} volume={volume} />
    }
    case 'removeInstance':
    case 'snapshotInstance':
    case 'createImage': {
      const instance = library.instances.find((one) => one.instanceId === dialog.instanceId)
      if (instance === undefined) return null
      return <InstanceDialog instance={instance} kind={dialog.kind} library={library} />
    }
    case 'registerImage': {
      const root = snapshotById(library, dialog.snapshotId)
      return root === undefined ? null : <RegisterImageDialog library={library} root={root} />
    }
    case 'launchImage':
    case 'shareImage':
    case 'copyImage':
    case 'deregisterImage':
    case 'compareImage': {
      const image = library.images.find((one) => one.imageId === dialog.imageId)
      if (image === undefined) return null
      return <ImageDialog image={image} kind={dialog.kind} library={library} />
    }
  }
}

type InstanceProps = {
  kind: 'removeInstance' | 'snapshotInstance' | 'createImage'
  library: LibraryView
  instance: Instance
}

function InstanceDialog({ kind, ...about }: InstanceProps) {
  switch (kind) {
    case 'removeInstance':
      return <RemoveInstanceDialog {...about} />
    case 'snapshotInstance':
      return <SnapshotInstanceDialog {...about} />
    case 'createImage':
      return <CreateImageDialog {...about} />
  }
}

type ImageProps = {
  kind: 'launchImage' | 'shareImage' | 'copyImage' | 'deregisterImage' | 'compareImage'
  library: LibraryView
  image: Image
}

function ImageDialog({ kind, ...about }: ImageProps) {
  switch (kind) {
    case 'launchImage':
      return <LaunchDialog {...about} />
    case 'shareImage':
      return <LaunchPermissionsDialog {...about} />
    case 'copyImage':
      return <CopyImageDialog {...about} />
    case 'deregisterImage':
      return <DeregisterDialog {...about} />
    case 'compareImage':
      return <CompareDialog {...about} />
  }
}
