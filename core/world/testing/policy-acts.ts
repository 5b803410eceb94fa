import { expect } from 'vitest'
import type { SnapshotId, VolumeId } from '../../contract/ids.ts'
import { goAway } from './keeping-acts.ts'
import { answerToDeletion, useOf } from './plain-rules.ts'
import { count, every, wish } from './policy-scene.ts'
import { ACCOUNTS, become } from './sharing-acts.ts'
import type { WorldSession } from './world-session.ts'
import { DAY_MS, type WorldPolicy, type WorldSnapshot, type WorldVolume } from './world-things.ts'

/** Makes a policy for the volumes that are tagged, and switches it on; or removes one. */
export async function changePolicies(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const { engine } = scene
  const { account, region } = world
  const own = world.policies.filter((policy) => policy.account === account)
  if (own.length > 0 && random.chance(0.5)) return removePolicy(session, random.pick(own))
  const kept = 1 + random.below(2)
  const { policyId } = await engine.createPolicy(wish(every(24, count(kept))))
  const { revision } = await engine.previewPolicy({ policyId, days: 1 })
  session.log.push(`policy ${policyId} keeps ${kept}`)
  await engine.enablePolicy({ policyId, revision })
  const settledUntil = scene.nowMs
  world.policies.push({ id: policyId, account, region, kept, settledUntil, made: new Map() })
}

export async function removePolicy(session: WorldSession, policy: WorldPolicy): Promise<void> {
  const { scene, world } = session
  const policyId = policy.id as Parameters<typeof scene.engine.removePolicy>[0]['policyId']
  await session.ask(`remove ${policyId}`, 'done', () => scene.engine.removePolicy({ policyId }))
  world.policies.splice(world.policies.indexOf(policy), 1)
}

/** Policies find a volume from now on, or no longer. */
export async function tagVolume(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const own = world.volumes.filter(({ owner }) => owner === world.account)
  if (own.length === 0) return
  const volume = random.pick(own)
  const isTagged = random.chance(0.8)
  const resourceId = volume.id as VolumeId
  const tags = wish().targetTags
  const asked = isTagged || volume.isTagged === true ? 'done' : 'TAG_UNKNOWN'
  await session.ask(`tag ${volume.id}: ${isTagged}`, asked, () =>
    isTagged
      ? scene.engine.setTags({ resourceId, tags })
      : scene.engine.removeTags({ resourceId, keys: tags.map(({ key }) => key) }),
  )
  volume.isTagged = isTagged
}

/** What is due by now, of each account. */
export async function runPolicies(session: WorldSession): Promise<void> {
  const { scene, world } = session
  const { account } = world
  for (const each of ACCOUNTS.filter((one) => world.policies.some((p) => p.account === one))) {
    await become(session, each)
    session.log.push(`policies of ${each.slice(0, 4)}`)
    const { runs } = await scene.result('policies', scene.engine.runPolicies())
    const known = new Set(world.living.map(({ id }) => id))
    for (const policy of world.policies.filter((one) => one.account === each)) {
      if (Math.floor(scene.nowMs / DAY_MS) === Math.floor(policy.settledUntil / DAY_MS)) continue
      policy.settledUntil = scene.nowMs
      const run = runs.find(({ policyId }) => policyId === policy.id)!
      const { snapshots } = await scene.view()
      const taken = snapshots.filter(
        ({ snapshotId }) => run.takenIds.includes(snapshotId) && !known.has(snapshotId),
      )
      await follow(session, policy, taken, run.deletedIds)
    }
  }
  await become(session, account)
}

/** Does to the plain world what a policy has to do. */
async function follow(
  session: WorldSession,
  policy: WorldPolicy,
  taken: readonly { snapshotId: string; volumeId: string; name: string }[],
  deletedIds: readonly SnapshotId[],
): Promise<void> {
  const { world } = session
  const targets = world.volumes.filter(
    ({ owner, region, isTagged }) =>
      isTagged && owner === policy.account && region === policy.region,
  )
  const usable = targets.filter(({ key }) => useOf(key) === 'done')
  expect(taken.map(({ volumeId }) => volumeId).sort()).toEqual(usable.map(({ id }) => id).sort())
  const gone: WorldSnapshot[] = []
  for (const volume of usable) {
    const { snapshotId, name } = taken.find(({ volumeId }) => volumeId === volume.id)!
    world.take(volume, snapshotId, name)
    const surplus = tooMany(session, policy, volume)
    await goAway(session, surplus)
    gone.push(...surplus)
  }
  expect([...deletedIds].sort()).toEqual(gone.map(({ id }) => id).sort())
}

/** It lets go of what it deletes, and of what lies in the archive. What may not go yet stays its own. */
function tooMany(
  { scene, world }: WorldSession,
  policy: WorldPolicy,
  volume: WorldVolume,
): WorldSnapshot[] {
  const made = [...(policy.made.get(volume) ?? []), world.living.at(-1)!]
  const listed = made.filter((one) => world.listed.includes(one))
  const surplus = listed.slice(0, Math.max(0, listed.length - policy.kept))
  const archived = surplus.filter(({ tier }) => tier === 'archive')
  const gone = surplus.filter(
    (one) => !archived.includes(one) && answerToDeletion(world, one, scene.nowMs) === 'done',
  )
  policy.made.set(
    volume,
    made.filter((one) => !archived.includes(one) && !gone.includes(one)),
  )
  return gone
}
