#!/usr/bin/env node
// The command line from a clone: sets up and builds when needed, silently on stdout, which belongs
// to the command.
import { pathToFileURL } from 'node:url'
import { buildCommandLine } from './build.mjs'
import { SetupProblem } from './command.mjs'
import { inProject } from './project.mjs'
import { setUpSilently } from './setup.mjs'

const program = inProject('out', 'cli', 'strata.js')

try {
  await setUpSilently(['cli'])
  await buildCommandLine()
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

// npm starts scripts in the project's folder; paths on the command line are meant from the caller's.
if (process.env.npm_lifecycle_event === 'strata' && process.env.INIT_CWD) {
  process.chdir(process.env.INIT_CWD)
}
process.argv[1] = program
await import(pathToFileURL(program).href)
