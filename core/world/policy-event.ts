import type { PolicyRow } from '../catalog/policies.ts'
import type { WorldEvent } from '../contract/world-events.ts'
import { notification } from '../engine/notification.ts'

/** A life-cycle policy met a problem where it had none before. */
export function policyFailed(policy: PolicyRow, at: number, cause: string): WorldEvent {
  const { id, accountId: ownerId, region } = policy
  const arn = `arn:aws:dlm:${region}:${ownerId}:policy/${id}`
  const detail = { state: 'ERROR' as const, cause, policy_id: arn }
  const event = notification('DLM Policy State Change', { ownerId, region }, [arn], at, detail)
  return { ...event, source: 'aws.dlm' }
}
