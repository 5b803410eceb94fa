import { printable, show } from './show.ts'

/** Refusals of machine images, in EC2's codes and words where it has them. */
export const IMAGE_ERRORS = {
  'InvalidAMIName.Duplicate': {
    says: (d: { name: string; imageId: string }) =>
      `AMI name ${d.name} is already in use by AMI ${d.imageId}`,
    remedy: 'Choose another name, or deregister the other image first.',
  },
  'InvalidAMIName.Malformed': {
    says: (d: { name: string }) => `${show(d.name)} cannot be the name of an image.`,
    remedy: "Use 3 to 128 letters, digits, spaces, and ( ) [ ] . / - ' @ _",
  },
  'InvalidAMIID.NotFound': {
    says: (d: { image: string }) => `The image id '[${printable(d.image)}]' does not exist`,
    remedy: 'List the images to see their ids. It may belong to somebody else, or lie elsewhere.',
  },
  'InvalidAMIID.Unavailable': {
    says: (d: { image: string }) => `The image id '[${d.image}]' is no longer available`,
    remedy: 'It was deregistered. Register its snapshots as a new image, if they are still there.',
  },
  'InvalidAMIID.Malformed': {
    says: (d: { image: string }) => `Invalid id: ${show(d.image)}`,
    remedy: 'An id is ami- and 17 hexadecimal digits.',
  },
  IMAGE_UNKNOWN: {
    says: (d: { image: string }) => `There is no image ${show(d.image)}.`,
    remedy: 'List the images to see their names and ids.',
  },
  IMAGE_NOT_YOURS: {
    says: (d: { imageId: string; ownerId: string }) =>
      `Image ${d.imageId} belongs to account ${d.ownerId}.`,
    remedy: 'Only its owner can do that. You may launch it, or copy it and change the copy.',
  },
  InvalidBlockDeviceMapping: {
    says: (d: { problem: string }) => d.problem,
    remedy: 'Nothing was made. Check the devices and what is mapped to them.',
  },
  'InvalidSnapshotID.NotFound': {
    says: (d: { snapshot: string }) => `The snapshot ID '${d.snapshot}' does not exist`,
    remedy: 'An image maps snapshots of its own region. Copy the snapshot there first.',
  },
  'InvalidSnapshot.InUse': {
    says: (d: { snapshot: string; image: string }) =>
      `The snapshot ${d.snapshot} is currently in use by ${d.image}`,
    remedy: 'Deregister the image first. Its snapshots stay then, and can be deleted.',
  },
  InvalidAMIAttributeItemValue: {
    says: (d: { account: string }) => `${show(d.account)} is not the id of an account.`,
    remedy: 'Give twelve digits, or all. Nothing was changed.',
  },
  PART_FAILED: {
    says: (d: { title: string; cause: string }) => `${d.title} failed: ${d.cause}`,
    remedy: 'Nothing was registered or launched. What was complete by then has stayed.',
  },
}
