import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BLOCK_BYTES } from '../contract/units.ts'
import type { Engine } from '../engine/engine.ts'
import type { Deed, Outcome } from './deed.ts'
import { digestOf, done, type Lab, PATCH, restored, stateFile } from './lab.ts'
import { TARGET } from './recovered.ts'

const OLD_BYTES = Buffer.from('what was there before')
const FILLED = { offsetBytes: BLOCK_BYTES - 700, lengthBytes: 2 * BLOCK_BYTES }

/** Deeds that take a picture of something: an imported volume, a snapshot. */
export const takingDeeds: readonly Deed[] = [
  importDeed('import', false),
  importDeed('import --copy', true),
  snapshotDeed('first snapshot', 1),
  snapshotDeed('incremental snapshot', 2),
  {
    name: 'snapshot of a managed volume',
    states: 0,
    async prepare(engine, lab) {
      await engine.writeFill({ volumeId: lab.managed, spans: [FILLED], seed: 'second' })
      lab.digests.set('work 2', digestOf(filled(lab.work)))
    },
    request: (lab) => ({ call: 'takeSnapshot', input: { volumeId: lab.managed, name: 'work 2' } }),
    check: (engine, _, outcome) => presentIfAcked(engine, outcome, 'work 2'),
  },
]

/** Deeds that write what was given or taken: into a volume, into a file. */
export const writingDeeds: readonly Deed[] = [
  {
    name: 'write of a file',
    states: 0,
    request: (lab) => ({
      call: 'writeFile',
      input: { volumeId: lab.managed, offsetBytes: PATCH.at, file: join(lab.images, PATCH.name) },
    }),
    check: (engine, lab, outcome) => writtenWhole(engine, lab, outcome, patched(lab)),
  },
  {
    name: 'write of a fill',
    states: 0,
    request: (lab) => ({
      call: 'writeFill',
      input: { volumeId: lab.managed, spans: [FILLED], seed: 'second' },
    }),
    check: (engine, lab, outcome) => writtenWhole(engine, lab, outcome, filled(lab.work)),
  },
  {
    name: 'volume from a snapshot',
    states: 1,
    request: (lab) => ({
      call: 'createVolumeFromSnapshot',
      input: { snapshotId: lab.snapshots.get('state 1')!, name: 'new' },
    }),
    check: (engine, lab, outcome) => readsWhole(engine, lab, outcome, 'new', 'state 1'),
  },
  {
    name: 'restore',
    states: 1,
    request: (lab, folder) => restore(lab, folder, false),
    check: async (_, lab, outcome) => wholeTarget(lab, outcome, null),
  },
  {
    name: 'restore over a file',
    states: 1,
    prepare: async (_, lab) => writeFileSync(join(lab.folder, TARGET), OLD_BYTES),
    request: (lab, folder) => restore(lab, folder, true),
    check: async (_, lab, outcome) => wholeTarget(lab, outcome, OLD_BYTES),
  },
]

function importDeed(name: string, copy: boolean): Deed {
  return {
    name,
    states: 1,
    request: (lab) => ({
      call: 'importImage',
      input: { file: stateFile(lab, 2), name: 'new', copy },
    }),
    check: (engine, lab, outcome) => wholeVolume(engine, lab, outcome, 'new', 'state 2'),
  }
}

/** @param state of the image, counted from 1; those before it have snapshots */
function snapshotDeed(name: string, state: number): Deed {
  const taken = `state ${state}`
  return {
    name,
    states: state - 1,
    request: (lab) => ({
      call: 'takeSnapshot',
      input: { volumeId: lab.linked, name: taken, file: stateFile(lab, state) },
    }),
    check: (engine, _, outcome) => presentIfAcked(engine, outcome, taken),
  }
}

