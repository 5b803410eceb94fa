import { show } from './show.ts'

/** Refusals of snapshots that are not completed. Codes that EBS has too are EBS's own. */
export const LIFE_CYCLE_ERRORS = {
  SNAPSHOT_FAILED: {
    says: (d: { snapshot: string; cause: string }) =>
      `Snapshot ${show(d.snapshot)} could not be made: ${d.cause}`,
    remedy: 'There is nothing in it. Delete it, and take it again.',
  },
  DELETED_ALREADY: {
    says: (d: { snapshot: string }) =>
      `Snapshot ${show(d.snapshot)} will be deleted as soon as it is completed.`,
    remedy: 'Nothing more is to be done. Undo its deletion to keep it.',
  },
  ConcurrentSnapshotLimitExceeded: {
    says: (d: { volume: string; limit: number }) =>
      `Volume ${show(d.volume)} has ${d.limit} pending snapshots already, which is the limit.`,
    remedy: 'Wait until one of them is completed. Those that are to be deleted count, too.',
  },
}
