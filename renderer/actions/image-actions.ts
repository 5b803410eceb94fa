import type { Image } from '../../core/contract/image.ts'
import type { Instance } from '../../core/contract/instance.ts'
import { isForeign } from '../state/accounts.ts'
import { shownImage, shownInstance } from '../state/images.ts'
import type { AppState } from '../state/store.ts'
import { canBeMapped, restoredUntil } from '../state/tiers.ts'
import { volumeById } from '../state/tree.ts'
import { formatInstant } from '../words/time-format.ts'
import type { Action } from './action.ts'
import { chosenName, chosenOwnUsable, onChosen, whyNotOwnUsable } from './chosen.ts'

/** The volume shown, where there is an instance that it could be put on. */
const attachable = (state: AppState) => {
  const volume = volumeById(state.library, state.volumeId)
  if (volume === undefined || volume.isRemoved || volume.isToBeRemoved) return undefined
  const instances = state.library?.instances ?? []
  const isOn = instances.some((one) => one.attachments.some((a) => a.volumeId === volume.volumeId))
  return isOn || !instances.some((one) => one.region === volume.region) ? undefined : volume
}

/** The image shown, if the account owns it. */
const ownImage = (state: AppState) => {
  const image = shownImage(state)
  return image === undefined || isForeign(state.library, image) ? undefined : image
}

const mappable = (state: AppState) => {
  const own = chosenOwnUsable(state)
  return own !== undefined && canBeMapped(state.library, own) ? own : undefined
}
const whyNotMappable = (state: AppState) => {
  const own = chosenOwnUsable(state)
  const until = own === undefined ? null : restoredUntil(own)
  return until === null
    ? whyNotOwnUsable(state)
    : `${chosenName(state)} is restored from the archive until ${formatInstant(until)} only: restore it for good first`
}

const hasVolumes = (instance: Instance | undefined) => (instance?.attachments.length ?? 0) > 0

const withInstance = (run: (state: AppState, instance: Instance) => void | Promise<void>) => {
  return (state: AppState) => {
    const instance = shownInstance(state)
    if (instance !== undefined) return run(state, instance)
  }
}

const withImage = (run: (state: AppState, image: Image) => void) => {
  return (state: AppState) => {
    const image = shownImage(state)
    if (image !== undefined) run(state, image)
  }
}

/** Instances and machine images: what they act on is what the inspector shows. */
export const imageActions: readonly Action[] = [
  {
    id: 'instance.create',
    title: () => 'Create instance…',
    keywords: 'machine server ec2 new',
    group: 'Volume',
    isEnabled: (state) => state.library !== null,
    run: (state) => state.openDialog({ kind: 'newInstance' }),
  },
  {
    id: 'instance.attach',
    title: (state) => `Attach ${attachable(state)?.name ?? 'volume'} to an instance…`,
    keywords: 'machine device root data',
    group: 'Volume',
    isEnabled: (state) => attachable(state) !== undefined,
    run: (state) => {
      const volume = attachable(state)
      if (volume) state.openDialog({ kind: 'attachVolume', volumeId: volume.volumeId })
    },
  },
  {
    id: 'instance.snapshot',
    title: (state) => `Snapshot volumes of ${shownInstance(state)?.name ?? 'instance'}…`,
    keywords: 'machine multi-volume set consistent',
    group: 'Snapshot',
    isEnabled: (state) => hasVolumes(shownInstance(state)),
    run: withInstance((state, { instanceId }) =>
      state.openDialog({ kind: 'snapshotInstance', instanceId }),
    ),
  },
  {
    id: 'instance.image',
    title: (state) => `Create image of ${shownInstance(state)?.name ?? 'instance'}…`,
    keywords: 'ami machine template',
    group: 'Volume',
    isEnabled: (state) => hasVolumes(shownInstance(state)),
    run: withInstance((state, { instanceId }) =>
      state.openDialog({ kind: 'createImage', instanceId }),
    ),
  },
  {
    id: 'instance.remove',
    title: (state) => `Terminate ${shownInstance(state)?.name ?? 'instance'}…`,
    keywords: 'machine delete remove',
    group: 'Volume',
    isEnabled: (state) => shownInstance(state) !== undefined,
    run: withInstance((state, { instanceId }) =>
      state.openDialog({ kind: 'removeInstance', instanceId }),
    ),
  },
  {
    id: 'machine.launch',
    title: (state) => `Launch ${shownImage(state)?.name ?? 'image'}…`,
    keywords: 'ami image instance machine run start',
    group: 'Volume',
    isEnabled: (state) => shownImage(state) !== undefined,
    run: withImage((state, { imageId }) => state.openDialog({ kind: 'launchImage', imageId })),
  },
  {
    id: 'machine.permissions',
    title: (state) => `Who may launch ${shownImage(state)?.name ?? 'image'}…`,
    keywords: 'ami image share permission account public',
    group: 'Volume',
    isEnabled: (state) => ownImage(state) !== undefined,
    run: withImage((state, { imageId }) => state.openDialog({ kind: 'shareImage', imageId })),
  },
  {
    id: 'machine.copy',
    title: (state) => `Copy ${shownImage(state)?.name ?? 'image'} to a region…`,
    keywords: 'ami image region',
    group: 'Volume',
    isEnabled: (state) => shownImage(state) !== undefined,
    run: withImage((state, { imageId }) => state.openDialog({ kind: 'copyImage', imageId })),
  },
  {
    id: 'machine.tags',
    title: (state) => `Tags of ${shownImage(state)?.name ?? 'image'}…`,
    keywords: 'ami image label key value',
    group: 'Volume',
    isEnabled: (state) => shownImage(state) !== undefined,
    run: withImage((state, { imageId }) => state.openDialog({ kind: 'imageTags', imageId })),
  },
  {
    id: 'machine.register',
    title: (state) => `Register an image of ${chosenName(state)}…`,
    keywords: 'ami machine root boot',
    group: 'Snapshot',
    whyOff: whyNotMappable,
    ...onChosen(mappable, (state, { snapshotId }) =>
      state.openDialog({ kind: 'registerImage', snapshotId }),
    ),
  },
  {
    id: 'machine.deregister',
    title: (state) => `Deregister ${shownImage(state)?.name ?? 'image'}…`,
    keywords: 'ami image delete remove',
    group: 'Volume',
    isEnabled: (state) => ownImage(state) !== undefined,
    run: withImage((state, { imageId }) => state.openDialog({ kind: 'deregisterImage', imageId })),
  },
  {
    id: 'machine.compare',
    title: () => 'Snapshot or image?',
    keywords: 'ami compare difference',
    group: 'View',
    isEnabled: (state) => shownImage(state) !== undefined,
    run: withImage((state, { imageId }) => state.openDialog({ kind: 'compareImage', imageId })),
  },
]
