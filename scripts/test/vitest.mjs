// Runs vitest projects and counts what they did.
import fs from 'node:fs'
import { run } from '../command.mjs'
import { inPackage, inProject } from '../project.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Outcome */

/** @type {Outcome} of a step that is no test */
export const NO_TESTS = { passed: 0, failed: 0, skipped: 0 }

/**
 * @param {string} name of the report
 * @param {readonly string[]} projects of vitest.config.ts
 * @param {string} [node] the Node to run under
 * @param {NodeJS.ProcessEnv} [env] on top of this process's own
 * @returns {Outcome}
 */
export function runVitest(name, projects, node = process.execPath, env = {}) {
  const report = inProject('test-results', `${name}.json`)
  const code = run(
    node,
    [
      inPackage('vitest', 'vitest.mjs'),
      'run',
      ...projects.map((project) => `--project=${project}`),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    // The bundler, run before in this process, sets it to production: React then has no `act`.
    { env: { ...process.env, NODE_ENV: 'test', ...env } },
  )
  if (!fs.existsSync(report)) return { ...NO_TESTS, failed: 1 }
  const counts = JSON.parse(fs.readFileSync(report, 'utf8'))
  return soundOutcome(code, {
    passed: counts.numPassedTests,
    failed: counts.numFailedTests,
    skipped: counts.numPendingTests + counts.numTodoTests,
  })
}

/**
 * A runner that failed without a failed test (a file that does not load, an error between tests)
 * has failed, and so has one that found nothing to run.
 *
 * @param {number} code @param {Outcome} outcome
 */
export function soundOutcome(code, outcome) {
  if (outcome.failed > 0 || (code === 0 && outcome.passed > 0)) return outcome
  if (code === 0) console.error('No test was run.')
  return { ...outcome, failed: 1 }
}
