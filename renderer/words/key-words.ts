import type { KeyId, SnapshotId, VolumeId } from '../../core/contract/ids.ts'
import type { Key, KeyState, Vault } from '../../core/contract/keys.ts'
import type { LibraryView, Snapshot, Volume } from '../../core/contract/model.ts'
import { isForeign, labelOfAccount } from '../state/accounts.ts'
import type { KeysView } from '../state/keys.ts'
import { namerOf } from '../state/lanes.ts'
import { count, joinNames } from './names.ts'
import { formatInstant } from './time-format.ts'

/** usable: it can be read. locked: once the passphrase was given. refused: not with its key as it is. */
export type KeyStanding = 'usable' | 'locked' | 'refused'

/** How something is encrypted, for a mark beside its name. */
export type KeyMark = {
  readonly standing: KeyStanding
  /** "Encrypted with backups, which is disabled". */
  readonly label: string
  /** What follows from it, and what helps; empty where nothing is in the way. */
  readonly remedy: string
  /** The action that helps. */
  readonly actionId?: string | undefined
}

/** What may be encrypted. */
export type Sealable =
  | Pick<Snapshot, 'encryption' | 'ownerId' | 'snapshotId'>
  | Pick<Volume, 'encryption' | 'ownerId' | 'volumeId'>

export type KeyMarks = ReadonlyMap<VolumeId | SnapshotId, KeyMark>

/** What the account's own key is called, before there is one. */
export const OWN_KEY = 'aws/ebs'

/** @param keys null: not known yet. @returns null for what is plain */
export function keyMarkOf(
  library: LibraryView,
  keys: KeysView | null,
  item: Sealable,
): KeyMark | null {
  if (item.encryption === null) return null
  if (isForeign(library, item)) {
    return foreignMark(keys, item.encryption.keyId, labelOfAccount(library, item.ownerId))
  }
  if (keys === null) return usable('Encrypted')
  const { keyId } = item.encryption
  const key = keys.keys.find((one) => one.keyId === keyId)
  const isHeld = !('snapshotId' in item) && keys.heldVolumeIds.includes(item.volumeId)
  if (key === undefined) {
    const label = `Encrypted with ${keyId}, which was deleted`
    if (isHeld) return { standing: 'usable', label, remedy: `${HELD} Then nobody can read it.` }
    const remedy = 'Nobody can read it any more. It can still be deleted.'
    return { standing: 'refused', label, remedy }
  }
  if (key.state !== 'enabled') {
    const label = `Encrypted with ${key.name}, ${whichIs(key)}`
    const { remedy, actionId } = HELP[key.state]
    if (isHeld) return { standing: 'usable', label, remedy: HELD, actionId }
    return { standing: 'refused', label, remedy, actionId }
  }
  if (needsPassphrase(keys.vault)) {
    return {
      standing: 'locked',
      label: `Encrypted with ${key.name}; keys are locked`,
      remedy: 'It can be read once the passphrase is given.',
      actionId: 'keys.unlock',
    }
  }
  return usable(`Encrypted with ${key.name}`)
}

/** Of another account's key nothing is told but whether it is shared. */
function foreignMark(keys: KeysView | null, wanted: KeyId, owner: string): KeyMark {
  const label = `Encrypted with a key of ${owner}`
  const isShared = keys === null || keys.sharedKeys.some(({ keyId }) => keyId === wanted)
  if (isShared) return usable(label)
  return {
    standing: 'refused',
    label: `${label}, which is not shared with you`,
    remedy: 'Nothing can be made of it until its owner shares the key, too.',
  }
}

/** What everybody could not open. */
export const SEALED_PUBLIC = 'What is encrypted cannot be public: it opens with its key alone.'

/** Why what is encrypted with these cannot be shared; null: it can. */
export function unsharableWords(keys: readonly Key[]): string | null {
  const kept = keys.find(({ manager }) => manager === 'strata')
  if (kept === undefined) return null
  return `It is encrypted with ${kept.name}, the key that an account has anyway, which cannot be shared. A copy of it under a key that you made can.`
}

/** By id, for the picture; without what is plain. */
export function keyMarksOf(library: LibraryView, keys: KeysView | null): KeyMarks {
  const marks = new Map<VolumeId | SnapshotId, KeyMark>()
  const note = (id: VolumeId | SnapshotId, item: Snapshot | Volume) => {
    const mark = keyMarkOf(library, keys, item)
    if (mark !== null) marks.set(id, mark)
  }
  for (const volume of library.volumes) note(volume.volumeId, volume)
  for (const snapshot of library.snapshots) note(snapshot.snapshotId, snapshot)
  return marks
}

/**
 * Volumes on instances that will go on when the key cannot be used: their own keys stay in memory.
 *
 * @returns their names, in a sentence; null: none will
 */
