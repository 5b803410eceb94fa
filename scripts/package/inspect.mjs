// What a package must be: its fuses as configured, its archive with what the app loads and nothing
// that it does not, and an app that starts.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { outputOf } from '../command.mjs'
import { canSandbox, onVirtualDisplay } from '../display.mjs'

/** @typedef {{ program: string, resources: string }} Package */

const ON = [
  FuseV1Options.EnableCookieEncryption,
  FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  FuseV1Options.OnlyLoadAppFromAsar,
]
const OFF = [
  FuseV1Options.RunAsNode,
  FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  FuseV1Options.EnableNodeCliInspectArguments,
  FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  FuseV1Options.GrantFileProtocolExtraPrivileges,
]

/** @param {Package} made */
export async function checkFuses({ program }) {
  const wire = await getCurrentFuseWire(program)
  for (const fuse of ON) assert.equal(wire[fuse], FuseState.ENABLE, FuseV1Options[fuse])
  for (const fuse of OFF) assert.equal(wire[fuse], FuseState.DISABLE, FuseV1Options[fuse])
}

/** @param {Package} made */
export function checkContents({ resources }) {
  const archive = path.join(resources, 'app.asar')
  const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'))
  for (const file of [
    '/out/main/main.js',
    '/out/main/engine-worker.js',
    '/out/main/block-worker.js',
    '/out/preload/preload.cjs',
    '/out/renderer/index.html',
  ]) {
    assert.ok(files.includes(file), `${file} is in app.asar`)
  }
  const foreign = `(?!${process.platform}-${process.arch}\\.node$)`
  const unwanted = new RegExp(
    `\\.(ts|tsx|map|cpp|c|h)$|^/(?!out|node_modules|package\\.json)|/prebuilds/${foreign}\\w`,
  )
  assert.deepEqual(
    files.filter((file) => unwanted.test(file)),
    [],
  )
  assert.ok(!fs.existsSync(path.join(resources, 'default_app.asar')), 'no default app')
  assert.ok(fs.existsSync(path.join(resources, 'THIRD-PARTY-LICENSES.md')), 'licences are told')
}

/** The packaged app runs the demo, which opens a library in its threads. @param {Package} made */
export function checkStart({ program }) {
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-package-'))
  try {
    const sandbox = canSandbox() ? [] : ['--no-sandbox']
    const args = [...sandbox, '--demo', `--user-data-dir=${profile}`]
    const [command, all] =
      process.platform === 'linux' ? onVirtualDisplay(program, args) : [program, args]
    const { code, stdout, stderr } = outputOf(command, all)
    assert.equal(code, 0, `the packaged app runs its demo: ${stdout}${stderr}`)
  } finally {
    fs.rmSync(profile, { recursive: true, force: true })
  }
}
