import type { AccountId } from '../../core/contract/account.ts'
import type { Image, SnapshotReturn } from '../../core/contract/image.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { blockedWords } from './account-words.ts'
import { formatBytes } from './byte-format.ts'
import { count, joinNames } from './names.ts'

export const MAX_IMAGE_NAME = 128
export const IMAGE_NAME_RULE = `3 to ${MAX_IMAGE_NAME} letters, digits, spaces and ( ) [ ] . / - ' @ _`

/** What is wrong with its letters the engine tells. */
export const isImageName = (typed: string) => typed.trim().length >= 3

export function consistencyWords({ consistency }: Image): string {
  switch (consistency) {
    case 'rebooted':
      return 'taken after all writes'
    case 'crash-consistent':
      return 'crash-consistent, without a reboot'
    case 'registered':
      return 'registered from snapshots'
  }
}

export function machineWords({ architecture, virtualization, bootMode, hasEna }: Image): string {
  return [architecture, virtualization, bootMode, ...(hasEna ? ['ENA'] : [])].join(', ')
}

/** @param labelOf an account's name, as far as it has one */
export function mayLaunchWords(
  { permissions: { isPublic, isPublicBlocked, accounts }, region }: Image,
  labelOf: (id: AccountId) => string,
): string {
  if (isPublic && !isPublicBlocked) return 'everybody'
  const named =
    accounts.length === 0 ? 'its owner alone' : `its owner and ${joinNames(accounts.map(labelOf))}`
  return isPublicBlocked ? `${named}; ${blockedWords(region)}` : named
}

/** One row of the comparison of a snapshot and an image, of these very two. */
export type Compared = { what: string; snapshot: string; image: string }

/** @param volumeName of the snapshot's volume */
export function comparedRows(image: Image, snapshot: Snapshot, volumeName: string): Compared[] {
  const { mappings } = image
  const snapshots = mappings.filter(({ snapshotId }) => snapshotId !== null).length
  const root = mappings.find(({ isRoot }) => isRoot)
  const others = mappings.length > 1 ? ` and ${count(mappings.length - 1, 'more device')}` : ''
  return [
    {
      what: 'Captures',
      snapshot: `one volume, ${volumeName}: ${formatBytes(snapshot.fullBytes)}`,
      image: `a machine: ${root?.deviceName} to boot from${others}`,
    },
    {
      what: 'Used for',
      snapshot: 'restoring data, new volumes, copies elsewhere',
      image: 'launching instances that are alike',
    },
    {
      what: 'Includes an operating system',
      snapshot: 'only if its volume has one',
      image: `yes: on its root, for ${image.architecture} machines`,
    },
    {
      what: 'Type',
      snapshot: 'a map of blocks, incremental to earlier snapshots',
      image: `a list of ${count(snapshots, 'snapshot')}, devices and who may launch it`,
    },
    {
      what: 'Depends on',
      snapshot: 'no other snapshot: any of them may be deleted',
      image: `its ${count(snapshots, 'snapshot')}, which it keeps from being deleted`,
    },
    {
      what: 'Is charged for',
      snapshot: `what it stores: ${formatBytes(snapshot.storedHereBytes)}`,
      image: 'nothing of its own: its snapshots are charged',
    },
  ]
}

type Named = Pick<Snapshot, 'name'>

/** Of those snapshots of an image that are encrypted, where what is asked is about the others. */
export function sealedVolumesWords(sealed: readonly Named[]): string {
  return sealed.length === 1
    ? `${encryptedWords(sealed)}; its volume is in any case, with the same key if none is chosen.`
    : `${encryptedWords(sealed)}; their volumes are in any case, each with the key of its snapshot if none is chosen.`
}

/** The same of copies. */
export function sealedCopiesWords(sealed: readonly Named[]): string {
  const copies = sealed.length === 1 ? 'its copy is' : 'their copies are'
  return `${encryptedWords(sealed)}; ${copies}, too, with the default key of the region.`
}

function encryptedWords(sealed: readonly Named[]): string {
  return `${joinNames(sealed.map(({ name }) => name))} ${sealed.length === 1 ? 'is' : 'are'} encrypted`
}

/** What becomes of a snapshot of an image that is deregistered with them. */
export function returnWords({ returnCode, reason }: SnapshotReturn): string {
  return returnCode === 'success' ? 'is deleted' : `stays. ${reason}`
}
