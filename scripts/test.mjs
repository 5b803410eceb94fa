#!/usr/bin/env node
// `npm test`: everything that must hold, from a fresh clone; `npm test -- NAME...` only the steps
// of these names. A failed step does not stop the rest. The last line counts all tests.
import fs from 'node:fs'
import { buildApp, buildCommandLine } from './build.mjs'
import { runMain, runNode, SetupProblem } from './command.mjs'
import { electronProgram, inPackage, inProject } from './project.mjs'
import { setUp } from './setup.mjs'
import { runEndToEnd } from './test/end-to-end.mjs'
import { CURRENT_NODE, compareNodes, currentNodeEnv } from './test/two-nodes.mjs'
import { NO_TESTS, runVitest } from './test/vitest.mjs'

/** @typedef {import('./test/vitest.mjs').Outcome} Outcome */
/** @typedef {{ name: string, run: () => Outcome | Promise<Outcome>, linuxOnly?: string }} Step */

/** @type {Step[]} */
const STEPS = [
  { name: 'types', run: () => checked([inPackage('typescript', 'bin', 'tsc'), '--noEmit']) },
  {
    name: 'lint',
    run: () =>
      checked([inPackage('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings']),
  },
  { name: 'build', run: build },
  {
    name: 'unit',
    run: () =>
      runVitest('unit', [
        'core',
        'crypto',
        'threads',
        'engine',
        'world',
        'cli',
        'shell',
        'window',
        'scripts',
      ]),
  },
  {
    name: 'crypto-electron',
    // Electron has a cryptography library of its own, which lacks some of what Node's has.
    run: () =>
      runVitest('crypto-electron', ['crypto'], electronProgram(), { ELECTRON_RUN_AS_NODE: '1' }),
  },
  {
    name: 'unit-current-node',
    // All of the core, as users get it: files, threads, compression, sealing, SQLite.
    run: () => onCurrentNode('unit-current-node', ['core', 'crypto', 'threads', 'engine', 'world']),
    linuxOnly: "Electron's current Node comes as a package for linux-x64 only",
  },
  {
    name: 'two-nodes',
    run: compareNodes,
    linuxOnly: "Electron's current Node comes as a package for linux-x64 only",
  },
  {
    name: 'crash',
    run: () => runVitest('crash', ['crash']),
    linuxOnly: 'processes are killed at system calls by strace',
  },
  { name: 'e2e', run: runEndToEnd },
]

await runMain('test', async () => {
  const steps = chosenSteps(process.argv.slice(2))
  await setUp(['app', 'test'])
  fs.rmSync(inProject('test-results'), { recursive: true, force: true })
  fs.mkdirSync(inProject('test-results'))
  const lines = []
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const step of steps) {
    if (step.linuxOnly && !isLinuxX64()) {
      lines.push(`  ${step.name.padEnd(18)} not run: ${step.linuxOnly}`)
      continue
    }
    console.log(`\n[test] ${step.name}`)
    const startedAtMs = Date.now()
    const outcome = await outcomeOf(step)
    const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1)
    lines.push(`  ${step.name.padEnd(18)} ${`${seconds} s`.padStart(8)}  ${inWords(outcome)}`)
    total.passed += outcome.passed
    total.failed += outcome.failed
    total.skipped += outcome.skipped
  }
  console.log(`\n[test] steps\n${lines.join('\n')}\n`)
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`)
  return total.failed === 0 ? 0 : 1
})

/** @param {readonly string[]} names */
function chosenSteps(names) {
  const unknown = names.find((name) => !STEPS.some((step) => step.name === name))
  if (unknown !== undefined) {
    const known = STEPS.map(({ name }) => name).join(', ')
    throw new SetupProblem(`there is no step ${unknown}; there are ${known}`)
  }
  if (names.length === 0) return STEPS
  return STEPS.filter(({ name }) => names.includes(name))
}

/**
 * A step that breaks counts as a failed test, so that the last line never says less.
 * @param {Step} step @returns {Promise<Outcome>}
 */
async function outcomeOf(step) {
  try {
    return await step.run()
  } catch (error) {
    console.error(error instanceof SetupProblem ? error.message : error)
    return { ...NO_TESTS, failed: 1 }
  }
}

/** @param {readonly string[]} args @returns {Outcome} */
function checked(args) {
  return { ...NO_TESTS, failed: runNode(args) === 0 ? 0 : 1 }
}

/** @param {string} name @param {readonly string[]} projects */
function onCurrentNode(name, projects) {
  return runVitest(name, projects, CURRENT_NODE, currentNodeEnv())
}

async function build() {
  await buildApp()
  await buildCommandLine()
  return NO_TESTS
}

/** @param {Outcome} outcome */
function inWords({ passed, failed, skipped }) {
  if (passed + failed + skipped === 0) return 'ok'
  const counts = [`${passed} passed`]
  if (failed > 0) counts.push(`${failed} FAILED`)
  if (skipped > 0) counts.push(`${skipped} skipped`)
  return counts.join(', ')
}

function isLinuxX64() {
  return process.platform === 'linux' && process.arch === 'x64'
}
