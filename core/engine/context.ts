import type { PolicyId, SnapshotId } from '../contract/ids.ts'
import type { Gate } from './gate.ts'
import type { Jobs } from './jobs.ts'
import type { Library } from './library.ts'
import type { VolumeLoaders } from './volume-loaders.ts'

/** What every verb works with. */
export type Context = {
  readonly library: Library
  readonly jobs: Jobs
  readonly gate: Gate
  readonly loaders: VolumeLoaders
  /** Of policies that are running, infinity; of those whose run broke off, when it is tried again. */
  readonly policyRuns: Map<PolicyId, number>
  /** When those that could not leave the standard tier after their days are tried again. */
  readonly expiryRetries: Map<SnapshotId, number>
  /** Whether volumes load on by themselves, or only when they are told to. */
  readonly resumesLoading: boolean
  /** Milliseconds since 1970, UTC. */
  readonly clock: () => number
}
