#!/usr/bin/env node
// `npm run check`: types, lint and format. `npm run check -- --fix` mends what can be mended.
import { runMain, runNode } from './command.mjs'
import { inPackage } from './project.mjs'
import { setUpSilently } from './setup.mjs'

await runMain('check', async () => {
  await setUpSilently(['cli'])
  const types = runNode([inPackage('typescript', 'bin', 'tsc'), '--noEmit'])
  const fix = process.argv.includes('--fix') ? ['--write'] : []
  const lint = runNode([
    inPackage('@biomejs', 'biome', 'bin', 'biome'),
    'check',
    '--error-on-warnings',
    ...fix,
  ])
  return types || lint
})
