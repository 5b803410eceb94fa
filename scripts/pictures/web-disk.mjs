// A library for pictures: a real ext4 image of a small web server, kept in steps, and a branch.
// All bytes come from fixed seeds, so that the figures are the same each time.
import { execFileSync } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { outputOf, SetupProblem } from '../command.mjs'
import { inProject } from '../project.mjs'

const MIB = 2 ** 20
const DISK_BYTES = 192 * MIB

/** What happens on the disk before each snapshot: files written and removed, in MiB. */
const STEPS = /** @type {const} */ ([
  { name: 'mon', write: { system: 44, packages: 20 } },
  { name: 'tue', write: { site: 14 } },
  { name: 'wed', write: { 'access.log': 5 } },
  { name: 'thu', remove: ['packages'], write: { packages: 20 } },
  { name: 'fri', write: { photos: 22 } },
  { name: 'sat', remove: ['access.log'], write: { 'access.log': 5 } },
  { name: 'sun', remove: ['site'], write: { database: 18 } },
])

/**
 * @param {string} folder where the image and the library are made
 * @returns {{ library: string, nextState: string }} the library, and a file to drop on it
 */
export function makeWebDisk(folder) {
  const image = path.join(folder, 'web.img')
  const library = path.join(folder, 'Servers.strata')
  /** @param {string[]} args */
  const strata = (...args) => runStrata(library, args)
  makeFileSystem(image)
  strata('init', library)
  strata('volume', 'import', image, '--name', 'web')
  for (const step of STEPS) {
    change(image, step)
    strata('snapshot', 'create', 'web', '--name', step.name)
  }
  strata('snapshot', 'restore', 'thu', '--volume', 'web-test')
  const patch = path.join(folder, 'patch')
  fs.writeFileSync(patch, bytesOf('patch', 12 * MIB))
  strata('volume', 'write', 'web-test', '--at', '24MiB', '--file', patch)
  strata('snapshot', 'create', 'web-test', '--name', 'test')
  return { library, nextState: image }
}

/** @param {string} image */
function makeFileSystem(image) {
  fs.writeFileSync(image, '')
  fs.truncateSync(image, DISK_BYTES)
  const uuid = '5da7a000-0000-4000-8000-000000000001'
  const options = ['-E', `hash_seed=${uuid}`]
  run('mke2fs', ['-q', '-F', '-t', 'ext4', '-U', uuid, ...options, image])
}

/**
 * @param {string} image
 * @param {{ name: string, remove?: readonly string[], write: Record<string, number> }} step
 */
function change(image, { name, remove = [], write }) {
  for (const file of remove) run('debugfs', ['-w', '-R', `rm ${file}`, image])
  for (const [file, sizeMiB] of Object.entries(write)) {
    const source = `${image}.file`
    fs.writeFileSync(source, bytesOf(`${name} ${file}`, sizeMiB * MIB))
    run('debugfs', ['-w', '-R', `write ${source} ${file}`, image])
    fs.rmSync(source)
  }
}

/** @param {string} seed @param {number} length */
function bytesOf(seed, length) {
  const key = crypto.createHash('sha256').update(seed).digest()
  return crypto.createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length))
}

/** Tools of e2fsprogs, which take the time from here. @param {string} tool @param {string[]} args */
function run(tool, args) {
  const PATH = `${process.env.PATH}:/usr/sbin:/sbin`
  const env = { ...process.env, PATH, E2FSPROGS_FAKE_TIME: '1800000000' }
  execFileSync(tool, args, { env, stdio: ['ignore', 'ignore', 'ignore'] })
}

/** @param {string} library @param {readonly string[]} args */
export function runStrata(library, args) {
  const program = inProject('out', 'cli', 'strata.js')
  const { code, stderr } = outputOf(process.execPath, [program, ...args, '--library', library])
  if (code !== 0) throw new SetupProblem(`strata ${args.join(' ')}: ${stderr}`)
}
