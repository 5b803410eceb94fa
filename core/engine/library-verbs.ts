import { diffSnapshots, listSharing } from './compare-snapshots.ts'
import { createVolume } from './create-volume.ts'
import { undoDeletion } from './delete-snapshots.ts'
import { renameVolume, resizeVolume } from './edit-volume.ts'
import { importImage } from './import-image.ts'
import { loadVolume, pauseLoading } from './load-volume.ts'
import { readVolume } from './read-volume.ts'
import { read } from './readable.ts'
import { reclaim } from './reclaim-space.ts'
import { removeVolume } from './remove-volume.ts'
import { renameSnapshot } from './rename-snapshot.ts'
import { restoreToFile } from './restore-snapshot.ts'
import { sampleCore } from './sample-core.ts'
import { takeSnapshot } from './take-snapshot.ts'
import { touchVolume } from './touch-volume.ts'
import type { Verbs } from './verb.ts'
import { verify } from './verify-library.ts'
import { describeVolumeStatus } from './volume-load.ts'
import { writeFile } from './write-file.ts'
import { writeFill } from './write-volume.ts'

/** Volumes, snapshots, deletions, restores and jobs: what needs nothing of the wider world. */
export const libraryVerbs = {
  importImage,
  createVolume,
  writeFile,
  writeFill,
  resizeVolume,
  renameVolume,
  removeVolume,
  loadVolume,
  pauseLoading,
  touchVolume,
  readVolume,
  describeVolumeStatus,

  takeSnapshot: (context, input) => takeSnapshot(context, input),
  renameSnapshot,
  undoDeletion,
  reclaim,

  diffSnapshots: ({ library }, input) => diffSnapshots(library, input),
  listSharing: ({ library }, input) => listSharing(library, input),
  sampleCore: ({ library }, input) => sampleCore(library, input),
  listHistory: ({ library }) => read(library, 'its history', () => library.history.all()),

  restoreToFile,
  verify,

  listJobs: ({ jobs }) => jobs.list(),
  awaitJob: ({ jobs }, { jobId }) => jobs.ended(jobId),
  cancelJob: ({ jobs }, { jobId }) => {
    jobs.cancel(jobId)
    return {}
  },
} satisfies Partial<Verbs>
