import { printable, show } from './show.ts'

type BadValue =
  | { readonly snapshotId: string }
  | { readonly minutes: number }
  | { readonly key: string; readonly problem: 'invalid' | 'disabled' }

/** Refusals of snapshots that are not completed. Codes that EBS has too are EBS's own. */
export const LIFE_CYCLE_ERRORS = {
  SOURCE_NOT_FOUND: {
    says: (_: { snapshot: string }) => 'Source snapshot is not found',
    remedy: 'List the snapshots to see their ids. It may have been deleted.',
  },
  SOURCE_NOT_COMPLETE: {
    says: (_: { snapshot: string }) => 'Source snapshot is not complete',
    remedy: 'Wait until it is completed, then copy it again. The failed copy can be deleted.',
  },
  InvalidParameterValue: {
    says: (d: BadValue) => {
      if ('snapshotId' in d) return 'The specified snapshotId is invalid'
      return 'key' in d
        ? `The specified keyId ${printable(d.key)} is ${d.problem}.`
        : `'${d.minutes}' is not a valid value for completion duration. Specify a value between 15 and 2880 minutes, in 15 minute increments only`
    },
    remedy: (d: BadValue) => {
      if ('snapshotId' in d) {
        return `An id is snap- and 17 hexadecimal digits. No snapshot is called ${show(d.snapshotId)}, either.`
      }
      if ('minutes' in d) return 'Or leave it out: the copy is made as fast as it can be then.'
      return d.problem === 'disabled'
        ? 'Enable the key, or name another.'
        : 'Name one that the account has in that region: `strata key ls` lists them, and aws/ebs is there always.'
    },
  },
  COPY_TOO_FAST: {
    says: (d: { rate: number; limit: number; taken: number }) =>
      `The copy would need ${Math.ceil(d.rate)} MiB/s; ${d.limit} are possible` +
      (d.taken === 0 ? '.' : ` for all under way, which have ${Math.ceil(d.taken)} of it already.`),
    remedy: 'Give it more time, or wait until others are complete.',
  },
  SNAPSHOT_FAILED: {
    says: (d: { snapshot: string; cause: string }) =>
      `Snapshot ${show(d.snapshot)} could not be made: ${d.cause}`,
    remedy: 'There is nothing in it. Delete it, and take it again.',
  },
  WAITED_TOO_LONG: {
    says: (d: { snapshot: string; timeoutMs: number }) =>
      `Snapshot ${show(d.snapshot)} is still pending after ${d.timeoutMs / 1_000} s.`,
    remedy: 'It goes on. Wait again, or longer.',
  },
  DELETED_ALREADY: {
    says: (d: { snapshot: string }) =>
      `Snapshot ${show(d.snapshot)} will be deleted as soon as it is completed.`,
    remedy: 'Undo its deletion to keep it.',
  },
  ConcurrentSnapshotLimitExceeded: {
    says: (d: { volume: string; limit: number }) =>
      `Volume ${show(d.volume)} has ${d.limit} pending snapshots already, which is the limit.`,
    remedy: 'Wait until one of them is completed. Those that are to be deleted count, too.',
  },
}