async function presentIfAcked(
  engine: Engine,
  { isAcked }: Outcome,
  name: string,
): Promise<string[]> {
  const { snapshots } = await engine.describeLibrary()
  const isThere = snapshots.some((each) => each.name === name && each.state === 'completed')
  if (!isAcked || isThere) return []
  return [`“${name}” was acknowledged and is gone`]
}

/** A volume is there with all its bytes, or not at all. */
async function wholeVolume(
  engine: Engine,
  lab: Lab,
  { isAcked, folder }: Outcome,
  name: string,
  content: string,
): Promise<string[]> {
  const { volumes } = await engine.describeLibrary()
  const volume = volumes.find((one) => one.name === name)
  if (volume === undefined) return isAcked ? [`“${name}” was acknowledged and is gone`] : []
  const { jobId, snapshotId } = await engine.takeSnapshot({ volumeId: volume.volumeId })
  await done(engine, jobId)
  const bytes = await restored(engine, snapshotId, join(folder, 'volume.img'))
  return digestOf(bytes) === lab.digests.get(content) ? [] : [`“${name}” holds other bytes`]
}

/** As `wholeVolume`, for one that may still be loading: it reads as if it were not. */
export async function readsWhole(
  engine: Engine,
  lab: Lab,
  { isAcked, folder }: Outcome,
  name: string,
  content: string,
): Promise<string[]> {
  const { volumes } = await engine.describeLibrary()
  const volume = volumes.find((one) => one.name === name)
  if (volume === undefined) return isAcked ? [`“${name}” was acknowledged and is gone`] : []
  const { volumeId, sizeBytes: lengthBytes } = volume
  const file = join(folder, 'volume.img')
  const asked = { volumeId, offsetBytes: 0, lengthBytes, file, overwrite: true }
  await done(engine, (await engine.readVolume(asked)).jobId)
  const isWhole = digestOf(readFileSync(file)) === lab.digests.get(content)
  return isWhole ? [] : [`“${name}” reads other bytes`]
}

/**
 * Like a disk: what was acknowledged is there; before that each byte is old or new. The next
 * snapshot must have noticed all that was written.
 */
async function writtenWhole(
  engine: Engine,
  lab: Lab,
  { isAcked, folder }: Outcome,
  expected: Buffer,
): Promise<string[]> {
  const { jobId, snapshotId } = await engine.takeSnapshot({ volumeId: lab.managed })
  await done(engine, jobId)
  const found = await restored(engine, snapshotId, join(folder, 'volume.img'))
  if (isAcked) return found.equals(expected) ? [] : ['an acknowledged write is lost']
  const isTorn = found.some((byte, i) => byte !== expected[i] && byte !== lab.work[i])
  return isTorn ? ['a byte is neither old nor new'] : []
}

function filled(work: Buffer): Buffer {
  const pattern = createHash('sha256').update('second').digest().subarray(0, 16)
  const bytes = Buffer.from(work)
  for (let i = FILLED.offsetBytes; i < FILLED.offsetBytes + FILLED.lengthBytes; i += 1) {
    bytes[i] = pattern[i % 16]!
  }
  return bytes
}

function patched(lab: Lab): Buffer {
  const bytes = Buffer.from(lab.work)
  readFileSync(join(lab.images, PATCH.name)).copy(bytes, PATCH.at)
  return bytes
}

function restore(lab: Lab, folder: string, overwrite: boolean) {
  const snapshotId = lab.snapshots.get('state 1')!
  const input = { snapshotId, file: join(folder, TARGET), sha256: true, overwrite }
  return { call: 'restoreToFile' as const, input }
}

function wholeTarget(lab: Lab, { isAcked, folder }: Outcome, before: Buffer | null): string[] {
  const target = join(folder, TARGET)
  const found = existsSync(target) ? readFileSync(target) : null
  if (found !== null && digestOf(found) === lab.digests.get('state 1')) return []
  if (isAcked) return ['an acknowledged restore is not there']
  if (found === null && before === null) return []
  return found !== null && before?.equals(found) === true ? [] : ['half a file has the final name']
}
