import { z } from 'zod'
import { FastRestore } from './fast-restore.ts'
import { SnapshotId } from './ids.ts'

/** Requests of fast snapshot restore. */
export const fastRestoreCalls = {
  /** For the account that asks alone, of its own snapshots and of those that it may read. */
  setFastRestore: {
    input: z.strictObject({ snapshotId: SnapshotId, isOn: z.boolean() }),
    output: FastRestore,
  },
  /** Of all snapshots that the account that asks may read. */
  listFastRestores: { input: z.strictObject({}), output: z.array(FastRestore) },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>
