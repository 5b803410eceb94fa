import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { isFastRestoreOn } from '../../contract/fast-restore.ts'
import type { SnapshotId, VolumeId } from '../../contract/ids.ts'
import { isInReach } from './plain-rules.ts'
import type { WorldSession } from './world-session.ts'
import type { WorldSnapshot } from './world-things.ts'

/** Longer than what is due at once has to wait. */
const TURN_MS = 2

/** Switches fast restore of a snapshot on, or off again. */
export async function setFastRestore(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const { fast } = world
  const [first] = fast.listed
  const snapshot =
    first !== undefined && random.chance(0.3) ? first.snapshot : session.anySnapshot()
  if (snapshot === undefined) return
  const isOn = random.chance(0.7)
  const snapshotId = snapshot.id as SnapshotId
  const asked = answerToSwitching(session, snapshot, isOn)
  const set = await session.ask(`fast restore of ${snapshotId}: ${isOn}`, asked, () =>
    scene.engine.setFastRestore({ snapshotId, isOn }),
  )
  if (set !== null) fast.set(snapshot, isOn)
}

function answerToSwitching(
  { world }: WorldSession,
  snapshot: WorldSnapshot,
  isOn: boolean,
): string {
  const { fast } = world
  if (!isInReach(world, snapshot)) return 'InvalidSnapshot.NotFound'
  if (snapshot.tier === 'archive') return 'SNAPSHOT_ARCHIVED'
  if (!isOn) return fast.isOff(snapshot) ? 'FAST_RESTORE_OFF' : 'done'
  return fast.isOn(snapshot) || fast.hasRoom(snapshot) ? 'done' : 'ResourceLimitExceeded'
}

/** A volume says whether a credit was paid for it. */
export async function expectPaid(
  { scene, world }: WorldSession,
  volumeId: VolumeId,
  source: WorldSnapshot,
): Promise<void> {
  const isFastRestored = world.fast.spend(source)
  const status = await scene.engine.describeVolumeStatus({ volumeId })
  expect(status, volumeId).toMatchObject({
    isFastRestored,
    ...(isFastRestored && { state: 'loaded' }),
  })
}

/** What cannot be restored fast any more is switched off by itself, at once. */
export async function settleFastRestores({ scene, world }: WorldSession): Promise<void> {
  await delay(TURN_MS)
  world.fast.settle()
  const told = await scene.engine.listFastRestores()
  expect(told.map((one) => [one.snapshotId as string, isFastRestoreOn(one)]).sort()).toEqual(
    world.fast.listed.map(({ snapshot, state }) => [snapshot.id, state === 'on']).sort(),
  )
}
