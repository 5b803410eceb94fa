import { show } from './show.ts'
import { differentSizes } from './size-text.ts'

/** Refusals of files and disk images that people give us. */
export const FILE_ERRORS = {
  FILE_MISSING: {
    says: (d: { path: string }) => `There is no file ${show(d.path)}.`,
    remedy: 'Check the spelling, and that the disk it lies on is connected.',
  },
  FILE_IS_FOLDER: {
    says: (d: { path: string }) => `${show(d.path)} is a folder, not a disk image.`,
    remedy: 'Name a file in it.',
  },
  FILE_IS_DEVICE: {
    says: (d: { path: string }) => `${show(d.path)} is a device, not a disk image.`,
    remedy: 'Name an ordinary file: dd, for example, copies between a device and a file.',
  },
  FILE_IS_SPECIAL: {
    says: (d: { path: string; what: string }) =>
      `${show(d.path)} is a ${d.what}, not a disk image.`,
    remedy: 'Give an ordinary file.',
  },
  FILE_LINK_LOOP: {
    says: (d: { path: string }) => `${show(d.path)} is a symbolic link that leads back to itself.`,
    remedy: 'Give the image file itself.',
  },
  FILE_NOT_ALLOWED: {
    says: (d: { path: string; to: 'read' | 'written' }) => `${show(d.path)} may not be ${d.to}.`,
    remedy: 'Change the permissions of the file or its folder, or run Strata as a user who may.',
  },
  FILE_UNREADABLE: {
    says: (d: { path: string; offsetBytes: number; cause: string }) =>
      `Cannot read ${show(d.path)} at byte ${d.offsetBytes}: ${d.cause}.`,
    remedy: 'Check the disk it lies on, then try again. All snapshots are as they were.',
  },
  FILE_UNWRITABLE: {
    says: (d: { path: string; cause: string }) => `Cannot write ${show(d.path)}: ${d.cause}.`,
    remedy: 'Check the disk and its free space, then try again. What was stored before is whole.',
  },
  FILE_EXISTS: {
    says: (d: { path: string }) => `${show(d.path)} is already there.`,
    remedy: 'Choose another name, or say that it may be replaced. It was not changed.',
  },
  FILE_IS_SOURCE: {
    says: (d: { path: string; volume: string }) =>
      `${show(d.path)} is the image that volume ${show(d.volume)} is linked to.`,
    remedy: 'Restore to another file: Strata never writes an image that it reads.',
  },
  FILE_IN_LIBRARY: {
    says: (d: { path: string }) => `${show(d.path)} lies inside the library itself.`,
    remedy: 'Choose a file outside the library folder.',
  },
  FILE_NAME_UNUSABLE: {
    says: (d: { path: string; problem: string }) => `The path ${show(d.path)} ${d.problem}.`,
    remedy: 'Rename the file, or choose another name.',
  },
  FILE_NOT_OFFERED: {
    says: (_: Record<never, never>) => 'The window named a file that nobody dropped or chose.',
    remedy: 'Drop the file on the window, or choose it with Open.',
  },
  IMAGE_EMPTY: {
    says: (d: { path: string }) => `${show(d.path)} is empty: there is nothing in it to keep.`,
    remedy: 'Check that the image was copied completely.',
  },
  IMAGE_TOO_LARGE: {
    says: (d: { path: string; sizeBytes: string }) =>
      `${show(d.path)} has ${d.sizeBytes} bytes; a volume has 64 TiB (70368744177664) at the most.`,
    remedy: 'Split the image, or check that its size is right: sparse files can claim any size.',
  },
  IMAGE_CHANGED: {
    says: (d: { path: string; what: string }) =>
      `${show(d.path)} changed while it was read: ${d.what}.`,
    remedy:
      'Stop whatever writes to it (a virtual machine?) and try again. All snapshots are as they were.',
  },
  IMAGE_SHRANK: {
    says: (d: { path: string; sizeBytes: number; volumeBytes: number }) =>
      `${show(d.path)} has ${differentSizes(d.sizeBytes, d.volumeBytes).join(', less than the ')} of its volume.`,
    remedy: 'A volume never shrinks. Import the file as a new volume instead.',
  },
  IMAGE_MISSING: {
    says: (d: { path: string; volume: string }) =>
      `The image ${show(d.path)} of volume ${show(d.volume)} is not there any more.`,
    remedy:
      'Connect its disk, or take the snapshot from where the image lies now. Its snapshots are whole.',
  },
}
