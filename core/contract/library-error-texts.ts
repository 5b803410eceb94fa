import { show } from './show.ts'

/** What can be wrong with a library, or with the disk that it lies on. */
export const LIBRARY_ERRORS = {
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
}
