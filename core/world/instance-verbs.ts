import type { Verbs } from '../engine/verb.ts'
import { attachVolume, detachVolume, removeFreeVolume } from './attach-volume.ts'
import { createSnapshots } from './create-snapshots.ts'
import { createInstance, instancesOf } from './instances.ts'
import { removeInstance } from './remove-instance.ts'

/** Instances: volumes that belong together, and are snapshotted together. */
export const instanceVerbs = {
  createInstance,
  attachVolume,
  detachVolume,
  removeInstance,
  listInstances: ({ library }) => instancesOf(library),
  createSnapshots,
  removeVolume: removeFreeVolume,
} satisfies Partial<Verbs>
