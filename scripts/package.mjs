#!/usr/bin/env node
// `npm run package`: the app as people install it, in dist/. On Linux without any network.
import fs from 'node:fs'
import { buildApp } from './build.mjs'
import { mustRun, runMain } from './command.mjs'
import { checkContents, checkFuses, checkStart } from './package/inspect.mjs'
import { writeLicenses } from './package/licenses.mjs'
import { makeDebianPackage, makeTarball } from './package/linux-archives.mjs'
import { inPackage, inProject, manifest } from './project.mjs'
import { isFallbackElectron } from './setup/electron.mjs'
import { setUp } from './setup.mjs'

await runMain('package', async () => {
  await setUp(['package'])
  await buildApp()
  fs.rmSync(inProject('dist'), { recursive: true, force: true })
  writeLicenses(inProject('dist', 'THIRD-PARTY-LICENSES.md'))
  pack()
  const made = unpackedApp()
  await checkFuses(made)
  checkContents(made)
  checkStart(made)
  if (process.platform === 'linux') {
    console.log('[package] .tar.gz and .deb')
    makeTarball()
    makeDebianPackage()
  }
  tell()
})

function pack() {
  const platform =
    process.platform === 'darwin' ? '--mac' : process.platform === 'win32' ? '--win' : '--linux'
  mustRun(process.execPath, [
    inPackage('electron-builder', 'cli.js'),
    platform,
    '-c.electronDist=node_modules/electron/dist',
    '--publish',
    'never', // otherwise it publishes by itself where CI is set
  ])
}

/** @returns {import('./package/inspect.mjs').Package} */
function unpackedApp() {
  const { name, productName } = manifest()
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`
  if (process.platform === 'darwin') {
    const contents = inProject('dist', `mac${arch}`, `${productName}.app`, 'Contents')
    return { program: `${contents}/MacOS/${productName}`, resources: `${contents}/Resources` }
  }
  const folder =
    process.platform === 'win32'
      ? inProject('dist', `win${arch}-unpacked`)
      : inProject('dist', `linux${arch}-unpacked`)
  const program = process.platform === 'win32' ? `${productName}.exe` : name
  return { program: `${folder}/${program}`, resources: `${folder}/resources` }
}

function tell() {
  console.log(`\n[package] dist/: ${fs.readdirSync(inProject('dist')).join('  ')}`)
  if (isFallbackElectron()) {
    console.log(
      '[package] NOT FOR RELEASE: this Electron is the old one from the npm registry. A release ' +
        "needs Electron's official download.",
    )
  }
}
