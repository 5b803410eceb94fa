import { FILE_ERRORS } from './file-error-texts.ts'
import { LIBRARY_ERRORS } from './library-error-texts.ts'
import { printable, show } from './show.ts'
import { WORLD_ERRORS } from './world-error-texts.ts'

/**
 * Failures that a person can act on. `says` names the thing and the place; the remedy says what to
 * do, and where it helps, that nothing was lost.
 */
export const ERRORS = {
  ...FILE_ERRORS,

  // Volumes, snapshots, jobs
  'InvalidVolume.NotFound': {
    says: (d: { volume: string }) => `The volume '${printable(d.volume)}' does not exist.`,
    remedy: 'List the volumes to see their names and ids.',
  },
  'InvalidVolumeID.Malformed': {
    says: (d: { volume: string }) => `Invalid id: ${show(d.volume)}`,
    remedy: 'An id is vol- and 17 hexadecimal digits. No volume is called that, either.',
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

  ...LIBRARY_ERRORS,
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
