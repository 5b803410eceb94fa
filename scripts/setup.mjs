#!/usr/bin/env node
// From a fresh clone to ready. Each step looks first and is skipped when its result is there.
import { runMain } from './command.mjs'
import { isProgram } from './project.mjs'
import { installDependencies } from './setup/dependencies.mjs'
import { installElectron, supportsShippedSqlite } from './setup/electron.mjs'
import { buildSqlite, usesShippedSqlite } from './setup/sqlite.mjs'
import { checkLibraries, installSystemPackages, needsElectron } from './setup/system-packages.mjs'

/** @typedef {import('./setup/system-packages.mjs').Purpose} Purpose */

/**
 * Tells each step on stdout, and that all is ready.
 * @param {readonly Purpose[]} purposes what the machine will be used for
 */
export async function setUp(purposes) {
  const startedAtMs = Date.now()
  /** @param {string} line */
  const say = (line) =>
    console.log(`[setup ${((Date.now() - startedAtMs) / 1000).toFixed(1)}s] ${line}`)
  await prepare(purposes, say)
  say('ready')
}

/**
 * Leaves stdout alone, and is silent when there is nothing to do.
 * @param {readonly Purpose[]} purposes
 */
export const setUpSilently = (purposes) =>
  prepare(purposes, (line) => process.stderr.write(`[setup] ${line}\n`))

/** @param {readonly Purpose[]} purposes @param {(line: string) => void} say */
async function prepare(purposes, say) {
  installDependencies(say)
  installSystemPackages(purposes, say)
  // The compiler runs beside the download.
  const building = usesShippedSqlite() ? null : buildSqlite(say)
  if (purposes.some(needsElectron)) {
    if (await installElectron(say)) checkLibraries()
    if (usesShippedSqlite() && !supportsShippedSqlite()) await buildSqlite(say)
  }
  await building
}

if (isProgram(import.meta.url)) await runMain('setup', () => setUp(['app', 'test']))
