import { combinedDeeds, worldDeeds } from './all-deeds.ts'
import { crashSuite } from './crash-suite.ts'

/** The gate has half an hour. */
const WORLD_STEP = 5
const COMBINED_STEP = 25

crashSuite(({ crashEach }) => {
  crashEach(worldDeeds, WORLD_STEP)
  crashEach(combinedDeeds, COMBINED_STEP)
})
