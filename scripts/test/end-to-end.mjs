// The real app, driven by Playwright: on a screen of its own, and with Chromium's sandbox on
// wherever the machine lets it be.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildApp, buildCommandLine } from '../build.mjs'
import { mustRun, run, succeeds } from '../command.mjs'
import { canSandbox, canSandboxAsNobody, isRoot, onVirtualDisplay } from '../display.mjs'
import { electronProgram, inPackage, inProject } from '../project.mjs'
import { NO_TESTS, soundOutcome } from './vitest.mjs'

/** @returns {Promise<import('./vitest.mjs').Outcome>} */
export async function runEndToEnd() {
  await buildApp()
  await buildCommandLine() // what is on screen is compared with what the command says
  const results = inProject('test-results', 'e2e')
  const report = path.join(results, 'report.json')
  fs.mkdirSync(results, { recursive: true })
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const test = [inPackage('@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json']
  const code = asNobody() ? runAsNobody(test, env, results) : runHere(test, env)
  if (!fs.existsSync(report)) return { ...NO_TESTS, failed: 1 }
  const { stats } = JSON.parse(fs.readFileSync(report, 'utf8'))
  return soundOutcome(code, {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  })
}

/** Root has no sandbox; `nobody` may have one, if that user can read this clone. */
const asNobody = () =>
  canSandboxAsNobody() &&
  succeeds('runuser', ['-u', 'nobody', '--', 'test', '-x', electronProgram()]) &&
  succeeds('runuser', ['-u', 'nobody', '--', 'test', '-r', inProject('out', 'main', 'main.js')])

/** @param {string[]} test @param {NodeJS.ProcessEnv} env */
function runHere(test, env) {
  const sandbox = canSandbox() ? 'with' : 'without'
  const user = isRoot() ? 'root' : os.userInfo().username
  console.log(`As ${user}, ${sandbox} Chromium's sandbox.`)
  const sandboxed = { ...env, STRATA_NO_SANDBOX: canSandbox() ? '' : '1' }
  if (process.platform !== 'linux') return run(process.execPath, test, { env: sandboxed })
  const [command, args] = onVirtualDisplay(process.execPath, test)
  return run(command, args, { env: withoutWayland(sandboxed) })
}

/** @param {string[]} test @param {NodeJS.ProcessEnv} env @param {string} results */
function runAsNobody(test, env, results) {
  console.log("As nobody, with Chromium's sandbox.")
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-e2e-'))
  try {
    mustRun('chown', ['-R', 'nobody:', home, results])
    const [command, args] = onVirtualDisplay(process.execPath, test)
    return run('runuser', ['-u', 'nobody', '--', command, ...args], {
      env: { ...withoutWayland(env), HOME: home, TMPDIR: home, XDG_CACHE_HOME: home },
    })
  } finally {
    fs.rmSync(home, { recursive: true, force: true })
  }
}

/** Electron prefers Wayland to the virtual display, which speaks X. @param {NodeJS.ProcessEnv} env */
function withoutWayland({ WAYLAND_DISPLAY: _, ...env }) {
  return env
}
