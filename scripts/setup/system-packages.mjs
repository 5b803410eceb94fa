// What Electron, the tests, the benchmark and packaging need of the system: one apt-get for all.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isInstalled, outputOf, run, SetupProblem } from '../command.mjs'
import { hasDisplay, isRoot } from '../display.mjs'
import { electronProgram } from '../project.mjs'
import { needsCompiler } from './sqlite.mjs'

/** @typedef {'cli' | 'app' | 'test' | 'bench' | 'package'} Purpose */

/** @param {Purpose} purpose */
export const needsElectron = (purpose) => purpose !== 'cli' && purpose !== 'bench'

/**
 * @param {readonly Purpose[]} purposes
 * @param {(line: string) => void} say
 */
export function installSystemPackages(purposes, say) {
  if (process.platform !== 'linux') return
  const missing = missingPackages(purposes)
  if (missing.length === 0) return
  if (!fs.existsSync('/etc/debian_version')) {
    throw new SetupProblem(
      `something is missing here that Debian's packages ${missing.join(', ')} bring; ` +
        `please install what your system calls them`,
    )
  }
  if (!isRoot()) {
    const names = missing.map(currentName).join(' ')
    throw new SetupProblem(
      `system packages are missing. Please run:\n  sudo apt-get install ${names}`,
    )
  }
  say(`installing system packages: ${missing.join(' ')}`)
  const log = path.join(os.tmpdir(), `strata-apt-${process.pid}.log`)
  apt(['update'], log)
  apt(['install', '-y', '--no-install-recommends', ...missing.map(currentName)], log)
  fs.rmSync(log)
}

/** The last word, once Electron is there: every library that it links to is found. */
export function checkLibraries() {
  if (process.platform !== 'linux') return
  const { stdout } = outputOf('ldd', [electronProgram()])
  const missing = [...stdout.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name)
  if (missing.length > 0) {
    throw new SetupProblem(`Electron cannot start without these libraries: ${missing.join(', ')}`)
  }
}

/** A library that Electron links to, and its package; the rest come as that package's own needs. */
const LIBRARIES = {
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnss3.so': 'libnss3',
  'libasound.so.2': 'libasound2',
  'libgbm.so.1': 'libgbm1',
}

/** @type {Record<Purpose, Record<string, string>>} by command, the package that has it */
const COMMANDS = {
  cli: {},
  app: {},
  test: {
    strace: 'strace',
    'mkfs.ext4': 'e2fsprogs',
    fallocate: 'util-linux',
    unshare: 'util-linux',
  },
  bench: {
    'mkfs.ext4': 'e2fsprogs',
    restic: 'restic',
    borg: 'borgbackup',
    time: 'time',
    openssl: 'openssl',
  },
  package: { xz: 'xz-utils' },
}

/** @param {readonly Purpose[]} purposes */
function missingPackages(purposes) {
  const missing = purposes.some(needsElectron) ? missingForElectron() : []
  for (const purpose of purposes) {
    for (const [command, name] of Object.entries(COMMANDS[purpose])) {
      if (!isInstalled(command)) missing.push(name)
    }
  }
  // Tests and packaging never open their windows on somebody's screen.
  const isUnseen = purposes.includes('test') || purposes.includes('package')
  if (isUnseen || (purposes.includes('app') && !hasDisplay())) {
    if (!isInstalled('xvfb-run')) missing.push('xvfb')
    if (!isInstalled('xauth')) missing.push('xauth')
  }
  if (needsCompiler() && !(isInstalled('g++') && isInstalled('gcc'))) missing.push('g++')
  return [...new Set(missing)]
}

function missingForElectron() {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` }
  const { stdout: known } = outputOf('ldconfig', ['-p'], { env })
  return Object.entries(LIBRARIES)
    .filter(([library]) => !known.includes(`\t${library} `))
    .map(([, name]) => name)
}

/** Debian 13 and Ubuntu 24.04 call some libraries NAMEt64. @param {string} name */
function currentName(name) {
  const renamed = `${name}t64`
  return outputOf('apt-cache', ['show', renamed]).code === 0 ? renamed : name
}

/** @param {string[]} args @param {string} log */
function apt(args, log) {
  const out = fs.openSync(log, 'a')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const code = run('apt-get', ['-q', ...args], { env, stdio: ['ignore', out, out] })
  fs.closeSync(out)
  if (code !== 0) throw new SetupProblem(`apt-get ${args[0]}: exit code ${code}; see ${log}`)
}
