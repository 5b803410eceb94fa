#!/usr/bin/env node
// `npm start`: sets up, builds and opens the app; without a screen it runs the demo.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildApp } from './build.mjs'
import { run, runMain } from './command.mjs'
import { canSandbox, hasDisplay, isRoot, onVirtualDisplay } from './display.mjs'
import { electronProgram, root } from './project.mjs'
import { setUp } from './setup.mjs'

await runMain('start', async () => {
  await setUp(['app'])
  await buildApp()
  return hasDisplay() ? openApp(process.argv.slice(2)) : runDemo()
})

/** @param {string[]} args */
function openApp(args) {
  return run(electronProgram(), [...sandboxArguments(), root, ...args])
}

/** The real app on a screen that nobody sees, with a profile of its own that goes afterwards. */
function runDemo() {
  console.log('There is no display (DISPLAY and WAYLAND_DISPLAY are not set): running the demo.\n')
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-demo-profile-'))
  const [command, args] = onVirtualDisplay(electronProgram(), [
    ...sandboxArguments(),
    root,
    '--demo',
    `--user-data-dir=${profile}`,
  ])
  try {
    const ended = spawnSync(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'pipe'],
      encoding: 'utf8',
    })
    if (ended.status !== 0) console.error(ended.error ?? withoutChatter(ended.stderr))
    return ended.status ?? 1
  } finally {
    fs.rmSync(profile, { recursive: true, force: true })
  }
}

/** Chromium complains of buses and GPUs that a virtual display lacks. @param {string} stderr */
function withoutChatter(stderr) {
  return stderr.replaceAll(/^\[\d+:\d+\/[\d.]+:(ERROR|WARNING|INFO):.*\n/gm, '').trim()
}

function sandboxArguments() {
  if (canSandbox()) return []
  const why = isRoot() ? 'it does not run as root' : 'this system grants no user namespaces'
  console.log(`Chromium's sandbox is off: ${why}.`)
  return ['--no-sandbox']
}
