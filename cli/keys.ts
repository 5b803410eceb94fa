import type { Output } from '../core/contract/calls.ts'
import type { EncryptionDefault, Key, SharedKey } from '../core/contract/keys.ts'
import { type Answer, answer } from './answer.ts'
import { UsageError } from './failure.ts'
import { formatInstant } from './instant.ts'
import { EncryptionDefaultJson, KeyJson, KeyListJson, VaultJson } from './key-json.ts'
import { filePath, type Library } from './library.ts'
import { passphraseIn } from './passphrase.ts'
import { accountsText } from './sharing.ts'
import { facts, safeName, table } from './table.ts'

type Told = Output<'describeKeys'>

export async function listKeys(library: Library): Promise<Answer> {
  const told = await library.engine.describeKeys()
  const keys = told.keys.filter((key) => library.isAskedAbout(key))
  const sharedKeys = told.sharedKeys.filter((key) => library.isAskedAbout(key))
  const text = [
    keys.length === 0 ? 'There are no keys yet.' : keyTable(keys),
    ...(sharedKeys.length === 0 ? [] : [sharedTable(sharedKeys)]),
    ...told.defaults
      .filter((found) => library.isAskedAbout(found) && isGone(found, told.keys))
      .map((found) => `Default key of ${found.region}: ${goneText(found, told)}`),
  ].join('\n\n')
  const { vault, default: byDefault } = told
  return answer(KeyListJson, { vault, keys, sharedKeys, default: byDefault }, text)
}

export async function createKey(
  { engine }: Library,
  name: string,
  { imported }: { readonly imported?: boolean },
): Promise<Answer> {
  return about(await engine.createKey({ name, imported }))
}

export async function enableKey({ engine }: Library, key: string): Promise<Answer> {
  return about(await engine.enableKey({ key }))
}

export async function disableKey({ engine }: Library, key: string): Promise<Answer> {
  return about(await engine.disableKey({ key }))
}

export async function scheduleDeletion(
  { engine }: Library,
  key: string,
  { days }: { readonly days: number },
): Promise<Answer> {
  return about(await engine.scheduleKeyDeletion({ key, days }))
}

export async function cancelDeletion({ engine }: Library, key: string): Promise<Answer> {
  return about(await engine.cancelKeyDeletion({ key }))
}

export async function importMaterial(
  { engine }: Library,
  key: string,
  file: string,
): Promise<Answer> {
  return about(await engine.importKeyMaterial({ key, file: filePath(file) }))
}

export async function removeMaterial({ engine }: Library, key: string): Promise<Answer> {
  return about(await engine.removeKeyMaterial({ key }))
}

export async function rotateKey({ engine }: Library, key: string): Promise<Answer> {
  return about(await engine.rotateKey({ key }))
}

/** @throws UsageError when a key is named and reset at once */
export async function defaultKey(
  { engine }: Library,
  key: string | undefined,
  { reset }: { readonly reset?: boolean },
): Promise<Answer> {
  if (reset === true && key !== undefined) throw new UsageError('Name a key, or use --reset.')
  if (reset === true) await engine.setDefaultKey({ key: null })
  else if (key !== undefined) await engine.setDefaultKey({ key })
  return byDefault(await engine.describeKeys())
}

/** @throws UsageError for any other word than on, off and show */
export async function encryptionByDefault({ engine }: Library, word: string): Promise<Answer> {
  if (word !== 'on' && word !== 'off' && word !== 'show') {
    throw new UsageError('Say on, off or show.')
  }
  if (word !== 'show') await engine.setEncryptionByDefault({ isOn: word === 'on' })
  return byDefault(await engine.describeKeys())
}

export async function changePassphrase({ engine }: Library, file: string): Promise<Answer> {
  const vault = await engine.setPassphrase({ passphrase: passphraseIn(filePath(file)) })
  return answer(VaultJson, vault, 'The keys open with that passphrase from now on.')
}

function about(key: Key): Answer {
  const text = facts([
    ['Key', safeName(key.name)],
    ['Id', key.keyId],
    ['Account', key.accountId],
    ['Region', key.region],
    ['State', stateText(key)],
    ['Version', String(key.version)],
    ['Encrypts', lossText(key)],
    ['Shared with', accountsText(key.sharedWith)],
  ])
  return answer(KeyJson, key, text)
}

function stateText({ state, deletedAt }: Key): string {
  return deletedAt === null ? state : `${state}, gone on ${formatInstant(deletedAt)}`
}

function lossText({ volumeCount, snapshotCount }: Key): string {
  return `${counted(volumeCount, 'volume')}, ${counted(snapshotCount, 'snapshot')}`
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}

function byDefault(told: Told): Answer {
  const found = told.default
  const text = facts([
    ['Account', found.accountId],
    ['Region', found.region],
    ['Encryption by default', found.isOn ? 'on' : 'off'],
    ['Default key', isGone(found, told.keys) ? goneText(found, told) : (found.keyId ?? UNMADE)],
  ])
  return answer(EncryptionDefaultJson, found, text)
}

const UNMADE = 'aws/ebs, made when it is first needed'

/** A default key that was deleted stays so until another one is the default. */
function isGone({ keyId }: EncryptionDefault, keys: readonly Key[]): boolean {
  return keyId !== null && keys.every((key) => key.keyId !== keyId)
}

function goneText({ keyId, region }: EncryptionDefault, { defaults }: Told): string {
  const where = defaults.length === 1 ? '' : ` --region ${region}`
  return `${keyId}, deleted; \`strata key default --reset${where}\` goes back to aws/ebs`
}

function keyTable(keys: readonly Key[]): string {
  return table(
    [
      { heading: 'Id' },
      { heading: 'Name' },
      { heading: '' },
      { heading: 'Region' },
      { heading: 'State' },
      { heading: 'Version', isFigure: true },
      { heading: 'Volumes', isFigure: true },
      { heading: 'Snapshots', isFigure: true },
      { heading: 'Shared with' },
    ],
    keys.map((key) => [
      key.keyId,
      safeName(key.name),
      key.isDefault ? 'default' : '',
      key.region,
      stateText(key),
      String(key.version),
      String(key.volumeCount),
      String(key.snapshotCount),
      key.sharedWith.join(', ') || '-',
    ]),
  )
}

/** For opening what is shared, too. */
function sharedTable(keys: readonly SharedKey[]): string {
  return table(
    [{ heading: 'Shared with you' }, { heading: 'Owner' }, { heading: 'Region' }],
    keys.map(({ keyId, accountId, region }) => [keyId, accountId, region]),
  )
}
