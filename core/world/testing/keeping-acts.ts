import { expect } from 'vitest'
import type { SnapshotId } from '../../contract/ids.ts'
import type { Tag } from '../../contract/tags.ts'
import {
  answerToArchiving,
  answerToDeletion,
  answerToOwner,
  answerToRestoring,
  firstRefusal,
  isFixed,
  isInReach,
} from './plain-rules.ts'
import { rememberDeletion, UNDOABLE_MS } from './undo-acts.ts'
import { expectPlan } from './world-look.ts'
import type { WorldSession } from './world-session.ts'
import { DAY_MS, type WorldSnapshot } from './world-things.ts'

const HOUR_MS = 3_600_000
const TAGS = ['yes', 'no']
const tagged = (value: string | null): Tag[] => (value === null ? [] : [{ key: 'Keep', value }])
const idsOf = (snapshots: readonly WorldSnapshot[]) => snapshots.map(({ id }) => id as SnapshotId)

/** Deletes some own snapshots, or any one. What comes of it has to be what the plan says. */
export async function deleteSnapshots(session: WorldSession): Promise<void> {
  const { random, world } = session
  const any = session.anySnapshot()
  if (any === undefined) return
  const own = world.listed.filter(({ owner }) => owner === world.account)
  const doomed = random.chance(0.5) ? [any] : random.some(own, 0.4)
  if (doomed.length > 0) await deleteThese(session, doomed)
}

export async function deleteThese(session: WorldSession, doomed: WorldSnapshot[]): Promise<void> {
  const { scene, random, world } = session
  const asked = firstRefusal(
    ...doomed.map((one) => answerToOwner(world, one)),
    ...doomed.map((one) => answerToDeletion(world, one, scene.nowMs)),
  )
  const before = world.modelOf(world.account)
  const isPlanned = doomed.every((one) => answerToOwner(world, one) === 'done')
  if (isPlanned) await expectPlan(session, doomed, before)
  const ids = idsOf(doomed)
  const undoableMs = random.pick([0, UNDOABLE_MS])
  const plan = await session.ask(`delete ${ids.join(' ')}, ${undoableMs}`, asked, () =>
    scene.remove(ids, undoableMs),
  )
  if (plan === null) return
  if (undoableMs > 0) await rememberDeletion(session, doomed)
  await goAway(session, doomed)
}

/** For good, or to the bin where a rule says so. */
export async function goAway(
  { scene, world }: WorldSession,
  doomed: readonly WorldSnapshot[],
): Promise<void> {
  const bin = await scene.engine.listBin()
  for (const snapshot of doomed) {
    const days = world.retentionDays(snapshot)
    snapshot.isAlive = days !== null
    if (days === null) continue
    const { exitsAt, enteredAt } = bin.find((one) => one.snapshotId === snapshot.id)!
    expect(exitsAt - enteredAt).toBe(days * DAY_MS)
    snapshot.exitsAt = exitsAt
  }
}

export async function recoverSnapshot(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const { binned } = world
  if (binned.length === 0 && random.chance(0.8)) return
  const found = binned.length > 0 ? random.pick(binned) : session.anySnapshot()
  if (found === undefined) return
  const isThere = found.exitsAt !== null && found.owner === world.account
  const asked = isThere ? 'done' : 'InvalidSnapshot.NotFound'
  const snapshotId = found.id as SnapshotId
  const recovered = await session.ask(`recover ${found.id}`, asked, () =>
    scene.engine.recoverSnapshot({ snapshotId }),
  )
  if (recovered === null) return
  found.exitsAt = null
  found.name = recovered.name
  for (const deletion of world.deletions) {
    deletion.doomed = deletion.doomed.filter((one) => one !== found)
  }
}

export async function changeRules(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const { engine } = scene
  const { account, region } = world
  const own = world.rules.filter((rule) => rule.account === account)
  if (own.length > 0 && random.chance(0.5)) {
    const rule = random.pick(own)
    const ruleId = rule.id as Parameters<typeof engine.removeRetentionRule>[0]['ruleId']
    await session.ask('remove a rule', 'done', () => engine.removeRetentionRule({ ruleId }))
    world.rules.splice(world.rules.indexOf(rule), 1)
    return
  }
  const days = random.pick([1, 2, 7])
  const tag = random.chance(0.5) ? random.pick(TAGS) : null
  const except = tag === null && random.chance(0.5) ? random.pick(TAGS) : null
  const input = { days, tags: tagged(tag), excludedTags: tagged(except) }
  const made = await session.ask(`rule of ${days} days for ${tag}, not ${except}`, 'done', () =>
    engine.addRetentionRule(input),
  )
  world.rules.push({ id: made!.ruleId, account, region, days, tag, except })
}

