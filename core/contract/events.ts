import { z } from 'zod'
import { Instant } from './ids.ts'
import { Job } from './jobs.ts'
import { WorldEvent } from './world-events.ts'

/** What the engine tells unasked. */
export const EngineEvent = z.discriminatedUnion('kind', [
  /** Facts changed: whoever shows them asks again. `revision` grows with each change. */
  z.strictObject({ kind: z.literal('libraryChanged'), revision: z.int() }),
  /** By the clock alone something holds no more, a lock say: whoever shows it asks again. */
  z.strictObject({ kind: z.literal('momentPassed'), at: Instant }),
  /** At most ten a second for a running job, and one when it ends. */
  z.strictObject({ kind: z.literal('job'), job: Job }),
  /** The event log has one more: what it tells of has happened, and lasts. */
  z.strictObject({ kind: z.literal('worldEvent'), event: WorldEvent }),
])
export type EngineEvent = z.infer<typeof EngineEvent>
