import type { MasterKeyRow } from '../catalog/master-keys.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { Key, KeyState } from '../contract/keys.ts'
import { show } from '../contract/show.ts'
import { KEY_BYTES, newKey } from '../crypto/sealing.ts'
import { commandOf, regionOption, wordFor } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import type { Library } from '../engine/library.ts'
import { resumeLoading } from '../engine/load-volume.ts'
import { newMasterKey } from '../engine/master-key.ts'
import { openOutside, readImage } from '../engine/outside-file.ts'
import { changeKey, dropExpired, freeKeyName, keyOf, knownKey } from './keys.ts'

const DAY_MS = 86_400_000
/** KMS's bounds. */
const LEAST_DAYS = 7
const MOST_DAYS = 30

/** @throws StrataError NAME_REFUSED, NAME_TAKEN, PASSPHRASE_MISSING, KEYS_LOCKED */
export async function createKey(context: Context, input: Input<'createKey'>): Promise<Key> {
  const { library, clock } = context
  await library.keyring.ready(true)
  const { account, region } = library
  const wish = { name: freeKeyName(library, input.name), account, region, createdAt: clock() }
  const made = newMasterKey(library, { ...wish, manager: 'account' })
  const isImported = input.imported === true
  const row: MasterKeyRow = isImported
    ? { ...made, origin: 'imported', state: 'pending-import', material: null }
    : made
  library.change(() => {
    library.masterKeys.insert(row)
    library.history.add({
      at: row.createdAt,
      title: `Made key ${show(row.name)}`,
      command: commandOf(
        library,
        ...['key', 'create', { argument: row.name }, ...(isImported ? ['--imported'] : [])],
        ...regionOption(library),
      ),
      storedDeltaBytes: 0,
      deletionId: null,
    })
  })
  return keyOf(library, row)
}

/** @throws StrataError KEY_STATE_REFUSED, KEY_MATERIAL_REFUSED */
export async function importKeyMaterial(
  context: Context,
  input: Input<'importKeyMaterial'>,
): Promise<Key> {
  const { library } = context
  await library.keyring.ready()
  const row = inState(ownKeyRow(context, input.key), 'pending-import')
  const material = readMaterial(library, input.file)
  const fingerprint = library.keyring.fingerprintOf(row.id, material)
  if (row.fingerprint !== null && !row.fingerprint.equals(fingerprint)) {
    throw new StrataError('KEY_MATERIAL_REFUSED', { problem: 'it is another one than before' })
  }
  const wrapped = library.keyring.wrappedMaterial(row, material)
  material.fill(0)
  const key = changeKey(
    context,
    { ...row, state: 'enabled', material: wrapped, fingerprint },
    `Brought the material of key ${show(row.name)}`,
    ['key', 'import', wordFor(library, row), input.file],
  )
  resumeLoading(context)
  return key
}

/** It can be brought again, from where it came. A deletion that is scheduled stays so, as in KMS. */
export function removeKeyMaterial(context: Context, input: Input<'removeKeyMaterial'>): Key {
  const row = ownKeyRow(context, input.key)
  if (row.origin !== 'imported') throw refused(row, 'imported')
  const state = row.state === 'pending-deletion' ? row.state : 'pending-import'
  return changeKey(
    context,
    { ...row, state, material: null },
    `Took away the material of key ${show(row.name)}`,
    ['key', 'remove-material', wordFor(context.library, row)],
  )
}

export function enableKey(context: Context, input: Input<'enableKey'>): Key {
  const row = inState(ownKeyRow(context, input.key), 'disabled', 'enabled')
  const title = `Enabled key ${show(row.name)}`
  const command = ['key', 'enable', wordFor(context.library, row)]
  const key = changeKey(context, { ...row, state: 'enabled' }, title, command)
  resumeLoading(context)
  return key
}

export function disableKey(context: Context, input: Input<'disableKey'>): Key {
  const row = inState(ownKeyRow(context, input.key), 'enabled', 'disabled')
  const title = `Disabled key ${show(row.name)}`
  return changeKey(context, { ...row, state: 'disabled' }, title, [
    'key',
    'disable',
    wordFor(context.library, row),
  ])
}

/** @throws StrataError WAITING_DAYS_REFUSED, KEY_STATE_REFUSED */
export function scheduleKeyDeletion(
  context: Context,
  { key, days }: Input<'scheduleKeyDeletion'>,
): Key {
  if (days < LEAST_DAYS || days > MOST_DAYS) {
    throw new StrataError('WAITING_DAYS_REFUSED', { days })
  }
  const row = ownKeyRow(context, key)
  if (row.state === 'pending-deletion') throw refused(row, 'enabled or disabled')
  const deletedAt = context.clock() + days * DAY_MS
  return changeKey(
    context,
    { ...row, state: 'pending-deletion', deletedAt },
    `Scheduled the deletion of key ${show(row.name)} in ${days} days`,
    ['key', 'schedule-deletion', wordFor(context.library, row), '--days', String(days)],
  )
}

/** It is disabled then, as in KMS; without its material it waits for that. */
export function cancelKeyDeletion(context: Context, input: Input<'cancelKeyDeletion'>): Key {
  const row = inState(ownKeyRow(context, input.key), 'pending-deletion')
  const state = row.material === null ? 'pending-import' : 'disabled'
  return changeKey(
    context,
    { ...row, state, deletedAt: null },
    `Cancelled the deletion of key ${show(row.name)}`,
    ['key', 'cancel-deletion', wordFor(context.library, row)],
  )
}

/**
 * Other material from now on. In one transaction every data key is wrapped with it, and what was before
 * goes: a crash leaves the one or the other.
 */
export async function rotateKey(context: Context, input: Input<'rotateKey'>): Promise<Key> {
  const { library } = context
  await library.keyring.ready()
  const row = inState(ownKeyRow(context, input.key), 'enabled')
  if (row.origin === 'imported') throw refused(row, 'generated')
  const version = row.version + 1
  const material = newKey()
  const wrapped = library.keyring.wrappedMaterial({ id: row.id, version }, material)
  material.fill(0)
  const next = { ...row, version, material: wrapped }
  return changeKey(
    context,
    next,
    `Rotated key ${show(row.name)}`,
    ['key', 'rotate', wordFor(context.library, row)],
    () => library.keyring.rewrapAll(row, next),
  )
}

/** A key that its account may change. */
function ownKeyRow(context: Context, text: string): MasterKeyRow {
  dropExpired(context)
  const row = knownKey(context.library, text)
  if (row.manager === 'strata') throw new StrataError('KEY_MANAGED', { key: row.name })
  return row
}

function inState(row: MasterKeyRow, ...states: KeyState[]): MasterKeyRow {
  if (states.includes(row.state)) return row
  throw refused(row, states[0]!)
}

function refused(row: MasterKeyRow, needed: string): StrataError {
  const state = row.state === 'enabled' && needed === 'imported' ? row.origin : row.state
  return new StrataError('KEY_STATE_REFUSED', { key: row.name, state, needed })
}

/** @throws StrataError KEY_MATERIAL_REFUSED, or as `openOutside` */
function readMaterial(library: Library, file: string): Buffer {
  const image = openOutside(library, file)
  try {
    if (image.stamp.sizeBytes !== KEY_BYTES) {
      throw new StrataError('KEY_MATERIAL_REFUSED', { problem: 'it has another length' })
    }
    const bytes = Buffer.alloc(KEY_BYTES)
    readImage(image, bytes, 0)
    return bytes
  } finally {
    image.close()
  }
}
