import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { SnapshotId } from '../contract/ids.ts'
import { Random } from '../lineage/testing/random.ts'
import { bytesOf } from './testing/plain-model.ts'
import { RandomActs } from './testing/random-acts.ts'
import { readAll } from './testing/random-clones.ts'
import { REGIONS } from './testing/random-copies.ts'
import { blocks, Scene } from './testing/scene.ts'

const SEQUENCES = 8
const STEPS = 30
const LOOK_EVERY = 8

/** Set STRATA_SEED to the seed of a failure to see it again. */
const seed = Number(process.env.STRATA_SEED ?? Date.now() % 2 ** 31)

afterAll(() => console.log(`random sequences: ${SEQUENCES} of ${STEPS} steps, seed ${seed}`))

describe('F10, F12: whatever is done in whatever order, a library is as a plain model counts it', () => {
  test.each(Array.from({ length: SEQUENCES }, (_, i) => i))('sequence %i', async (number) => {
    const random = new Random(seed + number * 7_919)
    const scene = await Scene.begin()
    const acts = new RandomActs(scene, random)
    try {
      await acts.begin()
      for (let step = 1; step <= STEPS; step += 1) {
        await acts.next()
        if (step % LOOK_EVERY === 0 || step === STEPS) await look(scene, acts, random)
      }
      await acts.deleteAll()
      await scene.reclaim()
      await readAll(scene, acts.model)
      await scene.reclaim()
      await expectEmpty(scene)
    } catch (error) {
      const acted = acts.log.join('\n')
      throw new Error(`STRATA_SEED=${seed}, sequence ${number}:\n${acted}\n${error}`, {
        cause: error,
      })
    }
  })
})

async function look(scene: Scene, acts: RandomActs, random: Random): Promise<void> {
  const { model } = acts
  const { snapshots, storedBytes } = await scene.view()
  expect(storedBytes).toBe(model.plan([]).storedBytesBefore)
  for (const { name, storedBytes: stored } of await scene.engine.listRegions()) {
    expect(stored, name).toBe(blocks(model.storedIn(name)))
  }
  expect(snapshots).toMatchObject(model.figures())
  const shares = snapshots.map((snapshot) => snapshot.fairShareBytes)
  expect(shares.reduce((sum, share) => sum + share, 0)).toBe(storedBytes)
  for (const [i, share] of model.fairShares().entries()) {
    expect(Math.abs(shares[i]! - share)).toBeLessThan(1.01)
  }
  const doomed = random.some(model.living, 0.5)
  if (doomed.length > 0) {
    const { told, counted } = await acts.plan(doomed)
    expect(told).toMatchObject(counted)
  }
  for (const snapshot of model.living) {
    const found = await scene.bytesOf(snapshot.id as SnapshotId)
    expect(found.equals(bytesOf(snapshot)), `bytes of ${snapshot.id}`).toBe(true)
  }
  expect(await scene.verify()).toMatchObject({ ok: true, problems: [] })
}

async function expectEmpty(scene: Scene): Promise<void> {
  expect(await scene.view()).toMatchObject({
    storedBytes: 0,
    physicalBytes: 0,
    reclaimableBytes: 0,
    snapshots: [],
    remnants: [],
    deletions: [],
  })
  for (const region of REGIONS) {
    expect(readdirSync(join(scene.library, 'regions', region, 'segments'))).toEqual([])
  }
}
