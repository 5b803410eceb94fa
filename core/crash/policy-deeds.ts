import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type { VolumeId } from '../contract/ids.ts'
import { POLICY_TAGS } from '../contract/policy.ts'
import type { Engine } from '../engine/engine.ts'
import type { Deed } from './deed.ts'
import { done, type Lab, stateFile } from './lab.ts'

const HOUR_MS = 3_600_000
/** It fired two hours ago, and will again only tomorrow. */
const FIRES_AT = new Date(Date.now() - 2 * HOUR_MS).toISOString().slice('yyyy-mm-ddT'.length, -8)
const TAG = { key: 'Backup', value: 'yes' }
/** How far the clock is behind while the lab is made: a run is due when it is not any more. */
let behindMs = 0

/** Deeds of life-cycle policies. */
export const policyDeeds: readonly Deed[] = [
  {
    name: 'run of a policy',
    states: 0,
    takesAway: ['s1'],
    preparedAgoMs: () => behindMs,
    /** One snapshot is kept; it is there, and the image has changed since. */
    async prepare(engine, lab) {
      const volumeId = await taggedVolume(engine, lab)
      behindMs = 30 * HOUR_MS
      await dailyPolicy(engine)
      behindMs = 25 * HOUR_MS
      await run(engine)
      const { snapshots } = await engine.describeLibrary()
      const first = snapshots.find((snapshot) => snapshot.volumeId === volumeId)!
      lab.snapshots.set('s1', first.snapshotId)
      lab.digests.set('s1', lab.digests.get('state 1')!)
      lab.digests.set('s2', lab.digests.get('state 2')!)
      copyFileSync(stateFile(lab, 2), imageOf(lab))
    },
    request: () => ({ call: 'runPolicies', input: {} }),
    async check(engine, lab, { isAcked }) {
      const again = await run(engine)
      const { snapshots } = await engine.describeLibrary()
      const kept = snapshots.filter(
        ({ state, tags }) =>
          state === 'completed' && tags.some(({ key }) => key === POLICY_TAGS.policyId),
      )
      const problems: string[] = []
      if (isAcked && again > 0) problems.push('a run that was done was done again')
      if (kept.length !== 1) problems.push(`the policy keeps ${kept.length} snapshots, not one`)
      if (kept[0]?.snapshotId === lab.snapshots.get('s1')) problems.push('no snapshot was taken')
      return problems
    },
  },
]

/** @returns how many policies had something to do */
async function run(engine: Engine): Promise<number> {
  const { result } = await done(engine, (await engine.runPolicies()).jobId)
  return result?.kind === 'policies' ? result.runs.length : 0
}

async function taggedVolume(engine: Engine, lab: Lab): Promise<VolumeId> {
  const file = imageOf(lab)
  copyFileSync(stateFile(lab, 1), file)
  const { result } = await done(
    engine,
    (await engine.importImage({ file, name: 'kept', copy: false })).jobId,
  )
  if (result?.kind !== 'volume') throw new Error('No volume was made')
  await engine.setTags({ resourceId: result.volumeId, tags: [TAG] })
  return result.volumeId
}

/** Keeps one. */
async function dailyPolicy(engine: Engine): Promise<void> {
  const { policyId } = await engine.createPolicy({
    description: 'daily',
    targetTags: [TAG],
    schedules: [
      {
        name: 'daily',
        times: { kind: 'interval', hours: 24, at: FIRES_AT },
        retention: { kind: 'count', count: 1 },
        copiesTags: false,
        tags: [],
      },
    ],
  })
  const { revision } = await engine.previewPolicy({ policyId, days: 1 })
  await engine.enablePolicy({ policyId, revision })
}

/** Of the volume: it changes, other than those of the lab. */
const imageOf = (lab: Lab) => join(lab.images, 'kept.img')
