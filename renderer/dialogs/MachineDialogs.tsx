import type { Image } from '../../core/contract/image.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import type { Dialog } from '../state/dialogs.ts'
import { snapshotById, volumeById } from '../state/tree.ts'
import { CopyImageDialog } from './CopyImageDialog.tsx'
import {
  CompareDialog,
  CreateImageDialog,
  DeregisterDialog,
  LaunchDialog,
} from './ImageDialogs.tsx'
import './images.css'
import { AttachDialog, NewInstanceDialog, RemoveInstanceDialog } from './InstanceDialogs.tsx'
import { LaunchPermissionsDialog } from './LaunchPermissionsDialog.tsx'
import { RegisterImageDialog } from './RegisterImageDialog.tsx'

const KINDS = [
  'newInstance',
  'attachVolume',
  'removeInstance',
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
    case 'createImage': {
      const instance = library.instances.find((one) => one.instanceId === dialog.instanceId)
      if (instance === undefined) return null
      return dialog.kind === 'createImage' ? (
        <CreateImageDialog instance={instance} library={library} />
      ) : (
        <RemoveInstanceDialog instance={instance} library={library} />
      )
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
