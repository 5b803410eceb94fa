import { type AttachmentRow, attachmentOf, type InstanceRow } from '../catalog/instances.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import { InstanceId, type VolumeId } from '../contract/ids.ts'
import type { Instance, LaunchParameters, SnapshotSet } from '../contract/instance.ts'
import { show } from '../contract/show.ts'
import { ownSnapshots } from '../engine/access.ts'
import { commandOf, optionOf, regionOption, wordFor } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { newId } from '../engine/ids.ts'
import type { Library } from '../engine/library.ts'
import { checkName } from '../engine/names.ts'
import { hasName } from '../engine/snapshot-names.ts'

const DEFAULT_TYPE = 't3.micro'
const DEFAULT_GROUPS = ['default']

/** Those of the account that works with the library, oldest first. */
export function instancesOf(library: Library): Instance[] {
  return allInstances(library).filter(({ ownerId }) => ownerId === library.account)
}

function allInstances(library: Library): Instance[] {
  const attachments = library.instances.attachments()
  return library.instances.all().map((row) => instanceOf(row, attachments))
}

function instanceOf(
  { id, createdAt, ...row }: InstanceRow,
  attachments: readonly AttachmentRow[],
): Instance {
  return {
    instanceId: id,
    ...row,
    createdAt,
    attachments: attachments.filter(({ instanceId }) => instanceId === id).map(attachmentOf),
  }
}

/** @throws StrataError InvalidInstanceID.NotFound */
export function instanceNamed(library: Library, id: InstanceId): Instance {
  const found = instancesOf(library).find(({ instanceId }) => instanceId === id)
  if (found === undefined) throw new StrataError('InvalidInstanceID.NotFound', { instance: id })
  return found
}

/** The instance that a volume is on, whoever it belongs to. */
export function instanceWith(library: Library, volume: VolumeId): Instance | undefined {
  return allInstances(library).find(({ attachments }) =>
    attachments.some(({ volumeId }) => volumeId === volume),
  )
}

/** Own sets with what is left of them: members that are pending or completed. */
export function snapshotSetsOf(library: Library): SnapshotSet[] {
  const there = ownSnapshots(library).filter(hasName)
  const ids = new Set(there.map(({ id }) => id))
  return [...library.snapshotSets.all()]
    .map(([setId, members]) => ({
      setId,
      instanceId: members[0]!.instanceId,
      snapshotIds: members.map(({ snapshotId }) => snapshotId).filter((id) => ids.has(id)),
    }))
    .filter(({ snapshotIds }) => snapshotIds.length > 0)
}

/** @throws StrataError NAME_REFUSED, NAME_TAKEN, INSTANCE_TYPE_REFUSED */
export function createInstance(
  { library, clock }: Context,
  input: Input<'createInstance'>,
): Instance {
  const name = freeInstanceName(library, input.name)
  const at = clock()
  const row = instanceRow(library, name, launchParameters(input), at)
  library.change(() => {
    library.instances.insert(row)
    library.history.add({
      at,
      title: `Created instance ${show(name)}`,
      command: commandOf(
        library,
        ...['instance', 'create', { argument: name }],
        ...launchOptions(input),
        ...regionOption(library),
      ),
      storedDeltaBytes: 0,
      deletionId: null,
    })
  })
  return instanceNamed(library, row.id)
}

export function instanceRow(
  library: Library,
  name: string,
  parameters: LaunchParameters,
  createdAt: number,
): InstanceRow {
  const { region, account: ownerId } = library
  const id = newId(InstanceId, 'i')
  return { id, ownerId, name, region, ...parameters, imageId: null, createdAt }
}

/** @throws StrataError NAME_REFUSED, NAME_TAKEN */
export function freeInstanceName(library: Library, wish: string): string {
  const name = checkName(wish)
  if (instancesOf(library).some((instance) => instance.name === name)) {
    throw new StrataError('NAME_TAKEN', { name, kind: 'instance' })
  }
  return name
}

/** As a command line names it. */
export function instanceWord(library: Library, instance: Instance): string {
  return wordFor(library, { ...instance, id: instance.instanceId })
}

type Wish = Pick<Input<'createInstance'>, 'instanceType' | 'securityGroups' | 'keyPair'>

/** As a command line says it. */
export function launchOptions({ instanceType, securityGroups = [], keyPair }: Wish): string[] {
  return [
    ...optionOf('--type', instanceType),
    ...securityGroups.flatMap((group) => ['--security-group', group]),
    ...optionOf('--key-pair', keyPair),
  ]
}

/** @throws StrataError INSTANCE_TYPE_REFUSED, NAME_REFUSED */
export function launchParameters(wish: Wish): LaunchParameters {
  const instanceType = wish.instanceType ?? DEFAULT_TYPE
  if (!/^[a-z][a-z0-9-]{0,30}\.[a-z0-9-]{1,30}$/.test(instanceType)) {
    throw new StrataError('INSTANCE_TYPE_REFUSED', { instanceType })
  }
  return {
    instanceType,
    securityGroups: (wish.securityGroups ?? DEFAULT_GROUPS).map(checkName),
    keyPair: wish.keyPair === undefined ? null : checkName(wish.keyPair),
  }
}
