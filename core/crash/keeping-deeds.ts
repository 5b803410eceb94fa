import { join } from 'node:path'
import { RegionName } from '../contract/ids.ts'
import type { Key } from '../contract/keys.ts'
import type { Snapshot } from '../contract/model.ts'
import type { Engine } from '../engine/engine.ts'
import type { Deed, Outcome } from './deed.ts'
import { digestOf, done, type Lab, restored } from './lab.ts'

const DAY_MS = 86_400_000
const OTHER = '444455556666'
const KEY = 'ours'
const SEALED = 'sealed'
const first = (lab: Lab) => ({ snapshotId: lab.snapshots.get('state 1')! })
const sealed = (lab: Lab) => ({ snapshotId: lab.snapshots.get(SEALED)! })
const second = (lab: Lab) => ({ snapshotId: lab.snapshots.get('state 2')! })

/** Deeds with what keeps snapshots: marks, the archive, the Recycle Bin. */
export const keepingDeeds: readonly Deed[] = [
  {
    name: 'share with its key, lock and unlock',
    states: 1,
    async prepare(engine, lab) {
      await engine.addAccount({ accountId: OTHER })
      await seal(engine, lab)
      await remember(engine, lab)
    },
    request: (lab) => [
      { call: 'shareSnapshot', input: { ...sealed(lab), add: [OTHER], withKey: true } },
      { call: 'lockSnapshot', input: { ...sealed(lab), mode: 'governance', days: 1 } },
      { call: 'shareKey', input: { key: KEY, remove: [OTHER] } },
      { call: 'shareSnapshot', input: { ...sealed(lab), remove: [OTHER] } },
      { call: 'unlockSnapshot', input: sealed(lab) },
    ],
    async check(engine, lab, outcome) {
      const { keys } = await engine.describeKeys()
      const marks = ['-', 'shared, key', 'shared, key, locked', 'shared, locked', 'locked', '-']
      return inStep(engine, lab, outcome, marksOf(keys), marks, SEALED)
    },
  },
  {
    name: 'archive and restore',
    states: 2,
    prepare: remember,
    request: (lab) => [
      { call: 'archiveSnapshot', input: first(lab) },
      { call: 'restoreTier', input: { ...first(lab), days: 1 } },
      { call: 'restoreTier', input: first(lab) },
    ],
    async check(engine, lab, outcome) {
      const tiers = ['never archived', 'archive', 'standard for days', 'standard']
      const wrong = await inStep(engine, lab, outcome, tierOf, tiers)
      return [...wrong, ...(await readsFromArchive(engine, lab, outcome))]
    },
  },
  {
    name: 'delete to the bin and recover',
    states: 2,
    async prepare(engine, lab) {
      await engine.addRetentionRule({ days: 1, tags: [], excludedTags: [] })
      await remember(engine, lab)
    },
    request: (lab) => [
      {
        call: 'deleteSnapshots',
        input: { snapshotIds: [first(lab).snapshotId], revision: lab.revision, undoableMs: DAY_MS },
      },
      { call: 'recoverSnapshot', input: first(lab) },
    ],
    takesAway: ['state 1'],
    check: (engine, lab, outcome) => inStep(engine, lab, outcome, binOf, ['-', 'in the bin', '-']),
  },
  {
    name: 'what time asks for',
    states: 2,
    preparedAgoMs: 2 * DAY_MS,
    async prepare(engine, lab) {
      await done(engine, (await engine.archiveSnapshot(first(lab))).jobId)
      await done(engine, (await engine.restoreTier({ ...first(lab), days: 1 })).jobId)
      await engine.addRetentionRule({ days: 1, tags: [], excludedTags: [] })
      const { revision } = await engine.describeLibrary()
      const { snapshotId } = second(lab)
      await engine.deleteSnapshots({ snapshotIds: [snapshotId], revision, undoableMs: 0 })
    },
    request: () => ({ call: 'reclaim', input: { now: true } }),
    takesAway: ['state 2'],
    async check(engine, lab, outcome) {
      const tier = tierOf(await snapshotCalled(engine, 'state 1'))
      const wrong = tier === 'archive' ? [] : [`after its days the snapshot is in ${tier}`]
      const events = ['recycleBinExitTime', 'restoreExpiry'] as const
      const { length: binned } = await engine.listBin()
      if (binned > 0) wrong.push('the bin is not empty')
      for (const type of events) {
        const { length } = await engine.listEvents({ type })
        if (length !== 1) wrong.push(`${type} is told ${length} times`)
      }
      return [...wrong, ...(await readsFromArchive(engine, lab, outcome))]
    },
  },
]

