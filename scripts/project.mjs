// Where things lie in a clone. Node built-ins only: this works before anything is installed.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** @param {string[]} parts */
export const inProject = (...parts) => path.join(root, ...parts)

/** @param {string[]} parts the package's name, then a path inside it */
export const inPackage = (...parts) => inProject('node_modules', ...parts)

/** The program that Electron's own package names; throws where no Electron was set up. */
export function electronProgram() {
  const name = fs.readFileSync(inPackage('electron', 'path.txt'), 'utf8').trim()
  return inPackage('electron', 'dist', name)
}

/**
 * @returns {{ name: string, productName: string, version: string, description: string,
 *   author: string, homepage: string }}
 */
export const manifest = () => JSON.parse(fs.readFileSync(inProject('package.json'), 'utf8'))

/** @param {string} moduleUrl a script's import.meta.url; true when Node was started with it */
export const isProgram = (moduleUrl) =>
  process.argv[1] !== undefined && fs.realpathSync(process.argv[1]) === fileURLToPath(moduleUrl)
