import { afterAll, describe, test } from 'vitest'
import { Scene } from '../engine/testing/scene.ts'
import { Random } from '../lineage/testing/random.ts'
import { RandomWorld } from './testing/random-world.ts'

/** STRATA_SEQUENCES asks for more of them, by hand. */
const SEQUENCES = Number(process.env.STRATA_SEQUENCES ?? 4)
const STEPS = 35

/** Set STRATA_SEED to the seed of a failure to see it again. */
const seed = Number(process.env.STRATA_SEED ?? Date.now() % 2 ** 31)

afterAll(() => console.log(`random worlds: ${SEQUENCES} of ${STEPS} steps, seed ${seed}`))

const vault = { passphrase: () => 'correct horse battery', cost: 1_024 }

describe('whatever accounts do with each other, a library is as a plain world counts it', () => {
  test.each(Array.from({ length: SEQUENCES }, (_, i) => i))('sequence %i', async (number) => {
    const scene = await Scene.begin({ vault, runsPolicies: false })
    const world = new RandomWorld(scene, new Random(seed + number * 7_919))
    try {
      await world.begin()
      for (let step = 1; step <= STEPS; step += 1) await world.next(step)
      await world.end()
    } catch (error) {
      const acted = world.log.join('\n')
      throw new Error(`STRATA_SEED=${seed}, sequence ${number}:\n${acted}\n${error}`, {
        cause: error,
      })
    }
  })
})
