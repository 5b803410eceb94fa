import type { VolumeSlots } from '../blocks/slots.ts'
import type { MasterKeyRow } from '../catalog/master-keys.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { StrataError } from '../contract/errors.ts'
import type { KeyId, VolumeId } from '../contract/ids.ts'
import type { Context } from './context.ts'
import type { Library } from './library.ts'
import { dataKeysOf } from './load-keys.ts'
import { keyArn, usableKey } from './master-key.ts'
import { causeOf } from './notifications.ts'
import { volumeSlots } from './sealed-volume.ts'
import { unloadedOf } from './unloaded.ts'
import { volumeNotAttached } from './volume-notifications.ts'

/*
 * Keys of volumes that are on instances. As in EBS, a volume that is attached goes on when its key is
 * disabled, until that is needed again: once it was detached, or the library was closed or its keys
 * were locked. A snapshot of it has a data key of its own, which needs the key at once.
 */

type Asking = Pick<Context, 'library' | 'clock'>

/** @throws StrataError KMSInvalidStateException, KEY_DELETED, which are told as an event as well */
export function assertAttachable(context: Asking, row: VolumeRow): void {
  const keyId = keyOf(context.library, row)
  if (keyId === undefined) return
  try {
    usableKey(context.library, keyId)
  } catch (error) {
    tellNotAttached(context, 'attachVolume', row, error)
    throw error
  }
}

/**
 * The slots of a volume, to read or write. That its key is needed again and cannot be used is told where
 * it is on an instance.
 *
 * @throws StrataError KMSInvalidStateException, KEY_DELETED, KEYS_LOCKED
 */
export function usedSlots({ library, clock }: Asking, row: VolumeRow): VolumeSlots {
  try {
    return volumeSlots(library, row)
  } catch (error) {
    const isAttached = library.instances.attachments().some(({ volumeId }) => volumeId === row.id)
    if (isAttached) tellNotAttached({ library, clock }, 'reattachVolume', row, error)
    throw error
  }
}

/** Tells that a key keeps a volume from its instance, if that is what `error` says. */
function tellNotAttached(
  { library, clock }: Asking,
  event: 'attachVolume' | 'reattachVolume',
  row: VolumeRow,
  error: unknown,
): void {
  const id = keyOf(library, row)
  if (id === undefined || !isOfKey(error)) return
  const arn = keyArn(library.masterKeys.get(id) ?? { id, account: row.ownerId, region: row.region })
  const told = volumeNotAttached(event, row, arn, clock(), causeOf(error))
  library.tellFailures([{ event: told, ended: null }])
}

/** Comes before a key is changed: of one that cannot be used then, what is in use is held. */
export function holdInUse(library: Library, changed: MasterKeyRow): void {
  const isUsable = library.masterKeys.get(changed.id)?.state === 'enabled'
  if (!isUsable || changed.state === 'enabled') return
  const dataKeys = library.dataKeyRows()
  for (const { volumeId } of library.instances.attachments()) {
    for (const number of dataKeysIn(library, library.volumeRows().get(volumeId))) {
      if (dataKeys.get(number)?.keyId === changed.id) library.keyring.hold(volumeId, number)
    }
  }
}

/** The current account's volumes that can be read and written though their key can be used no more. */
export function heldVolumes(library: Library): VolumeId[] {
  return [...library.volumeRows().values()].flatMap((row) => {
    const { id, ownerId, dataKey } = row
    const keyId = keyOf(library, row)
    if (ownerId !== library.account || dataKey === null || keyId === undefined) return []
    const isUsable = library.masterKeys.get(keyId)?.state === 'enabled'
    return !isUsable && library.keyring.isHeld(id, dataKey) ? [id] : []
  })
}

/** Once a volume is on no instance any more. */
export function letGoOf(library: Library, { id }: Pick<VolumeRow, 'id'>): void {
  library.keyring.letGo(id)
}

/** Once a volume has loaded all of its blocks: it needs no key but its own. */
export function letGoOfLoaded(library: Library, volumeId: VolumeId): void {
  library.keyring.letGo(volumeId, library.volumeRows().get(volumeId)?.dataKey)
}

/** What opens an encrypted volume's blocks, and those that it has not loaded yet, where it does not itself. */
function dataKeysIn(library: Library, row: VolumeRow | undefined): Set<number> {
  if (row === undefined || row.dataKey === null) return new Set()
  const numbers = new Set([row.dataKey])
  if (library.loadKeys.of(row.id).length > 0) return numbers
  for (const some of dataKeysOf(library, unloadedOf(library, row.id))) {
    for (const number of some) numbers.add(number)
  }
  return numbers
}

function keyOf(library: Library, { dataKey }: VolumeRow): KeyId | undefined {
  return dataKey === null ? undefined : library.dataKeyRows().get(dataKey)?.keyId
}

function isOfKey(error: unknown): boolean {
  if (!(error instanceof StrataError)) return false
  return error.code === 'KMSInvalidStateException' || error.code === 'KEY_DELETED'
}
