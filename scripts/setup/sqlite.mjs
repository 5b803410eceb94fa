// better-sqlite3 ships a binary for Node-API 10. Node 20 and Electrons before 36 have 9 and crash
// on it, so for them it is compiled here; the package prefers build/Release to what it ships.
import { spawn } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { SetupProblem, TO_STDERR } from '../command.mjs'
import { inPackage } from '../project.mjs'
import { cached } from './cache.mjs'

/** Whether this Node loads the shipped binary. */
export const usesShippedSqlite = () => Number(process.versions.napi) >= 10

/** Before anything is installed: will this Node need a compiler? */
export const needsCompiler = () => !usesShippedSqlite() && !fs.existsSync(built())

/** @param {(line: string) => void} say */
export async function buildSqlite(say) {
  if (fs.existsSync(built())) return
  if (process.platform !== 'linux') {
    throw new SetupProblem(`please use Node 22 or newer (this is ${process.version})`)
  }
  const folder = await cached(cacheName(), async (unfinished) => {
    say('better-sqlite3: compiling, about a minute, once per machine')
    await compile(unfinished)
  })
  fs.mkdirSync(path.dirname(built()), { recursive: true })
  fs.copyFileSync(path.join(folder, BINARY), `${built()}.part`)
  fs.renameSync(`${built()}.part`, built())
  say('better-sqlite3: ready')
}

const BINARY = 'better_sqlite3.node'
const built = () => inPackage('better-sqlite3', 'build', 'Release', BINARY)

// Not -O3, nor link-time optimisation: they double the minute and bring nothing measurable.
const FLAGS = ['-O2', '-fPIC', '-w', '-DNDEBUG']
const C_FLAGS = ['-std=c99', ...FLAGS]
const CPP_FLAGS = [
  '-std=c++20',
  ...FLAGS,
  '-fvisibility=hidden',
  '-fvisibility-inlines-hidden',
  // Instead of NAPI_VERSION=10: what it uses of 10 is in 9 under this name.
  '-DNAPI_EXPERIMENTAL',
  '-DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT', // finalizers as in the stable versions
  '-DNAPI_DISABLE_CPP_EXCEPTIONS',
  '-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
]
const LINK_FLAGS = ['-shared', '-s', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL']
const LIBRARIES = ['-ldl', '-lpthread', '-lm']

function cacheName() {
  const { version } = JSON.parse(fs.readFileSync(inPackage('better-sqlite3/package.json'), 'utf8'))
  const { modules } = process.versions
  const recipe = [version, modules, process.arch, ...C_FLAGS, ...CPP_FLAGS, ...LINK_FLAGS]
  const key = crypto.createHash('sha256').update(recipe.join(' ')).digest('hex').slice(0, 12)
  return `better-sqlite3-${version}-${key}`
}

/** @param {string} folder */
async function compile(folder) {
  const sqlite = inPackage('better-sqlite3', 'deps', 'sqlite3')
  const objects = ['sqlite3.o', 'addon.o'].map((name) => path.join(folder, name))
  const [sqliteObject, addonObject] = /** @type {[string, string]} */ (objects)
  const includes = [nodeHeaders(), addonHeaders(), sqlite].map((include) => `-I${include}`)
  const addon = inPackage('better-sqlite3', 'src', 'better_sqlite3.cpp')
  await Promise.all([
    compiler('gcc', [
      ...C_FLAGS,
      ...sqliteOptions(),
      '-c',
      path.join(sqlite, 'sqlite3.c'),
      '-o',
      sqliteObject,
    ]),
    compiler('g++', [...CPP_FLAGS, ...includes, '-c', addon, '-o', addonObject]),
  ])
  const binary = path.join(folder, BINARY)
  await compiler('g++', [...LINK_FLAGS, '-o', binary, addonObject, sqliteObject, ...LIBRARIES])
  for (const object of objects) fs.rmSync(object)
}

/** The options that better-sqlite3's own build would give to SQLite. */
function sqliteOptions() {
  const list = fs.readFileSync(inPackage('better-sqlite3', 'deps', 'defines.gypi'), 'utf8')
  return [...list.matchAll(/^\s*'([A-Z0-9_]+(?:=[-\w]+)?)',?$/gm)].map(([, name]) => `-D${name}`)
}

/** This Node's own: those of the node-api-headers package compile but fail at load. */
function nodeHeaders() {
  const folder = path.resolve(process.execPath, '../../include/node')
  if (fs.existsSync(path.join(folder, 'node_api.h'))) return folder
  throw new SetupProblem(
    `${folder} has no node_api.h. Please install Node with its headers, or Node 22 or newer.`,
  )
}

function addonHeaders() {
  const { resolve } = createRequire(inPackage('better-sqlite3', 'package.json'))
  return path.dirname(resolve('node-addon-api/package.json'))
}

/** @param {string} command @param {string[]} args @returns {Promise<void>} */
function compiler(command, args) {
  return new Promise((done, failed) => {
    spawn(command, args, { stdio: TO_STDERR })
      .on('error', (cause) => failed(new SetupProblem(`cannot run ${command}: ${cause.message}`)))
      .on('exit', (code) => {
        if (code === 0) done()
        else failed(new SetupProblem(`${command} ended with ${code}; better-sqlite3 is not built`))
      })
  })
}
