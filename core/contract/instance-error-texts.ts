import { show } from './show.ts'

/** Refusals of instances and of the volumes on them. Codes that EC2 has too are EC2's own. */
export const INSTANCE_ERRORS = {
  'InvalidInstanceID.NotFound': {
    says: (d: { instance: string }) => `The instance ID '${d.instance}' does not exist`,
    remedy: 'List the instances to see their ids. It may have been terminated.',
  },
  INSTANCE_UNKNOWN: {
    says: (d: { instance: string }) => `There is no instance ${show(d.instance)}.`,
    remedy: 'List the instances to see their names and ids.',
  },
  INSTANCE_TYPE_REFUSED: {
    says: (d: { instanceType: string }) => `${show(d.instanceType)} is no type of instance.`,
    remedy: 'Give a family and a size, such as t3.micro. It is kept as it is given.',
  },
  DEVICE_REFUSED: {
    says: (d: { device: string }) => `${show(d.device)} is not a device name.`,
    remedy: 'Use one such as /dev/sda1, /dev/sdf or /dev/xvdf.',
  },
  DEVICE_IN_USE: {
    says: (d: { device: string; instance: string }) =>
      `Attachment point ${d.device} of instance ${show(d.instance)} is already in use.`,
    remedy: 'Choose another device name, or detach the volume that is there.',
  },
  ROOT_IN_USE: {
    says: (d: { instance: string; volume: string }) =>
      `Instance ${show(d.instance)} boots from volume ${show(d.volume)} already.`,
    remedy: 'Attach the volume as a data volume, or detach the root first.',
  },
  VolumeInUse: {
    says: (d: { volumeId: string; instanceId: string }) =>
      `Volume ${d.volumeId} is currently in-use. (It is attached to ${d.instanceId}.)`,
    remedy: 'Detach it first.',
  },
  VOLUME_NOT_ATTACHED: {
    says: (d: { volume: string }) => `Volume ${show(d.volume)} is not attached to an instance.`,
    remedy: 'Nothing was changed.',
  },
  VOLUME_ELSEWHERE: {
    says: (d: { volume: string; region: string; instance: string; instanceRegion: string }) =>
      `Volume ${show(d.volume)} lies in ${d.region}, instance ${show(d.instance)} in ${d.instanceRegion}.`,
    remedy: 'Copy a snapshot of it to the region of the instance, and make a volume of the copy.',
  },
  NOTHING_TO_SNAPSHOT: {
    says: (d: { instance: string }) =>
      `No volume of instance ${show(d.instance)} is left to take a snapshot of.`,
    remedy: 'Attach a volume, or leave out fewer.',
  },
  EXCLUSION_REFUSED: {
    says: (d: { problem: string }) => d.problem,
    remedy: 'Name data volumes of the instance, 40 at the most. Nothing was taken.',
  },
}