/** Whoever reaches one has a tag of its own on it. */
export async function tagSnapshot(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const snapshot = session.anySnapshot()
  if (snapshot === undefined) return
  const tag = random.pick(TAGS)
  const resourceId = snapshot.id as SnapshotId
  const asked = isInReach(world, snapshot) ? 'done' : 'InvalidSnapshot.NotFound'
  const done = await session.ask(`tag ${snapshot.id} ${tag}`, asked, () =>
    scene.engine.setTags({ resourceId, tags: tagged(tag) }),
  )
  if (done !== null) snapshot.tags.set(world.account, tag)
}

/** Locks a snapshot, or changes its lock. */
export async function lockSnapshot(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const snapshot = session.anySnapshot()
  if (snapshot === undefined) return
  const snapshotId = snapshot.id as SnapshotId
  const isCompliance = random.chance(0.3)
  const days = random.pick([1, 3])
  const coolOff = isCompliance && random.chance(0.5) ? 12 : 0
  const now = scene.nowMs
  const until = now + days * DAY_MS
  const asked = firstRefusal(
    answerToOwner(world, snapshot),
    ...(isFixed(snapshot, now) ? [answerToChange(snapshot, isCompliance, coolOff, until)] : []),
  )
  const wish = { days, ...(coolOff > 0 && { coolOffHours: coolOff }) }
  const mode = isCompliance ? 'compliance' : 'governance'
  const done = await session.ask(`lock ${snapshot.id} ${mode} ${days}`, asked, () =>
    scene.engine.lockSnapshot({ snapshotId, mode, ...wish }),
  )
  if (done === null) return
  snapshot.lock = { isCompliance, until, coolOffUntil: now + coolOff * HOUR_MS }
}

/** Such a lock only ever gets longer. */
function answerToChange(
  { lock }: WorldSnapshot,
  isCompliance: boolean,
  coolOff: number,
  until: number,
): string {
  if (coolOff > 0) return 'LOCK_COOL_OFF_REFUSED'
  return isCompliance && until >= lock!.until ? 'done' : 'LOCK_IS_COMPLIANCE'
}

export async function unlockSnapshot(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const locked = world.living.filter(({ lock, owner }) => lock && owner === world.account)
  if (locked.length === 0 && random.chance(0.8)) return
  const snapshot = locked.length > 0 ? random.pick(locked) : session.anySnapshot()
  if (snapshot === undefined) return
  const snapshotId = snapshot.id as SnapshotId
  const asked = firstRefusal(
    answerToOwner(world, snapshot),
    snapshot.lock === null ? 'SNAPSHOT_NOT_LOCKED' : 'done',
    isFixed(snapshot, scene.nowMs) ? 'LOCK_IS_COMPLIANCE' : 'done',
  )
  const done = await session.ask(`unlock ${snapshot.id}`, asked, () =>
    scene.engine.unlockSnapshot({ snapshotId }),
  )
  if (done !== null) snapshot.lock = null
}

export async function archiveSnapshot(session: WorldSession): Promise<void> {
  const { scene, world } = session
  const snapshot = session.anySnapshot()
  if (snapshot === undefined) return
  const snapshotId = snapshot.id as SnapshotId
  const asked = answerToArchiving(world, snapshot)
  const done = await session.ask(`archive ${snapshot.id}`, asked, () =>
    scene.engine.archiveSnapshot({ snapshotId }),
  )
  if (done !== null) world.archive(snapshot)
}

export async function restoreTier(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const archived = world.living.filter(
    (one) => one.owner === world.account && (one.tier === 'archive' || one.archived !== null),
  )
  if (archived.length === 0 && random.chance(0.8)) return
  const snapshot = archived.length > 0 ? random.pick(archived) : session.anySnapshot()
  if (snapshot === undefined) return
  const snapshotId = snapshot.id as SnapshotId
  const days = random.pick([null, 1, 3])
  const asked = answerToRestoring(world, snapshot)
  const done = await session.ask(`restore ${snapshot.id} for ${days} days`, asked, () =>
    scene.engine.restoreTier({ snapshotId, ...(days !== null && { days }) }),
  )
  if (done === null) return
  world.restore(snapshot, days === null ? null : scene.nowMs + days * DAY_MS)
}

/** Time goes by while the library is closed; what is due is done when it opens. */
export async function passTime(session: WorldSession, days?: number): Promise<void> {
  const { scene, random, world } = session
  const passed = days ?? random.pick([0.5, 1, 8])
  session.log.push(`${passed} days`)
  scene.nowMs += passed * DAY_MS
  await scene.reopen()
  await session.settle()
  // Else it would be done two seconds later.
  await scene.reclaim(false)
  // Keys go when somebody looks at keys.
  await scene.engine.describeKeys()
  world.passTo(scene.nowMs)
}
