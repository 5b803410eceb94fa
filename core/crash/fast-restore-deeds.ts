import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isFastRestoreOn } from '../contract/fast-restore.ts'
import type { Engine } from '../engine/engine.ts'
import type { Deed, Outcome } from './deed.ts'
import { digestOf, done, type Lab } from './lab.ts'

const HOUR_MS = 3_600_000
/** What a small snapshot has after an hour, at the most. */
const FULL_BUCKET = 10
/** For what comes in while the process runs and is looked at: one in six minutes. */
const SOME = 0.5
const VOLUME = 'made fast'
/** In which order it comes to them. */
const STATES = ['enabling', 'optimizing', 'enabled', 'disabling', 'disabled']
const first = (lab: Lab) => ({ snapshotId: lab.snapshots.get('state 1')! })
const second = (lab: Lab) => ({ snapshotId: lab.snapshots.get('state 2')! })

/** Deeds of fast snapshot restore. */
export const fastRestoreDeeds: readonly Deed[] = [
  {
    name: 'fast restore and a credit of it',
    states: 2,
    preparedAgoMs: 2 * HOUR_MS,
    async prepare(engine, lab) {
      await engine.setFastRestore({ ...first(lab), isOn: true })
      lab.historyLength = (await engine.listHistory()).length
    },
    request: (lab) => [
      { call: 'setFastRestore', input: { ...second(lab), isOn: true } },
      { call: 'createVolumeFromSnapshot', input: { ...first(lab), name: VOLUME } },
      { call: 'setFastRestore', input: { ...first(lab), isOn: false } },
    ],
    /** Each request is one line of history: what is there is what so many of them leave. */
    async check(engine, lab, outcome) {
      const doneCount = (await engine.listHistory()).length - lab.historyLength
      const fast = await engine.listFastRestores()
      const of = ({ snapshotId }: { snapshotId: string }) =>
        fast.find((one) => one.snapshotId === snapshotId)
      const isOn = [first(lab), second(lab)].map((asked) => {
        const found = of(asked)
        return found !== undefined && isFastRestoreOn(found)
      })
      const problems: string[] = []
      const told = `after ${doneCount} requests`
      if (isOn[0] !== doneCount < 3) problems.push(`${told} “state 1” is ${of(first(lab))?.state}`)
      if (isOn[1] !== doneCount >= 1)
        problems.push(`${told} “state 2” is ${of(second(lab))?.state}`)
      if (outcome.isAcked && doneCount < 3) problems.push(`${told} of three that were acknowledged`)
      const credits = of(first(lab))?.credits ?? 0
      const [least, most] = creditsAfter(doneCount)
      if (credits < least || credits > most) problems.push(`${told} there are ${credits} credits`)
      const volumes = await volumeProblems(engine, lab, outcome, doneCount >= 2)
      return [...problems, ...volumes, ...(await eventProblems(engine, lab))]
    },
  },
]

/** One that was being made costs its credit, though a crash left nothing of it. */
function creditsAfter(doneCount: number): readonly [least: number, most: number] {
  if (doneCount === 0) return [FULL_BUCKET, FULL_BUCKET]
  if (doneCount === 1) return [FULL_BUCKET - 1, FULL_BUCKET]
  return doneCount === 2 ? [FULL_BUCKET - 1, FULL_BUCKET - 1 + SOME] : [0, 0]
}

/** It is there whole, or not at all. */
async function volumeProblems(
  engine: Engine,
  lab: Lab,
  { folder }: Outcome,
  isMade: boolean,
): Promise<string[]> {
  const { volumes } = await engine.describeLibrary()
  const volume = volumes.find(({ name }) => name === VOLUME)
  if (volume === undefined) return isMade ? ['the volume is gone'] : []
  if (!isMade) return ['the volume is there, and the history does not tell of it']
  const { volumeId, sizeBytes } = volume
  const { state, isFastRestored } = await engine.describeVolumeStatus({ volumeId })
  if (state !== 'loaded' || !isFastRestored)
    return [`the volume is ${state}, though it cost a credit`]
  const file = join(folder, 'read.img')
  const place = { volumeId, offsetBytes: 0, lengthBytes: sizeBytes }
  await done(engine, (await engine.readVolume({ ...place, file, overwrite: false })).jobId)
  const isSame = digestOf(readFileSync(file)) === lab.digests.get('state 1')
  rmSync(file)
  return isSame ? [] : ['the volume reads other bytes']
}

/** Each state is told once, in order, and none is left out. */
async function eventProblems(engine: Engine, lab: Lab): Promise<string[]> {
  const events = await engine.listEvents({ type: 'fastSnapshotRestore' })
  return [first(lab), second(lab)].flatMap(({ snapshotId }) => {
    const own = events.filter(({ resources }) => resources[0]!.endsWith(snapshotId))
    const told = own.map(({ detail }) => ('state' in detail ? detail.state : ''))
    return told.join() === STATES.slice(0, told.length).join()
      ? []
      : [`the states of ${snapshotId} are told as ${told.join(', ')}`]
  })
}
