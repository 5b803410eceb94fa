import { StrataError } from '../core/contract/errors.ts'
import type { Image } from '../core/contract/image.ts'
import type { LibraryView } from '../core/contract/model.ts'
import { formatSize } from '../core/contract/size-text.ts'
import { type Answer, answer } from './answer.ts'
import { imageTable, imageText, returnsText } from './describe-images.ts'
import { UsageError } from './failure.ts'
import { findRegion, snapshotIdOf } from './find.ts'
import { findImage, imageToChange, instanceToChange } from './find-images.ts'
import {
  DeregistrationJson,
  DeregistrationPlanJson,
  ImageJson,
  ImageListJson,
} from './image-json.ts'
import { aboutInstance, type LaunchOptions, launchWishOf } from './instances.ts'
import type { Library } from './library.ts'
import type { OfDevice } from './options.ts'
import { planText } from './plan-text.ts'
import { granteeIn } from './sharing.ts'
import { giveBack } from './snapshots.ts'
import { safeName } from './table.ts'

export async function createImage(
  library: Library,
  instance: string,
  options: { readonly name: string; readonly description?: string; readonly reboot: boolean },
): Promise<Answer> {
  const { instanceId } = instanceToChange(await library.engine.describeLibrary(), instance)
  const { name, description } = options
  const wish = { instanceId, name, description, noReboot: !options.reboot }
  const started = await library.engine.createImage(wish)
  return about(library, (await library.finish(started, 'image')).imageId)
}

/** The options of `image register`, as they are given. */
export type RegisterOptions = {
  readonly name: string
  readonly root: string
  readonly rootDevice: string
  readonly data?: OfDevice<string>[]
  readonly empty?: OfDevice<number>[]
  readonly description?: string
  readonly architecture?: Image['architecture']
  readonly bootMode?: Image['bootMode']
}

export async function registerImage(library: Library, options: RegisterOptions): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const { name, description, rootDevice, architecture, bootMode } = options
  const data = (options.data ?? []).map(({ deviceName, value }) => ({
    deviceName,
    snapshotId: snapshotIdOf(view, value),
  }))
  const empty = withSizes(options.empty)
  const { imageId } = await library.engine.registerImage({
    name,
    description,
    rootDeviceName: rootDevice,
    mappings: [
      { deviceName: rootDevice, snapshotId: snapshotIdOf(view, options.root) },
      ...data,
      ...empty,
    ],
    architecture,
    bootMode,
  })
  return about(library, imageId)
}

/** The options of `image launch`, as they are given. */
export type ImageLaunchOptions = LaunchOptions & {
  readonly name: string
  readonly size?: OfDevice<number>[]
  /** true: at all devices. */
  readonly encrypted?: true | string[]
  readonly key?: OfDevice<string>[]
}

export async function launchImage(
  library: Library,
  text: string,
  options: ImageLaunchOptions,
): Promise<Answer> {
  const image = await findImage(library, await library.engine.describeLibrary(), text)
  const { imageId } = image
  const encryption = encryptionOf(image, options)
  const sizes = withSizes(options.size)
  const wish = { imageId, name: options.name, ...launchWishOf(options), sizes, encryption }
  const { instanceId } = await library.finish(await library.engine.launchImage(wish), 'instance')
  return aboutInstance(library, instanceId)
}

/** The options of `image copy`, as they are given. */
export type CopyOptions = {
  readonly toRegion: string
  readonly name?: string
  readonly description?: string
  readonly encrypted?: boolean
  readonly key?: string
}

export async function copyImage(
  library: Library,
  text: string,
  options: CopyOptions,
): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const { imageId } = await findImage(library, view, text)
  const region = findRegion(view, options.toRegion).name
  const { toRegion: _, ...wish } = options
  const started = await library.engine.copyImage({ imageId, region, ...wish })
  return about(library, (await library.finish(started, 'image')).imageId)
}

/** The options of `image permissions`, as they are given. */
export type PermissionOptions = {
  readonly add?: string[]
  readonly remove?: string[]
  readonly withKeys?: boolean
}

/**
 * @throws UsageError for keys to share with nobody; StrataError InvalidParameterCombination for both at
 *   once, which would be two changes
 */
