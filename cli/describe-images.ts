import type { Image, ImageMapping, SnapshotReturn } from '../core/contract/image.ts'
import type { Attachment, Instance } from '../core/contract/instance.ts'
import type { Key } from '../core/contract/keys.ts'
import type { LibraryView } from '../core/contract/model.ts'
import { formatSize } from '../core/contract/size-text.ts'
import { snapshotName, volumeName } from './describe.ts'
import { formatInstant } from './instant.ts'
import { tagFacts } from './marks.ts'
import { keylessText, publicText } from './sharing.ts'
import { facts, safeName, table } from './table.ts'

export function instanceText(view: LibraryView, instance: Instance): string {
  const told = facts([
    ['Instance', safeName(instance.name)],
    ['Id', instance.instanceId],
    ['Region', instance.region],
    ['Type', instance.instanceType],
    ['Security groups', instance.securityGroups.map(safeName).join(', ') || 'none'],
    ['Key pair', instance.keyPair === null ? 'none' : safeName(instance.keyPair)],
    ['Launched from', instance.imageId ?? 'no image'],
    ['Created', formatInstant(instance.createdAt)],
  ])
  if (instance.attachments.length === 0) return `${told}\nNo volume is attached.`
  return `${told}\n\n${attachmentTable(view, instance.attachments)}`
}

function attachmentTable(view: LibraryView, attachments: readonly Attachment[]): string {
  return table(
    [{ heading: 'Device' }, { heading: '' }, { heading: 'Volume' }, { heading: 'On termination' }],
    attachments.map(({ deviceName, volumeId, isRoot, deleteOnTermination }) => [
      deviceName,
      isRoot ? 'root' : '',
      `${volumeName(view, volumeId)} (${volumeId})`,
      deleteOnTermination ? 'removed' : 'stays',
    ]),
  )
}

export function instanceTable(instances: readonly Instance[]): string {
  return table(
    [
      { heading: 'Id' },
      { heading: 'Name' },
      { heading: 'Region' },
      { heading: 'Type' },
      { heading: 'Volumes', isFigure: true },
      { heading: 'Image' },
    ],
    instances.map((instance) => [
      instance.instanceId,
      safeName(instance.name),
      instance.region,
      instance.instanceType,
      String(instance.attachments.length),
      instance.imageId ?? '-',
    ]),
  )
}

/** @param keys of the account that asks */
export function imageText(view: LibraryView, image: Image, keys: readonly Key[]): string {
  const told = facts([
    ['Image', safeName(image.name)],
    ['Id', image.imageId],
    ...(image.description === '' ? [] : ([['Description', safeName(image.description)]] as const)),
    ['Owner', image.ownerId],
    ['Region', image.region],
    ['Machine', `${image.architecture}, ${image.virtualization}, ${image.bootMode}`],
    ['Consistency', image.consistency],
    ['Made of', image.instanceId ?? image.copiedFrom ?? 'snapshots'],
    ['May be launched by', whoMayLaunch(image)],
    ['Created', formatInstant(image.createdAt)],
    ...tagFacts(image.tags),
  ])
  return [told, mappingTable(view, image.mappings), ...keylessTexts(view, image, keys)].join('\n\n')
}

/** Who may launch it and cannot, of each key. */
function keylessTexts(view: LibraryView, image: Image, keys: readonly Key[]): string[] {
  const used = new Set(image.mappings.map((mapping) => keyIdOf(view, mapping)))
  const { accounts } = image.permissions
  return keys
    .filter(({ keyId }) => used.has(keyId))
    .map(({ keyId, sharedWith }) => ({
      keyId,
      keyless: accounts.filter((account) => !sharedWith.includes(account)),
    }))
    .filter(({ keyless }) => keyless.length > 0)
    .map(({ keyId, keyless }) => keylessText(keyId, keyless))
}

/** null: plain, empty, or of another account. */
function keyIdOf({ snapshots }: LibraryView, { snapshotId }: ImageMapping): string | null {
  return snapshots.find((one) => one.snapshotId === snapshotId)?.encryption?.keyId ?? null
}

function whoMayLaunch({ permissions, region }: Image): string {
  const { isPublic, isPublicBlocked, accounts } = permissions
  if (!isPublicBlocked) {
    return ['its owner', ...accounts, ...(isPublic ? ['everybody'] : [])].join(', ')
  }
  return `${['its owner', ...accounts].join(', ')} (shared publicly, blocked in ${region})`
}

function mappingTable(view: LibraryView, mappings: readonly ImageMapping[]): string {
  return table(
    [
      { heading: 'Device' },
      { heading: '' },
      { heading: 'Snapshot' },
      { heading: 'Size', isFigure: true },
      { heading: 'Type' },
      { heading: 'On termination' },
      { heading: 'Encrypted with' },
    ],
    mappings.map((mapping) => [
      mapping.deviceName,
      mapping.isRoot ? 'root' : '',
      mapping.snapshotId === null
        ? 'empty'
        : `${snapshotName(view, mapping.snapshotId)} (${mapping.snapshotId})`,
      formatSize(mapping.sizeBytes),
      mapping.volumeType,
      mapping.deleteOnTermination ? 'removed' : 'stays',
      keyIdOf(view, mapping) ?? '-',
    ]),
  )
}

export function imageTable(images: readonly Image[]): string {
  return table(
    [
      { heading: 'Id' },
      { heading: 'Name' },
      { heading: 'Region' },
      { heading: 'Owner' },
      { heading: 'Snapshots', isFigure: true },
      { heading: 'Public' },
      { heading: 'Created' },
    ],
    images.map((image) => [
      image.imageId,
      safeName(image.name),
      image.region,
      image.ownerId,
      String(image.mappings.filter(({ snapshotId }) => snapshotId !== null).length),
      publicText(image.permissions),
      formatInstant(image.createdAt),
    ]),
  )
}

/** What becomes of the snapshots of an image that is deregistered. */
export function returnsText(view: LibraryView, snapshots: readonly SnapshotReturn[]): string {
  return snapshots
    .map(({ snapshotId, returnCode, reason }) =>
      [`${snapshotName(view, snapshotId)} (${snapshotId}): ${returnCode}`, reason]
        .filter((part) => part !== '')
        .join('. '),
    )
    .join('\n')
}