/** A copy of the first state under a key that can be shared. */
async function seal(engine: Engine, lab: Lab): Promise<void> {
  await engine.createKey({ name: KEY })
  const wish = { region: RegionName.parse('local'), name: SEALED, encrypted: true, key: KEY }
  const { jobId, snapshotId } = await engine.copySnapshot({ ...first(lab), ...wish })
  await done(engine, jobId)
  lab.snapshots.set(SEALED, snapshotId)
  lab.digests.set(SEALED, lab.digests.get('state 1')!)
}

/** How long its history is, and which revision it has, when the process begins. */
async function remember(engine: Engine, lab: Lab): Promise<void> {
  const { revision } = await engine.describeLibrary()
  lab.revision = revision
  lab.historyLength = (await engine.listHistory()).length
}

/** Each request is one change with one line of history: what is there is what so many of them leave. */
async function inStep(
  engine: Engine,
  lab: Lab,
  { isAcked }: Outcome,
  stateOf: (snapshot: Snapshot | undefined) => string,
  states: readonly string[],
  name = 'state 1',
): Promise<string[]> {
  const doneCount = (await engine.listHistory()).length - lab.historyLength
  const found = stateOf(await snapshotCalled(engine, name))
  if (found !== states[doneCount]) return [`after ${doneCount} changes it is “${found}”`]
  const isWhole = !isAcked || doneCount === states.length - 1
  return isWhole ? [] : [`${doneCount} changes are left of all that were acknowledged`]
}

/** What lies in the archive is whole: it is brought back and read. */
async function readsFromArchive(engine: Engine, lab: Lab, { folder }: Outcome): Promise<string[]> {
  const snapshot = await snapshotCalled(engine, 'state 1')
  if (snapshot?.tiering?.tier !== 'archive') return []
  await done(engine, (await engine.restoreTier(first(lab))).jobId)
  const bytes = await restored(engine, snapshot.snapshotId, join(folder, 'archived.img'))
  return digestOf(bytes) === lab.digests.get('state 1') ? [] : ['the archive has other bytes']
}

async function snapshotCalled(engine: Engine, name: string): Promise<Snapshot | undefined> {
  return (await engine.describeLibrary()).snapshots.find((snapshot) => snapshot.name === name)
}

const marksOf = (keys: readonly Key[]) => (snapshot: Snapshot | undefined) =>
  [
    ...(snapshot!.sharedWith.length > 0 ? ['shared'] : []),
    ...(keys.some(({ sharedWith }) => sharedWith.length > 0) ? ['key'] : []),
    ...(snapshot!.lock !== null ? ['locked'] : []),
  ].join(', ') || '-'

function tierOf(snapshot: Snapshot | undefined): string {
  const { tiering } = snapshot!
  // One that was begun and ended with the process says that it failed, and was never archived.
  if (tiering === null) return 'never archived'
  if (tiering.tier === 'archive') return 'archive'
  if (tiering.restoreExpiresAt !== null) return 'standard for days'
  return tiering.archivedAt === null && tiering.status.startsWith('archival')
    ? 'never archived'
    : 'standard'
}

const binOf = (snapshot: Snapshot | undefined) => (snapshot === undefined ? 'in the bin' : '-')
