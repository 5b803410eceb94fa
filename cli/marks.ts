import { lockStateOf, type SnapshotLock } from '../core/contract/locks.ts'
import type { Snapshot } from '../core/contract/model.ts'
import { formatInstant } from './instant.ts'
import type { facts } from './table.ts'

/** What was put on a snapshot, as lines of its description. */
export function markFacts({ lock }: Snapshot): Parameters<typeof facts>[0] {
  return lock === null ? [] : [['Lock', lockText(lock)]]
}

/** "is locked in governance mode until 2026-12-22 10:15:00". */
export function lockText(lock: SnapshotLock): string {
  const end = lock.expiresAt === null ? 'its days are over' : formatInstant(lock.expiresAt)
  const state = lockStateOf(lock, Date.now())
  if (state === 'expired') return `was locked until ${end}`
  const coolOff =
    state === 'compliance-cooloff'
      ? `, and can be unlocked until ${formatInstant(lock.coolOffUntil!)}`
      : ''
  return `is locked in ${lock.mode} mode until ${end}${coolOff}`
}
