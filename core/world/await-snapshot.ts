import { setTimeout as sleep } from 'node:timers/promises'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { Snapshot } from '../contract/model.ts'
import { completed, snapshotInReach } from '../engine/access.ts'
import type { Context } from '../engine/context.ts'
import { snapshotsOf } from '../engine/view.ts'

/** EC2's waiter asks 40 times, every 15 seconds. */
const DEFAULT_TIMEOUT_MS = 40 * 15_000
/** Nothing is sent anywhere for it, so it can be asked more often. */
const TURN_MS = 100

/**
 * Waits until a snapshot is completed. Time is the system's: what is waited for takes its own.
 *
 * @throws StrataError SNAPSHOT_FAILED, WAITED_TOO_LONG; InvalidSnapshot.NotFound for one that is deleted
 *   meanwhile, or cancelled
 */
export async function awaitSnapshot(
  { library, jobs }: Context,
  { snapshotId, timeoutMs = DEFAULT_TIMEOUT_MS }: Input<'awaitSnapshot'>,
): Promise<Snapshot> {
  const endsAt = performance.now() + timeoutMs
  for (;;) {
    const row = snapshotInReach(library, snapshotId)
    if (row.state !== 'pending') {
      completed(row)
      return snapshotsOf(library, jobs).find((each) => each.snapshotId === snapshotId)!
    }
    const leftMs = endsAt - performance.now()
    if (leftMs <= 0) {
      throw new StrataError('WAITED_TOO_LONG', { snapshot: row.name, timeoutMs })
    }
    await sleep(Math.min(TURN_MS, leftMs))
  }
}
