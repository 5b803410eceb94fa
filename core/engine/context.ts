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
  /** Milliseconds since 1970, UTC. */
  readonly clock: () => number
}
