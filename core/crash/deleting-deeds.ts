import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from '../engine/engine.ts'
import { filesIn } from '../testing/files-in.ts'
import type { Deed, Outcome } from './deed.ts'
import { done, type Lab, LIBRARY } from './lab.ts'
import { lostSnapshots } from './recovered.ts'

const LONG_MS = 86_400_000

/** Deeds that take something away or bring it back. */
export const deletingDeeds: readonly Deed[] = [
  {
    name: 'delete',
    states: 3,
    prepare: async (engine, lab) => {
      const { revision } = await engine.describeLibrary()
      lab.revision = revision
    },
    request: (lab) => ({
      call: 'deleteSnapshots',
      input: {
        snapshotIds: idsOf(lab, ['state 1', 'state 3']),
        revision: lab.revision,
        undoableMs: LONG_MS,
      },
    }),
    takesAway: ['state 1', 'state 3'],
    check: (engine, lab, outcome) => allOrNone(engine, lab, outcome, outcome.isAcked ? 0 : null),
  },
  {
    name: 'undo',
    states: 3,
    prepare: (engine, lab) => remove(engine, lab, ['state 1', 'state 3'], LONG_MS),
    request: () => ({ call: 'undoDeletion', input: {} }),
    takesAway: ['state 1', 'state 3'],
    check: (engine, lab, outcome) => allOrNone(engine, lab, outcome, outcome.isAcked ? 2 : null),
  },
  reclaimDeed('reclaim by unlinking', 2, ['state 2']),
  reclaimDeed('reclaim by punching', 2, ['state 1']),
  reclaimDeed('reclaim by repacking', 3, ['state 1', 'state 2']),
  {
    name: 'remove a volume',
    states: 0,
    request: (lab) => ({ call: 'removeVolume', input: { volumeId: lab.managed } }),
    check: async (engine, lab, { isAcked }) => {
      const { volumes } = await engine.describeLibrary()
      const volume = volumes.find(({ volumeId }) => volumeId === lab.managed)
      return isAcked && volume?.isRemoved !== true ? ['an acknowledged removal is lost'] : []
    },
  },
]

/** Deeds that take a volume away from something that reads it. */
export const leavingDeeds: readonly Deed[] = [
  {
    name: 'remove a volume whose snapshot is pending',
    states: 0,
    async prepare(engine, lab) {
      // Without a base the snapshot has all of the volume to read.
      await remove(engine, lab, ['work 1'], 0)
      lab.digests.set('last', lab.digests.get('work 1')!)
    },
    request: (lab) => [
      { call: 'takeSnapshot', input: { volumeId: lab.managed, name: 'last' }, isBegun: true },
      { call: 'removeVolume', input: { volumeId: lab.managed } },
    ],
    takesAway: ['work 1'],
    async check(engine, lab, { isAcked }) {
      const { volumes, snapshots } = await engine.describeLibrary()
      const volume = volumes.find(({ volumeId }) => volumeId === lab.managed)
      const isTaken = snapshots.some(({ name, state }) => name === 'last' && state === 'completed')
      if (isAcked && volume?.isRemoved !== true) return ['an acknowledged removal is lost']
      return volume?.isRemoved === true && !isTaken ? ['the volume went before its snapshot'] : []
    },
  },
]

function reclaimDeed(name: string, states: number, doomed: readonly string[]): Deed {
  return {
    name,
    states,
    prepare: (engine, lab) => remove(engine, lab, doomed, 0),
    request: () => ({ call: 'reclaim', input: { now: true } }),
    takesAway: doomed,
    check: (engine, _, { folder }) => completedBySecond(engine, folder),
  }
}

/** Whatever a reclaim left undone the next one does; then the figures are those of the disk. */
async function completedBySecond(engine: Engine, folder: string): Promise<string[]> {
  await done(engine, (await engine.reclaim({ now: true })).jobId)
  const { physicalBytes, reclaimableBytes, remnants } = await engine.describeLibrary()
  const onDiskBytes = filesIn(join(folder, LIBRARY, 'regions'))
    .map((file) => statSync(file).blocks * 512)
    .reduce((sum, bytes) => sum + bytes, 0)
  const problems: string[] = []
  if (reclaimableBytes > 0) problems.push(`${reclaimableBytes} bytes are still to be reclaimed`)
  if (remnants.length > 0) problems.push('a remnant is left')
  if (physicalBytes !== onDiskBytes) {
    problems.push(`physical bytes are told as ${physicalBytes}, and are ${onDiskBytes}`)
  }
  return problems
}

/** A deletion, or its undoing, happened to both snapshots or to none; what is gone comes back. */
async function allOrNone(
  engine: Engine,
  lab: Lab,
  { folder }: Outcome,
  expected: number | null,
): Promise<string[]> {
  const doomed = new Set(idsOf(lab, ['state 1', 'state 3']))
  const { snapshots } = await engine.describeLibrary()
  const left = snapshots.filter(({ snapshotId }) => doomed.has(snapshotId)).length
  if (left !== 0 && left !== doomed.size) return [`${left} of ${doomed.size} are left`]
  if (expected !== null && left !== expected) return [`${left} are left instead of ${expected}`]
  if (left > 0) return []
  await engine.undoDeletion({})
  return lostSnapshots(engine, lab, [], folder)
}

async function remove(
  engine: Engine,
  lab: Lab,
  names: readonly string[],
  undoableMs: number,
): Promise<void> {
  const { revision } = await engine.describeLibrary()
  await engine.deleteSnapshots({ snapshotIds: idsOf(lab, names), revision, undoableMs })
}

function idsOf(lab: Lab, names: readonly string[]) {
  return names.map((name) => lab.snapshots.get(name)!)
}
