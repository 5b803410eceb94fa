// Builds out/, piece by piece, each only when one of its sources changed.
// A piece is made beside the old one and then takes its place, so that whoever runs the old one
// is not left with half of it.
import fs from 'node:fs'
import path from 'node:path'
import { isFresh, markFresh } from './build/freshness.mjs'
import { runNode, SetupProblem } from './command.mjs'
import { inPackage, inProject } from './project.mjs'

/** The desktop app: out/main, out/preload, out/renderer. */
export async function buildApp() {
  const sources = ['core', 'electron', 'renderer', 'package.json', 'electron.vite.config.ts']
  await buildPiece('app', sources, ['main', 'preload', 'renderer'], (folder) => {
    const electronVite = inPackage('electron-vite', 'bin', 'electron-vite.js')
    const code = runNode([electronVite, 'build', '--logLevel', 'warn'], {
      env: { ...process.env, STRATA_BUILD_TO: folder },
    })
    if (code !== 0) throw new SetupProblem('the app cannot be built')
  })
}

/** The `strata` command: out/cli. */
export const buildCommandLine = () => buildProgram('cli', 'strata', 'cli/strata.ts')

/** The benchmark: out/bench. */
export const buildBenchmark = () => buildProgram('bench', 'run', 'bench/run.ts')

/** @param {string} piece @param {string} name @param {string} entry */
async function buildProgram(piece, name, entry) {
  await buildPiece(
    piece,
    ['core', path.dirname(entry), 'package.json'],
    [piece],
    async (folder) => {
      // Imported late: a fresh build starts without loading the bundler.
      const { bundleProgram } = await import('./build/program.mjs')
      await bundleProgram(name, entry, path.join(folder, piece))
    },
  )
}

/**
 * @param {string} piece
 * @param {readonly string[]} sources
 * @param {readonly string[]} folders what it makes, below out/
 * @param {(folder: string) => void | Promise<void>} make
 */
async function buildPiece(piece, sources, folders, make) {
  const inputs = [...sources, 'package-lock.json', 'scripts/build.mjs', 'scripts/build']
  const { fingerprint, fresh } = isFresh(piece, inputs)
  if (fresh && folders.every((folder) => fs.existsSync(inProject('out', folder)))) return
  fs.mkdirSync(inProject('out'), { recursive: true })
  const unfinished = fs.mkdtempSync(inProject('out', `.${piece}-`))
  try {
    await make(unfinished)
    for (const folder of folders) {
      fs.chmodSync(path.join(unfinished, folder), 0o755)
      replace(path.join(unfinished, folder), inProject('out', folder))
    }
    markFresh(piece, fingerprint)
  } finally {
    fs.rmSync(unfinished, { recursive: true, force: true })
  }
}

/** @param {string} made @param {string} place */
function replace(made, place) {
  if (fs.existsSync(place)) fs.renameSync(place, `${made}.old`)
  fs.renameSync(made, place)
}
