import type { Volume } from '../../core/contract/model.ts'
import type { AppState } from '../state/store.ts'
import { volumeById } from '../state/tree.ts'
import type { Action } from './action.ts'

/** The volume shown, as long as it can still be worked with. */
const shown = (state: AppState): Volume | undefined => {
  const volume = volumeById(state.library, state.volumeId)
  return volume?.isRemoved || volume?.isToBeRemoved ? undefined : volume
}
const isLinked = (state: AppState) => shown(state)?.kind === 'linked'
const isManaged = (state: AppState) => shown(state)?.kind === 'managed'
const isOpen = (state: AppState) => state.library !== null
/** A title with the volume in it, or without where there is none. */
const of = (state: AppState, verb: string) => {
  const volume = shown(state)
  return volume === undefined ? verb : `${verb} ${volume.name}`
}
const withShown = (run: (state: AppState, volume: Volume) => void | Promise<void>) => {
  return (state: AppState) => {
    const volume = shown(state)
    if (volume !== undefined) return run(state, volume)
  }
}

export const volumeActions: readonly Action[] = [
  {
    id: 'image.import',
    title: () => 'Open an image…',
    shortcut: 'CmdOrCtrl+I',
    keywords: 'import link disk raw img file',
    group: 'Volume',
    isEnabled: isOpen,
    run: (state) => state.chooseFiles({ kind: 'newVolume' }),
  },
  {
    id: 'image.copy',
    title: () => 'Copy an image into the library…',
    keywords: 'import managed',
    group: 'Volume',
    isEnabled: isOpen,
    run: (state) => state.chooseFiles({ kind: 'newVolume' }, true),
  },
  {
    id: 'volume.create',
    title: () => 'New practice volume…',
    shortcut: 'CmdOrCtrl+N',
    keywords: 'empty managed create',
    group: 'Volume',
    isEnabled: isOpen,
    run: (state) => state.openDialog({ kind: 'newVolume' }),
  },
  {
    id: 'snapshot.take',
    title: () => 'Take snapshot',
    shortcut: 'S',
    keywords: 'backup save state',
    group: 'Snapshot',
    isEnabled: (state) => shown(state) !== undefined,
    run: withShown((state, { volumeId }) => state.takeSnapshot(volumeId)),
  },
  {
    id: 'snapshot.takeFrom',
    title: () => 'Take snapshot of another file…',
    keywords: 'next state image',
    group: 'Snapshot',
    isEnabled: isLinked,
    run: withShown((state, { volumeId }) => state.chooseFiles({ kind: 'nextSnapshot', volumeId })),
  },
  {
    id: 'volume.write',
    title: (state) => `${of(state, 'Write to')}…`,
    shortcut: 'W',
    keywords: 'change blocks fill practice',
    group: 'Volume',
    isEnabled: isManaged,
    run: withShown((state, { volumeId }) => state.openDialog({ kind: 'write', volumeId })),
  },
  {
    id: 'volume.locate',
    title: () => 'Locate the image…',
    keywords: 'missing moved file find',
    group: 'Volume',
    isEnabled: (state) => isLinked(state) && shown(state)?.source?.state !== 'present',
    run: withShown((state, { volumeId }) => state.chooseFiles({ kind: 'nextSnapshot', volumeId })),
  },
  {
    id: 'volume.grow',
    title: (state) => `${of(state, 'Grow')}…`,
    keywords: 'resize larger size',
    group: 'Volume',
    isEnabled: isManaged,
    run: withShown((state, { volumeId }) => state.openDialog({ kind: 'growVolume', volumeId })),
  },
  {
    id: 'volume.rename',
    title: (state) => `${of(state, 'Rename volume')}…`,
    group: 'Volume',
    isEnabled: (state) => shown(state) !== undefined,
    run: withShown((state, { volumeId }) => state.openDialog({ kind: 'renameVolume', volumeId })),
  },
  {
    id: 'volume.tags',
    title: (state) => `${of(state, 'Tags of')}…`,
    keywords: 'label key value policy',
    group: 'Volume',
    isEnabled: (state) => shown(state) !== undefined,
    run: withShown((state, { volumeId }) => state.openDialog({ kind: 'volumeTags', volumeId })),
  },
  {
    id: 'volume.remove',
    title: (state) => `${of(state, isLinked(state) ? 'Forget' : 'Remove volume')}…`,
    keywords: 'delete volume unlink',
    group: 'Volume',
    isEnabled: (state) => shown(state) !== undefined,
    run: withShown((state, { volumeId }) => state.openDialog({ kind: 'removeVolume', volumeId })),
  },
]
