import type { Lineage } from '../lineage.ts'
import { Random, randomForest } from './random.ts'

/** For a law that only needs the algebra; those that count every block see all forests. */
export const FEWER = 600

const FOREST_COUNT = 2_000

/** Set STRATA_SEED to the seed of a failure to see it again. */
const seed = Number(process.env.STRATA_SEED ?? Date.now() % 2 ** 31)

/** Runs a law on many random forests. @throws Error that names the seed, where it fails */
export function onManyForests(
  law: (lineage: Lineage, random: Random) => void,
  count = FOREST_COUNT,
): void {
  for (let i = 0; i < count; i++) {
    const random = new Random(seed + i * 7919)
    const lineage = randomForest(random)
    try {
      law(lineage, random)
    } catch (error) {
      throw new Error(`Forest ${i} of STRATA_SEED=${seed}: ${error}`, { cause: error })
    }
  }
}

/** A line for the log of a test run. */
export const lawsLine = `lineage laws: ${FOREST_COUNT.toLocaleString('en')} trees, seed ${seed}`
