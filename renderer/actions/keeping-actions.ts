import { lockStateOf } from '../../core/contract/locks.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { isMappedBy } from '../state/images.ts'
import type { AppState } from '../state/store.ts'
import { isInArchive, restoredUntil } from '../state/tiers.ts'
import { joinNames } from '../words/names.ts'
import { formatInstant } from '../words/time-format.ts'
import type { Action } from './action.ts'
import {
  chosenName,
  chosenOne,
  chosenOwn,
  chosenOwnCompleted,
  onChosen,
  whyNotOwn,
} from './chosen.ts'

/** One that is pending can be locked, too. */
const lockable = (state: AppState) => {
  const own = chosenOwn(state)
  return own === undefined || own.state === 'error' || own.isToBeDeleted ? undefined : own
}
const locked = (state: AppState) => {
  const lock = chosenOwn(state)?.lock
  return lock != null && lockStateOf(lock, Date.now()) !== 'expired' ? chosenOwn(state) : undefined
}

const imagesOf = ({ library }: AppState, { snapshotId }: Snapshot) =>
  library?.images.filter((image) => isMappedBy(image, snapshotId)) ?? []
const archivable = (state: AppState) => {
  const own = chosenOwnCompleted(state)
  if (own === undefined || isInArchive(own)) return undefined
  return imagesOf(state, own).length > 0 ? undefined : own
}
const whyNotArchivable = (state: AppState) => {
  const own = chosenOwnCompleted(state)
  if (own === undefined) return whyNotOwn(state)
  const until = restoredUntil(own)
  if (until !== null) {
    return `The archive has ${own.name} already: it is restored until ${formatInstant(until)} only`
  }
  const names = imagesOf(state, own).map((image) => image.name)
  const [images, it] = names.length === 1 ? ['image', 'it'] : ['images', 'them']
  return names.length === 0
    ? null
    : `${own.name} is kept by ${images} ${joinNames(names)}: deregister ${it} first`
}

const restorable = (state: AppState) => {
  const own = chosenOwnCompleted(state)
  return own !== undefined && isInArchive(own) ? own : undefined
}

export const keepingActions: readonly Action[] = [
  {
    id: 'snapshot.tags',
    title: (state) => `Tags of ${chosenName(state)}…`,
    keywords: 'label key value',
    group: 'Snapshot',
    ...onChosen(chosenOne, (state, { snapshotId }) =>
      state.openDialog({ kind: 'snapshotTags', snapshotId }),
    ),
  },
  {
    id: 'snapshot.lock',
    title: (state) => `Lock ${chosenName(state)}…`,
    keywords: 'protect governance compliance keep',
    group: 'Snapshot',
    whyOff: whyNotOwn,
    ...onChosen(lockable, (state, { snapshotId }) =>
      state.openDialog({ kind: 'lockSnapshot', snapshotId }),
    ),
  },
  {
    id: 'snapshot.unlock',
    title: (state) => `Unlock ${chosenName(state)}`,
    group: 'Snapshot',
    whyOff: whyNotOwn,
    ...onChosen(locked, (state, { snapshotId }) => state.unlockSnapshot(snapshotId)),
  },
  {
    id: 'snapshot.archive',
    title: (state) => `Archive ${chosenName(state)}…`,
    keywords: 'tier cheap cold',
    group: 'Snapshot',
    whyOff: whyNotArchivable,
    ...onChosen(archivable, (state, { snapshotId }) =>
      state.openDialog({ kind: 'archiveSnapshot', snapshotId }),
    ),
  },
  {
    id: 'snapshot.restoreTier',
    title: (state) => `Restore ${chosenName(state)} from the archive…`,
    keywords: 'tier standard good permanent days',
    group: 'Snapshot',
    whyOff: whyNotOwn,
    ...onChosen(restorable, (state, { snapshotId }) =>
      state.openDialog({ kind: 'restoreTier', snapshotId }),
    ),
  },
  {
    id: 'bin.show',
    title: () => 'Recycle Bin…',
    keywords: 'trash recover deleted undelete',
    group: 'Library',
    isEnabled: (state) => state.library !== null,
    run: (state) => state.openDialog({ kind: 'bin' }),
  },
  {
    id: 'bin.rules',
    title: () => 'Rules of the Recycle Bin…',
    keywords: 'retention trash recover keep days',
    group: 'Library',
    isEnabled: (state) => state.library !== null,
    run: (state) => state.openDialog({ kind: 'binRules' }),
  },
]
