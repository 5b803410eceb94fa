// vitest's global set-up for tests that start the built `strata` command.
import { buildCommandLine } from '../build.mjs'

export const setup = buildCommandLine