export async function changePermissions(
  library: Library,
  text: string,
  options: PermissionOptions,
): Promise<Answer> {
  if (options.withKeys === true && options.add === undefined) {
    throw new UsageError('--with-keys goes with --add.')
  }
  const { add, remove, withKeys } = options
  if (add !== undefined && remove !== undefined) {
    const problem = 'One and only one operation type may be specified for launchPermission'
    throw new StrataError('InvalidParameterCombination', { problem })
  }
  const named = add ?? remove
  if (named === undefined) return about(library, text)
  const view = await library.engine.describeLibrary()
  const { imageId } = await imageToChange(library, view, text)
  const grantees = named.map(granteeIn(view))
  const accounts = grantees.filter((grantee) => grantee !== 'all')
  const all = accounts.length < grantees.length
  const operation = add === undefined ? 'remove' : 'add'
  await library.engine.modifyImagePermissions({ imageId, operation, accounts, all, withKeys })
  return about(library, imageId)
}

export async function deregisterImage(
  library: Library,
  text: string,
  options: { readonly deleteSnapshots?: boolean; readonly dryRun?: boolean },
): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const image = await imageToChange(library, view, text)
  if (options.dryRun === true) return deregistrationPlan(library, view, image)
  const { imageId, name } = image
  const isDeleting = options.deleteSnapshots === true
  const { snapshots, deletion } = await library.engine.deregisterImage({
    imageId,
    deleteSnapshots: isDeleting ? { revision: view.revision, undoableMs: 0 } : null,
  })
  const back = deletion === null ? null : await giveBack(library)
  const told = [
    `Deregistered ${safeName(name)}`,
    isDeleting ? returnsText(view, snapshots) : 'Its snapshots stay.',
    ...(deletion === null ? [] : [`Released ${formatSize(deletion.releasedBytes)}`]),
    ...(back === null ? [] : [back.outcome]),
  ].join('\n')
  const releasedBytes = deletion?.releasedBytes ?? 0
  const reclaimedBytes = back?.reclaimedBytes ?? null
  return answer(DeregistrationJson, { imageId, snapshots, releasedBytes, reclaimedBytes }, told)
}

/** With its snapshots or without: what they would release is told either way. */
async function deregistrationPlan(
  { engine }: Library,
  view: LibraryView,
  { imageId, name }: Image,
): Promise<Answer> {
  const { snapshots, plan } = await engine.planDeregistration({ imageId })
  const told = [
    `Deregistering ${safeName(name)}`,
    'Its snapshots stay, unless it is asked for with --delete-snapshots:',
    returnsText(view, snapshots),
    ...(plan === null ? [] : [planText(view, plan, false)]),
  ].join('\n')
  const { releasedBytes = 0, releasedNowBytes = 0, heldBytes = 0 } = plan ?? {}
  const bytes = { releasedBytes, releasedNowBytes, heldBytes }
  return answer(DeregistrationPlanJson, { imageId, snapshots, ...bytes }, told)
}

export async function listImages(library: Library): Promise<Answer> {
  const images = (await library.engine.listImages()).filter((image) => library.isAskedAbout(image))
  const text = images.length === 0 ? 'There are no images yet.' : imageTable(images)
  return answer(ImageListJson, { images }, text)
}

export async function about(library: Library, text: string): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const image = await findImage(library, view, text)
  const { keys } = await library.engine.describeKeys()
  return answer(ImageJson, image, imageText(view, image, keys))
}

/** What is asked for without a device is asked for at each of them. */
function encryptionOf({ mappings }: Image, options: ImageLaunchOptions) {
  const keyOf = new Map(options.key?.map(({ deviceName, value }) => [deviceName, value]))
  const asked = options.encrypted === true ? [] : (options.encrypted ?? [])
  const named = [...asked, ...keyOf.keys()].filter((device) => device !== '')
  const devices = new Set([...mappings.map(({ deviceName }) => deviceName), ...named])
  return [...devices].map((deviceName) => ({
    deviceName,
    encrypted: options.encrypted === true || asked.includes(deviceName) || undefined,
    key: keyOf.get(deviceName) ?? keyOf.get(''),
  }))
}

function withSizes(sizes: readonly OfDevice<number>[] = []) {
  return sizes.map(({ deviceName, value: sizeBytes }) => ({ deviceName, sizeBytes }))
}
