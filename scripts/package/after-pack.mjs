// electron-builder copies the Electron at hand whole: what only development needs goes.
import fs from 'node:fs'
import path from 'node:path'

/** @param {{ appOutDir: string }} context of electron-builder's afterPack */
export default function afterPack({ appOutDir }) {
  for (const file of ['resources/default_app.asar', 'version']) {
    fs.rmSync(path.join(appOutDir, file), { force: true })
  }
}
