import { OWNER_ACCOUNT } from '../../core/contract/account.ts'
import { ImageId, InstanceId, SnapshotId, VolumeId } from '../../core/contract/ids.ts'
import { Image } from '../../core/contract/image.ts'
import { Instance } from '../../core/contract/instance.ts'
import type { LibraryView, Snapshot, Volume } from '../../core/contract/model.ts'
import { GIB, id, library, region, volumeId, web } from './library-example.ts'

/** A machine of two volumes and an image of it, for the tests of the window. */

export const data: Volume = {
  ...web,
  volumeId: VolumeId.parse('vol-00000000000000002'),
  name: 'data',
  sizeBytes: 20 * GIB,
  head: { ...web.head, baseId: null },
}

const [, , c] = library().snapshots as [Snapshot, Snapshot, Snapshot]
/** The only snapshot of `data`. */
export const ofData: Snapshot = {
  ...c,
  snapshotId: SnapshotId.parse('snap-000000000000000da'),
  name: 'D1',
  volumeId: data.volumeId,
  parentId: null,
  volumeSizeBytes: data.sizeBytes,
}

const created = { ownerId: OWNER_ACCOUNT, region, createdAt: c.startedAt }

export const machine: Instance = Instance.parse({
  ...created,
  instanceId: InstanceId.parse('i-00000000000000001'),
  name: 'server',
  instanceType: 't3.large',
  securityGroups: ['default'],
  keyPair: null,
  imageId: null,
  attachments: [
    { deviceName: '/dev/sda1', volumeId, isRoot: true, deleteOnTermination: true },
    { deviceName: '/dev/sdf', volumeId: data.volumeId, isRoot: false, deleteOnTermination: false },
  ],
})

const mapping = { volumeType: 'gp3', deleteOnTermination: true }

export const machineImage: Image = Image.parse({
  ...created,
  imageId: ImageId.parse('ami-00000000000000001'),
  name: 'gold',
  description: '',
  architecture: 'x86_64',
  virtualization: 'hvm',
  bootMode: 'uefi',
  hasEna: true,
  consistency: 'rebooted',
  instanceId: machine.instanceId,
  copiedFrom: null,
  mappings: [
    {
      ...mapping,
      deviceName: '/dev/sda1',
      snapshotId: id('c'),
      sizeBytes: web.sizeBytes,
      isRoot: true,
    },
    {
      ...mapping,
      deviceName: '/dev/sdf',
      snapshotId: ofData.snapshotId,
      sizeBytes: data.sizeBytes,
      isRoot: false,
    },
  ],
  permissions: { isPublic: false, isPublicBlocked: false, accounts: [] },
  tags: [],
})

export function machineLibrary(given: Partial<LibraryView> = {}): LibraryView {
  const view = library()
  return {
    ...view,
    volumes: [...view.volumes, data],
    snapshots: [...view.snapshots, ofData],
    instances: [machine],
    images: [machineImage],
    ...given,
  }
}
