import { show } from './show.ts'
import { differentSizes } from './size-text.ts'
import { WORLD_ERRORS } from './world-error-texts.ts'

/**
 * Failures that a person can act on. `says` names the thing and the place; the remedy says what to
 * do, and where it helps, that nothing was lost.
 */
export const ERRORS = {
  // Files that people give us
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

  // Objects
  VOLUME_UNKNOWN: {
    says: (d: { volume: string }) => `There is no volume ${show(d.volume)}.`,
    remedy: 'List the volumes to see their names and ids.',
  },
  SNAPSHOT_UNKNOWN: {
    says: (d: { snapshot: string }) => `There is no snapshot ${show(d.snapshot)}.`,
    remedy: 'List the snapshots to see their names and ids. It may have been deleted.',
  },
  NAME_AMBIGUOUS: {
    says: (d: { name: string; kind: string; ids: string }) =>
      `More than one ${d.kind} is called ${show(d.name)}: ${d.ids}.`,
    remedy: 'Use the id instead.',
  },
  NAME_REFUSED: {
    says: (d: { name: string; problem: string }) => `The name ${show(d.name)} ${d.problem}.`,
    remedy: 'Choose another name.',
  },
  DESCRIPTION_REFUSED: {
    says: (d: { lengthCharacters: number; mostCharacters: number }) =>
      `The description has ${d.lengthCharacters} characters, more than ${d.mostCharacters}.`,
    remedy: 'Shorten it.',
  },
  NAME_TAKEN: {
    says: (d: { name: string; kind: string }) =>
      `Another ${d.kind} is already called ${show(d.name)}.`,
    remedy: 'Choose another name, or rename the other one first.',
  },
  SNAPSHOT_NOT_READY: {
    says: (d: { snapshot: string; state: string }) => `Snapshot ${show(d.snapshot)} is ${d.state}.`,
    remedy: 'Wait until it is completed.',
  },
  VOLUME_IS_LINKED: {
    says: (d: { volume: string }) =>
      `Volume ${show(d.volume)} is linked to a file that is only read.`,
    remedy: 'Change the image itself, or make a managed volume from one of its snapshots.',
  },
  VOLUME_IS_MANAGED: {
    says: (d: { volume: string }) =>
      `Volume ${show(d.volume)} is kept in the library, not in a file.`,
    remedy: 'Write to the volume, then take the snapshot without naming a file.',
  },
  VOLUME_REMOVED: {
    says: (d: { volume: string }) =>
      `Volume ${show(d.volume)} was removed; only its snapshots are left.`,
    remedy: 'Make a new volume from one of its snapshots.',
  },
  VOLUME_DAMAGED: {
    says: (d: { path: string; volume: string; problem: string }) =>
      `${show(d.path)}, which holds the data of volume ${show(d.volume)}, ${d.problem}.`,
    remedy:
      'Put the file back from a copy of the library, or make a new volume from a snapshot. Snapshots do not need it.',
  },
  VOLUME_BUSY: {
    says: (d: { volume: string; job: string }) => `Volume ${show(d.volume)} is busy: ${d.job}.`,
    remedy: 'Wait for it to end, or cancel it.',
  },
  SIZE_REFUSED: {
    says: (d: { sizeBytes: number; problem: string }) =>
      `A size of ${d.sizeBytes} bytes ${d.problem}.`,
    remedy: 'Give a size from 1 byte to 64 TiB that is not smaller than what is there.',
  },
  RANGE_REFUSED: {
    says: (d: { volume: string; offsetBytes: number; lengthBytes: number; problem: string }) =>
      `Bytes ${d.offsetBytes} to ${d.offsetBytes + d.lengthBytes} of volume ${show(d.volume)} ${d.problem}.`,
    remedy: 'Give a range inside the volume. Nothing was written.',
  },
  PLAN_STALE: {
    says: (d: { previewed: number; current: number }) =>
      `The library has changed since the preview (revision ${d.previewed}, now ${d.current}).`,
    remedy: 'Nothing was deleted. Look at the new preview, then confirm again.',
  },
  NOTHING_TO_UNDO: {
    says: (_: Record<never, never>) => 'There is no deletion that can still be undone.',
    remedy: 'A deletion can be undone until its space is reclaimed.',
  },
  JOB_UNKNOWN: {
    says: (d: { jobId: string }) => `There is no job ${d.jobId}.`,
    remedy: 'It may have ended long ago.',
  },
  JOB_CANCELLED: {
    says: (d: { title: string }) => `Cancelled: ${d.title}.`,
    remedy: 'Nothing was left behind.',
  },
  WRITE_CANCELLED: {
    says: (d: { title: string; writtenBytes: number; lengthBytes: number }) =>
      `Cancelled: ${d.title}, after ${d.writtenBytes} of ${d.lengthBytes} bytes.`,
    remedy: 'What was written by then stays in the volume. Write the file again to finish.',
  },

  // The library
  LIBRARY_MISSING: {
    says: (d: { path: string }) => `There is no library at ${show(d.path)}.`,
    remedy: 'Create one with `strata init`, or name the folder that ends in .strata.',
  },
  LIBRARY_EXISTS: {
    says: (d: { path: string }) => `${show(d.path)} is already there.`,
    remedy: 'Open it, or choose another place. It was not changed.',
  },
  LIBRARY_LOCKED: {
    says: (d: { path: string; holder: string }) => `${show(d.path)} is open in ${d.holder}.`,
    remedy: 'Close it there first: a library has one user at a time.',
  },
  LIBRARY_NEWER: {
    says: (d: { path: string; format: number; known: number }) =>
      `${show(d.path)} has format ${d.format}; this Strata knows formats up to ${d.known}.`,
    remedy: 'Open it with a newer Strata. It was not changed.',
  },
  LIBRARY_DAMAGED: {
    says: (d: { path: string; problem: string }) => `${show(d.path)} is damaged: ${d.problem}.`,
    remedy:
      'Copy the folder before anything else, then put it back from a backup. If it still opens, `strata verify` tells what is touched.',
  },
  BLOCK_DAMAGED: {
    says: (d: { file: string; offsetBytes: number; block: number }) =>
      `The data of block ${d.block} is damaged, in ${show(d.file)} at byte ${d.offsetBytes}.`,
    remedy: 'Run verify to see which snapshots it touches. Others are whole.',
  },
  SEGMENT_MISSING: {
    says: (d: { file: string; block: number }) =>
      `${show(d.file)}, which holds the data of block ${d.block}, is missing.`,
    remedy:
      'Put the file back from a copy of the library. Snapshots that do not need it are whole.',
  },
  SEGMENT_DAMAGED: {
    says: (d: { file: string }) => `Blocks in ${show(d.file)} are not what was stored there.`,
    remedy: 'Run verify to see which snapshots it touches. Nothing was copied.',
  },
  DISK_FULL: {
    says: (d: { path: string }) => `The disk is full: no room to write ${show(d.path)}.`,
    remedy: 'Free some space and try again. Nothing that was stored before is lost.',
  },

  ...WORLD_ERRORS,

  // Between processes
  LIBRARY_NOT_OPEN: {
    says: (_: Record<never, never>) => 'No library is open.',
    remedy: 'Open one, or create one.',
  },
  ENGINE_STOPPED: {
    says: (d: { cause: string }) => `The engine stopped unexpectedly: ${d.cause}.`,
    remedy: 'Nothing that was stored is lost. Try again; if it comes back, please report it.',
  },
  USAGE: {
    says: (d: { problem: string }) => d.problem,
    remedy: 'See `strata --help`.',
  },
  REQUEST_REFUSED: {
    says: (d: { call: string; problem: string }) => `${d.call} was refused: ${d.problem}`,
    remedy: 'Nothing was changed. If you did nothing unusual, please report it.',
  },
  INTERNAL: {
    says: (_: { thrown: string }) => 'Strata met a fault that it did not expect.',
    remedy: 'Nothing that was stored is lost. Please report it with the log.',
  },
}
