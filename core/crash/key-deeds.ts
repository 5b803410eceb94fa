import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FIRST_REGION } from '../catalog/regions.ts'
import type { VolumeId } from '../contract/ids.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import type { Engine } from '../engine/engine.ts'
import type { Deed, Request } from './deed.ts'
import { digestOf, done, LAB_VAULT, type Lab, PATCH, restored } from './lab.ts'
import { readsWhole } from './making-deeds.ts'
import { TARGET } from './recovered.ts'
import { copied } from './region-deeds.ts'

const BLOCK_COUNT = 4
const NAME = 'sealed'
const OTHER = 'other'
const CLONE = 'new'
const COPY = 'copy'
const AGAIN_AT = PATCH.at + 100_000

/** Deeds with what is encrypted. A block that is cut in two would open never again. */
export const keyDeeds: readonly Deed[] = [
  {
    name: 'rotate a key',
    states: 0,
    prepare: sealedSnapshot,
    request: () => ({ call: 'rotateKey', input: { key: NAME } }),
    async check(engine, _, { isAcked }) {
      const version = (await engine.describeKeys()).keys[0]?.version
      return isAcked && version !== 2 ? [`the key was rotated, and has version ${version}`] : []
    },
  },
  {
    name: 'snapshot of an encrypted volume',
    states: 0,
    async prepare(engine, lab) {
      lab.managed = await sealedVolume(engine, lab)
      lab.digests.set('sealed 1', digestOf(written(lab, [PATCH.at])))
    },
    request: ({ managed }) => ({
      call: 'takeSnapshot',
      input: { volumeId: managed, name: 'sealed 1' },
    }),
    async check(engine, _, { isAcked }) {
      const { snapshots } = await engine.describeLibrary()
      const isThere = snapshots.some(({ name }) => name === 'sealed 1')
      return isAcked && !isThere ? ['the snapshot was acknowledged and is gone'] : []
    },
  },
  {
    name: 'write into an encrypted volume',
    states: 0,
    async prepare(engine, lab) {
      lab.managed = await sealedVolume(engine, lab)
    },
    request: (lab) => ({
      call: 'writeFile',
      input: { volumeId: lab.managed, offsetBytes: AGAIN_AT, file: join(lab.images, PATCH.name) },
    }),
    async check(engine, lab, { folder, isAcked }) {
      const taken = await engine.takeSnapshot({ volumeId: lab.managed, name: 'after' })
      await done(engine, taken.jobId)
      const bytes = await restored(engine, taken.snapshotId, join(folder, 'after.img'))
      if (bytes.equals(written(lab, [PATCH.at, AGAIN_AT]))) return []
      if (!isAcked && bytes.equals(written(lab, [PATCH.at]))) return []
      return ['the volume holds neither what was in it nor what was written']
    },
  },
  {
    // Its blocks are loaded, and said to be, before the process ends: there are few of them.
    name: 'encrypted volume from a snapshot',
    states: 1,
    prepare: async (engine) => void (await engine.createKey({ name: NAME })),
    request: (lab) => ({ call: 'createVolumeFromSnapshot', input: cloneOf(lab) }),
    check: (engine, lab, outcome) => readsWhole(engine, lab, outcome, CLONE, 'state 1'),
  },
  {
    name: 'encrypted volume from a snapshot under another key',
    states: 0,
    async prepare(engine, lab) {
      await sealedSnapshot(engine, lab)
      await engine.createKey({ name: OTHER })
    },
    request: ({ snapshots }) => ({
      call: 'createVolumeFromSnapshot',
      input: { snapshotId: snapshots.get('sealed 1')!, name: CLONE, encrypted: true, key: OTHER },
    }),
    async check(engine, lab, outcome) {
      await engine.disableKey({ key: NAME })
      const problems = await readsWhole(engine, lab, outcome, CLONE, 'sealed 1')
      await engine.enableKey({ key: NAME })
      return problems
    },
  },
  {
    name: 'copy of an encrypted snapshot under another key',
    states: 0,
    async prepare(engine, lab) {
      await sealedSnapshot(engine, lab)
      await engine.createKey({ name: OTHER })
      lab.digests.set(COPY, lab.digests.get('sealed 1')!)
    },
    request: ({ snapshots }) => ({
      call: 'copySnapshot',
      input: {
        ...{ snapshotId: snapshots.get('sealed 1')!, region: FIRST_REGION, name: COPY },
        ...{ encrypted: true, key: OTHER },
      },
    }),
    check: (engine, lab, outcome) => copied(engine, lab, outcome, 'sealed 1'),
  },
]

/** Of one transaction, after a file that is written as others are. */
export const recoveryKeyDeed: Deed = {
  name: 'replace the recovery key',
  states: 0,
  async prepare(engine, lab) {
    await engine.createKey({ name: NAME })
    lab.recoveryKey = (await engine.createRecoveryKey()).recoveryKey
    await engine.keepRecoveryKey()
  },
  request: (_, folder) => newRecoveryKey(folder),
  async check(engine, { recoveryKey }, { folder, isAcked }) {
    const made = recoveryKeyIn(folder)
    const isOld = await opens(engine, recoveryKey!)
    const isNew = made !== null && (await opens(engine, made))
    if (isOld === isNew) return [isOld ? 'two recovery keys open the keys' : 'none opens them']
    return isAcked && isOld ? ['the old one still opens the keys'] : []
  },
}

/** It is saved before it is kept, so whatever opens the keys was written down. */
function newRecoveryKey(folder: string): Request[] {
  return [
    { call: 'createRecoveryKey', input: {} },
    { call: 'saveRecoveryKey', input: { file: join(folder, TARGET), overwrite: false } },
    { call: 'keepRecoveryKey', input: {} },
  ]
}

/** null: it was not saved. */
function recoveryKeyIn(folder: string): string | null {
  const file = join(folder, TARGET)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

async function opens(engine: Engine, recoveryKey: string): Promise<boolean> {
  const passphrase = LAB_VAULT.passphrase()
  return engine.recoverKeys({ recoveryKey, passphrase }).then(
    ({ state }) => state === 'open',
    () => false,
  )
}

function cloneOf({ snapshots }: Lab) {
  return { snapshotId: snapshots.get('state 1')!, name: CLONE, encrypted: true, key: NAME }
}

async function sealedSnapshot(engine: Engine, lab: Lab): Promise<void> {
  const volumeId = await sealedVolume(engine, lab)
  const taken = await engine.takeSnapshot({ volumeId, name: 'sealed 1' })
  await done(engine, taken.jobId)
  lab.snapshots.set('sealed 1', taken.snapshotId)
  lab.digests.set('sealed 1', digestOf(written(lab, [PATCH.at])))
}

/** An encrypted volume with the patch in it, under a key of its own. */
async function sealedVolume(engine: Engine, lab: Lab): Promise<VolumeId> {
  await engine.createKey({ name: NAME })
  const { volumeId } = await engine.createVolume({
    name: NAME,
    sizeBytes: BLOCK_COUNT * BLOCK_BYTES,
    encrypted: true,
    key: NAME,
  })
  const file = join(lab.images, PATCH.name)
  const writing = await engine.writeFile({ volumeId, offsetBytes: PATCH.at, file })
  await done(engine, writing.jobId)
  return volumeId
}

/** What the volume reads with the patch at these places, the last on top. */
function written(lab: Lab, places: readonly number[]): Buffer {
  const bytes = Buffer.alloc(BLOCK_COUNT * BLOCK_BYTES)
  const patch = readFileSync(join(lab.images, PATCH.name))
  for (const at of places) patch.copy(bytes, at)
  return bytes
}
