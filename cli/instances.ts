import { formatSize } from '../core/contract/size-text.ts'
import { type Answer, answer } from './answer.ts'
import { volumeName } from './describe.ts'
import { instanceTable, instanceText } from './describe-images.ts'
import { findVolume, volumeToChange } from './find.ts'
import { findInstance, instanceToChange } from './find-images.ts'
import { InstanceJson, InstanceListJson, SnapshotSetJson, TerminationJson } from './image-json.ts'
import { formatInstant } from './instant.ts'
import type { Library } from './library.ts'
import { safeName } from './table.ts'

/** How an instance is launched, as it is given. */
export type LaunchOptions = {
  readonly type?: string
  readonly securityGroup?: string[]
  readonly keyPair?: string
}

export function launchWishOf({ type, securityGroup, keyPair }: LaunchOptions) {
  return { instanceType: type, securityGroups: securityGroup, keyPair }
}

export async function createInstance(
  library: Library,
  name: string,
  options: LaunchOptions,
): Promise<Answer> {
  const { instanceId } = await library.engine.createInstance({ name, ...launchWishOf(options) })
  return aboutInstance(library, instanceId)
}

export async function listInstances(library: Library): Promise<Answer> {
  const { instances } = await library.engine.describeLibrary()
  const asked = instances.filter((instance) => library.isAskedAbout(instance))
  const text = asked.length === 0 ? 'There are no instances yet.' : instanceTable(asked)
  return answer(InstanceListJson, { instances: asked }, text)
}

export async function aboutInstance(library: Library, text: string): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const instance = findInstance(view, text)
  return answer(InstanceJson, instance, instanceText(view, instance))
}

export async function attachVolume(
  library: Library,
  instance: string,
  volume: string,
  deviceName: string,
  options: { readonly root?: boolean; readonly deleteOnTermination?: boolean },
): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const { instanceId } = instanceToChange(view, instance)
  const { volumeId } = volumeToChange(view, volume)
  await library.engine.attachVolume({
    instanceId,
    volumeId,
    deviceName,
    isRoot: options.root === true,
    deleteOnTermination: options.deleteOnTermination,
  })
  return aboutInstance(library, instanceId)
}

export async function detachVolume(library: Library, volume: string): Promise<Answer> {
  const { volumeId } = volumeToChange(await library.engine.describeLibrary(), volume)
  const { instanceId } = await library.engine.detachVolume({ volumeId })
  return aboutInstance(library, instanceId)
}

export async function snapshotInstance(
  library: Library,
  text: string,
  options: {
    readonly excludeBoot?: boolean
    readonly exclude?: string[]
    readonly name?: string
    readonly description?: string
  },
): Promise<Answer> {
  const before = await library.engine.describeLibrary()
  const { instanceId, name } = instanceToChange(before, text)
  const started = await library.engine.createSnapshots({
    instanceId,
    excludeBoot: options.excludeBoot === true,
    excludeVolumeIds: (options.exclude ?? []).map((volume) => findVolume(before, volume).volumeId),
    name: options.name,
    description: options.description,
  })
  const { snapshotIds } = await library.finish(started, 'snapshots')
  const { startedAt } = started
  const view = await library.engine.describeLibrary()
  const snapshots = snapshotIds.map(
    (id) => view.snapshots.find(({ snapshotId }) => snapshotId === id)!,
  )
  const lines = snapshots.map(
    (each) =>
      `${volumeName(view, each.volumeId)}: ${safeName(each.name)} (${each.snapshotId}), stores ${formatSize(each.storedHereBytes)}`,
  )
  const title = `Snapshots of ${safeName(name)} as of ${formatInstant(startedAt)}`
  return answer(SnapshotSetJson, { instanceId, startedAt, snapshots }, [title, ...lines].join('\n'))
}

export async function removeInstance(library: Library, text: string): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const { instanceId, name } = instanceToChange(view, text)
  const done = await library.engine.removeInstance({ instanceId })
  const names = (ids: readonly string[]) => ids.map((id) => volumeName(view, id)).join(', ')
  const lines = [
    `Terminated ${safeName(name)}`,
    ...(done.removedVolumeIds.length > 0 ? [`Removed ${names(done.removedVolumeIds)}`] : []),
    ...(done.leavingVolumeIds.length > 0
      ? [`Will go with their last pending snapshot: ${names(done.leavingVolumeIds)}`]
      : []),
    ...(done.detachedVolumeIds.length > 0 ? [`Detached ${names(done.detachedVolumeIds)}`] : []),
  ]
  return answer(TerminationJson, done, lines.join('\n'))
}
