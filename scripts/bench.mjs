#!/usr/bin/env node
// `npm run bench`: Strata beside restic, borg and the machine's limits; writes bench/RESULTS.md.
import { buildBenchmark, buildCommandLine } from './build.mjs'
import { runMain, runNode } from './command.mjs'
import { inProject } from './project.mjs'
import { setUp } from './setup.mjs'

await runMain('bench', async () => {
  await setUp(['bench'])
  await buildCommandLine()
  await buildBenchmark()
  return runNode([inProject('out', 'bench', 'run.js'), ...process.argv.slice(2)])
})
