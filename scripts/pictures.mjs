#!/usr/bin/env node
// `npm run pictures`: takes the pictures of the documents from the real app, in docs/pictures/.
import { buildApp, buildCommandLine } from './build.mjs'
import { run, runMain } from './command.mjs'
import { onVirtualDisplay } from './display.mjs'
import { inProject } from './project.mjs'
import { setUp } from './setup.mjs'

await runMain('pictures', async () => {
  await setUp(['app', 'test'])
  await buildApp()
  await buildCommandLine()
  const script = [inProject('scripts', 'pictures', 'take.mjs')]
  // Not on the person's own screen: its size, scale and decorations would be in the pictures.
  const [command, args] =
    process.platform === 'linux'
      ? onVirtualDisplay(process.execPath, script)
      : [process.execPath, script]
  return run(command, args)
})
