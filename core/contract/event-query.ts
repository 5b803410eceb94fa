import { z } from 'zod'
import { RegionName } from './ids.ts'
import { EventResult, EventType } from './world-events.ts'

/** As many as are answered at once, unless fewer are asked for. */
export const MAX_EVENTS = 1_000

export const EventQuery = z.strictObject({
  /** Where it happened; a copy happens where it goes. */
  region: RegionName.optional(),
  type: EventType.optional(),
  result: EventResult.optional(),
  /** Only those after this event: the first of them. Default: the newest of all. */
  sinceId: z.uuid().optional(),
  /** Only those before this event: the newest of them. Not together with `sinceId`. */
  beforeId: z.uuid().optional(),
  limit: z.int().min(1).max(MAX_EVENTS).optional(),
})
export type EventQuery = z.infer<typeof EventQuery>
