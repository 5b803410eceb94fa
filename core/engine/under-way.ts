import type { VolumeRow } from '../catalog/volumes.ts'
import type { SnapshotId, VolumeId } from '../contract/ids.ts'
import { Moments } from './moments.ts'

/** What is being made just now: it is known while the library is open, and no row tells of it. */
export class UnderWay {
  /** MiB a second that time-based copies need. */
  readonly copyRates = new Map<SnapshotId, number>()
  /** Their names are taken, though no row has them yet. */
  readonly volumes = new Set<Pick<VolumeRow, 'name' | 'ownerId'>>()
  /** Volumes that go once their pending snapshots are complete, with the id of the request for it. */
  readonly leaving = new Map<VolumeId, string>()
  /** Volumes whose loading came to an end before all was there, and was not asked for again. */
  readonly stalled = new Set<VolumeId>()
  /** Of managed volumes, whose snapshots are pending. */
  readonly moments = new Moments()
}
