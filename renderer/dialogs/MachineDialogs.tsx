import type { LibraryView } from '../../core/contract/model.ts'
import type { Dialog } from '../state/dialogs.ts'
import { volumeById } from '../state/tree.ts'
import {
  CompareDialog,
  CreateImageDialog,
  DeregisterDialog,
  LaunchDialog,
} from './ImageDialogs.tsx'
import './images.css'
import { AttachDialog, NewInstanceDialog, RemoveInstanceDialog } from './InstanceDialogs.tsx'

const KINDS = [
  'newInstance',
  'attachVolume',
  'removeInstance',
  'createImage',
  'launchImage',
  'deregisterImage',
  'compareImage',
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
    case 'launchImage':
    case 'deregisterImage':
    case 'compareImage': {
      const image = library.images.find((one) => one.imageId === dialog.imageId)
      if (image === undefined) return null
      if (dialog.kind === 'launchImage') return <LaunchDialog image={image} library={library} />
      if (dialog.kind === 'compareImage') return <CompareDialog image={image} library={library} />
      return <DeregisterDialog image={image} library={library} />
    }
  }
}
