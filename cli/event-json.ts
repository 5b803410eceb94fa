import { z } from 'zod'
import { FastRestoreState } from '../core/contract/fast-restore.ts'
import {
  type EventDetail,
  EventResult,
  EventType,
  WorldEvent,
} from '../core/contract/world-events.ts'

/** What events of any type tell. */
type ToldKey = EventDetail extends infer Each ? (Each extends Each ? keyof Each : never) : never

/** Of any type: what a type does not tell is absent. */
export const EventJson = z.object({
  ...WorldEvent.shape,
  resources: z.array(z.string()),
  detail: z.object({
    event: EventType.exclude(['fastSnapshotRestore', 'policyStateChange']).optional(),
    result: EventResult.optional(),
    cause: z.string().optional(),
    'request-id': z.string().optional(),
    'snapshot-id': z.string().optional(),
    state: z.enum([...FastRestoreState.options, 'ERROR']).optional(),
    zone: z.string().optional(),
    message: z.string().optional(),
    snapshot_id: z.string().optional(),
    source: z.string().optional(),
    startTime: z.string().optional(),
    endTime: z.string().optional(),
    incremental: z.enum(['true', 'false']).optional(),
    completionDurationStartTime: z.string().optional(),
    metCompletionDuration: z.enum(['true', 'false']).optional(),
    restoreExpiryTime: z.string().optional(),
    transferType: z.enum(['standard', 'time-based']).optional(),
    policy_id: z.string().optional(),
    snapshots: z
      .array(z.object({ snapshot_id: z.string(), source: z.string(), status: z.string() }))
      .optional(),
  } satisfies Record<ToldKey, z.ZodType>),
})
export const EventListJson = z.object({ events: z.array(EventJson) })
