import type { Verbs } from '../engine/verb.ts'
import { fastRestoresOf, setFastRestore } from './fast-restore.ts'
import { createVolumeFromSnapshot } from './fast-restored-volume.ts'

/** Fast snapshot restore, and the volumes that it makes. */
export const fastRestoreVerbs = {
  setFastRestore,
  listFastRestores: fastRestoresOf,
  createVolumeFromSnapshot: (context, input) => createVolumeFromSnapshot(context, input),
} satisfies Partial<Verbs>