export function goingOnWords(library: LibraryView, { vault }: KeysView, key: Key): string | null {
  if (vault.state !== 'open') return null
  const attached = new Set(
    library.instances.flatMap(({ attachments }) => attachments.map(({ volumeId }) => volumeId)),
  )
  const names = library.volumes
    .filter(({ volumeId, encryption }) => {
      return encryption?.keyId === key.keyId && attached.has(volumeId)
    })
    .map(({ name }) => name)
  if (names.length === 0) return null
  return `While on an instance, ${joinNames(names)} can still be read and written ${UNTIL}.`
}

/** Whether nothing opens the keys but a passphrase that was not given yet. */
export function needsPassphrase({ state, isKeptBySystem }: Vault): boolean {
  return state === 'locked' && !isKeptBySystem
}

/** In a word or two, beside its name; null: it is enabled. */
export function keyStateChip({ state }: Key): string | null {
  return state === 'enabled' ? null : CHIPS[state]
}

/** "web, s1 and 4 more": what cannot be read without it; null: nothing is encrypted with it. */
export function dependentsOf(library: LibraryView, key: Key): string | null {
  const total = key.volumeCount + key.snapshotCount
  if (total === 0) return null
  const isOf = ({ encryption }: Pick<Snapshot | Volume, 'encryption'>) =>
    encryption?.keyId === key.keyId
  const snapshots = library.snapshots.filter(isOf)
  const names = [
    ...library.volumes.filter((v) => isOf(v) && !v.isRemoved).map(({ name }) => name),
    ...snapshots.map(namerOf(snapshots)),
  ]
  // What other accounts have under it is counted, and not named.
  return names.length === total ? joinNames(names) : countsOf(key)
}

/** "1 volume, 3 snapshots". */
export function countsOf({ volumeCount, snapshotCount }: Key): string {
  const counts = [
    ...(volumeCount > 0 ? [count(volumeCount, 'volume')] : []),
    ...(snapshotCount > 0 ? [count(snapshotCount, 'snapshot')] : []),
  ]
  return counts.length === 0 ? 'Encrypts nothing yet' : counts.join(', ')
}

/** What opens the keys of this library, and whether they are open. */
export function vaultWords({ state, isKeptBySystem }: Vault): string {
  const byItself = 'The store of secrets of your system opens them here when they are needed.'
  switch (state) {
    case 'none':
      return 'Nothing is encrypted yet. A passphrase comes first: it opens the keys, and whoever loses it loses what they encrypt.'
    case 'locked':
      return isKeptBySystem ? byItself : 'They are locked until the passphrase is given.'
    case 'open':
      return isKeptBySystem
        ? `They are open. ${byItself}`
        : 'They are open until the library is closed or they are locked.'
  }
}

/** What there is for the day the passphrase is lost. */
export function recoveryWords({ recoveryKeyMadeAt }: Vault): string {
  if (recoveryKeyMadeAt !== null) {
    return `A recovery key of ${formatInstant(recoveryKeyMadeAt)} opens them, too.`
  }
  return 'There is no recovery key: whoever loses the passphrase loses what they encrypt.'
}

/** When a key that is to be deleted goes. */
export function goneWords({ deletedAt }: Key): string | null {
  return deletedAt === null ? null : `gone for good on ${formatInstant(deletedAt)}`
}

function usable(label: string): KeyMark {
  return { standing: 'usable', label, remedy: '' }
}

function whichIs(key: Key): string {
  const gone = goneWords(key)
  return gone === null ? WHICH_IS[key.state] : `which is to be deleted, ${gone}`
}

type Unusable = Exclude<KeyState, 'enabled'>

const CHIPS: Readonly<Record<Unusable, string>> = {
  disabled: 'disabled',
  'pending-deletion': 'to be deleted',
  'pending-import': 'material missing',
}

const WHICH_IS: Readonly<Record<KeyState, string>> = {
  enabled: 'which is enabled',
  disabled: 'which is disabled',
  'pending-deletion': 'which is to be deleted',
  'pending-import': 'whose material is missing',
}

const UNTIL = 'until the library is closed or its keys are locked'
const HELD = `It can still be read and written while it is on an instance, ${UNTIL}. No snapshot of it is taken.`

const HELP: Readonly<Record<Unusable, { remedy: string; actionId?: string }>> = {
  disabled: {
    remedy: 'It cannot be read or written until the key is enabled.',
    actionId: 'key.enable',
  },
  'pending-deletion': {
    remedy:
      'It cannot be read now, and by nobody then. Cancel the deletion first; the key can be made usable again then.',
    actionId: 'key.cancelDeletion',
  },
  'pending-import': {
    remedy: 'It cannot be read until the material is brought, the file that it came from.',
    actionId: 'key.bringMaterial',
  },
}
