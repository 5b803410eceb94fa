import { RegionName } from '../contract/ids.ts'
import type { Engine } from '../engine/engine.ts'
import type { Deed, Outcome } from './deed.ts'
import { done, type Lab } from './lab.ts'

const FAR = RegionName.parse('eu-west-1')

/** Deeds that reach into another region. */
export const regionDeeds: readonly Deed[] = [
  {
    name: 'add a region',
    states: 0,
    request: () => ({ call: 'addRegion', input: { name: FAR } }),
    async check(engine, _, { isAcked }) {
      const regions = await engine.listRegions()
      if (!regions.some(({ name }) => name === FAR)) return isAcked ? ['the region is gone'] : []
      return []
    },
  },
  {
    name: 'full copy to a region',
    states: 1,
    prepare: async (engine) => void (await engine.addRegion({ name: FAR })),
    request: (lab) => copyOf(lab, 'state 1'),
    check: (engine, lab, outcome) => copied(engine, lab, outcome, 'state 1'),
  },
  {
    name: 'incremental copy to a region',
    states: 2,
    async prepare(engine, lab) {
      await engine.addRegion({ name: FAR })
      const { jobId } = await engine.copySnapshot(copyOf(lab, 'state 1').input)
      await done(engine, jobId)
    },
    request: (lab) => copyOf(lab, 'state 2'),
    check: (engine, lab, outcome) => copied(engine, lab, outcome, 'state 2'),
  },
]

function copyOf(lab: Lab, name: string) {
  const input = { snapshotId: lab.snapshots.get(name)!, region: FAR }
  return { call: 'copySnapshot' as const, input }
}

/** A copy's bytes are compared like those of every snapshot, by its name. */
export async function copied(
  engine: Engine,
  lab: Lab,
  { isAcked }: Outcome,
  name: string,
): Promise<string[]> {
  const { snapshots } = await engine.describeLibrary()
  const source = lab.snapshots.get(name)!
  const isThere = snapshots.some(
    ({ copiedFrom, state }) => copiedFrom === source && state === 'completed',
  )
  return isAcked && !isThere ? [`the copy of “${name}” was acknowledged and is gone`] : []
}
