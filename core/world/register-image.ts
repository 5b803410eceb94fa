import { isListed, type SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import { ImageId, type RegionName, type SnapshotId } from '../contract/ids.ts'
import type { Image, ImageAttributes, ImageMapping } from '../contract/image.ts'
import type { DeviceName } from '../contract/instance.ts'
import { show } from '../contract/show.ts'
import { commandOf, optionOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { assertSize } from '../engine/create-volume.ts'
import { newId } from '../engine/ids.ts'
import type { Library } from '../engine/library.ts'
import { checkDescription } from '../engine/names.ts'
import { deviceNamed } from './attach-volume.ts'
import { DEFAULT_ATTRIBUTES, DEFAULT_VOLUME_TYPE } from './image-defaults.ts'
import { freeImageName, imageNamed, keepableRow } from './images.ts'

type Wish = Input<'registerImage'>
type Wanted = Wish['mappings'][number] & { deviceName: DeviceName }

/** Makes an image of completed snapshots of the account, which all lie in the region of the root. */
export function registerImage({ library, clock }: Context, input: Wish): Image {
  const rootDevice = deviceNamed(input.rootDeviceName)
  const wanted = input.mappings.map((one) => ({ ...one, deviceName: deviceNamed(one.deviceName) }))
  assertDistinct(wanted)
  const rootId = wanted.find(({ deviceName }) => deviceName === rootDevice)?.snapshotId
  if (rootId === undefined) throw refused('No root snapshot specified in device mapping.')
  const { region } = mappable(library, rootId)
  const name = freeImageName(library, input.name, region)
  const description = checkDescription(input.description ?? '')
  const mappings = wanted.map((one) => mappingOf(library, one, region, rootDevice))
  const id = newId(ImageId, 'ami')
  const at = clock()
  const attributes = attributesOf(input)
  library.change(() => {
    library.images.insert(
      {
        id,
        ownerId: library.account,
        name,
        description,
        region,
        ...attributes,
        consistency: 'registered',
        createdAt: at,
        instanceId: null,
        copiedFrom: null,
      },
      mappings,
    )
    library.history.add({
      at,
      title: `Registered image ${show(name)}`,
      command: commandFor(library, { ...input, name }, mappings),
      storedDeltaBytes: 0,
      deletionId: null,
    })
  })
  return imageNamed(library, id)
}

/** Field by field: one that is there and undefined is not said. */
function attributesOf(input: Wish): ImageAttributes {
  return {
    architecture: input.architecture ?? DEFAULT_ATTRIBUTES.architecture,
    virtualization: input.virtualization ?? DEFAULT_ATTRIBUTES.virtualization,
    bootMode: input.bootMode ?? DEFAULT_ATTRIBUTES.bootMode,
    hasEna: input.hasEna ?? DEFAULT_ATTRIBUTES.hasEna,
  }
}

function commandFor(library: Library, wish: Wish, mappings: readonly ImageMapping[]): string {
  const root = mappings.find(({ isRoot }) => isRoot)!
  const data = mappings.filter(({ isRoot }) => !isRoot)
  return commandOf(
    library,
    ...['image', 'register', '--name', wish.name, '--root', root.snapshotId!],
    ...optionOf('--root-device', wish.rootDeviceName),
    ...data.flatMap(({ deviceName, snapshotId, sizeBytes }) =>
      snapshotId === null
        ? ['--empty', `${deviceName}=${sizeBytes}`]
        : ['--data', `${deviceName}=${snapshotId}`],
    ),
    ...optionOf('--description', wish.description),
    ...optionOf('--architecture', wish.architecture),
    ...optionOf('--boot-mode', wish.bootMode),
  )
}

function assertDistinct(wanted: readonly Wanted[]): void {
  const names = wanted.map(({ deviceName }) => deviceName)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw refused(`Device ${twice} is mapped twice.`)
}

function mappingOf(
  library: Library,
  { deviceName, snapshotId, sizeBytes, volumeType, deleteOnTermination }: Wanted,
  region: RegionName,
  rootDevice: DeviceName,
): ImageMapping {
  const snapshot = snapshotId === undefined ? null : mappable(library, snapshotId)
  if (snapshot !== null && snapshot.region !== region) throw unknown(snapshot.id)
  const leastBytes = snapshot?.volumeSizeBytes ?? 1
  const size = sizeBytes ?? snapshot?.volumeSizeBytes
  if (size === undefined) throw refused(`Device ${deviceName} has neither a snapshot nor a size.`)
  assertSize(size, leastBytes)
  return {
    deviceName,
    snapshotId: snapshot?.id ?? null,
    sizeBytes: size,
    volumeType: volumeType ?? DEFAULT_VOLUME_TYPE,
    deleteOnTermination: deleteOnTermination ?? true,
    isRoot: deviceName === rootDevice,
  }
}

/** @throws StrataError InvalidSnapshotID.NotFound, or as `keepableRow` */
function mappable(library: Library, id: SnapshotId): SnapshotRow {
  const row = library.snapshotRows().get(id)
  if (row === undefined || !isListed(row) || row.ownerId !== library.account) {
    throw unknown(id)
  }
  return keepableRow(library, id)
}

const unknown = (snapshot: string) => new StrataError('InvalidSnapshotID.NotFound', { snapshot })
const refused = (problem: string) => new StrataError('InvalidBlockDeviceMapping', { problem })
