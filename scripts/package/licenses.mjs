// The licences of everything that a package carries besides Electron, which brings its own files.
import fs from 'node:fs'
import path from 'node:path'
import { SetupProblem } from '../command.mjs'
import { inPackage, inProject } from '../project.mjs'

/** Those that allow what the MIT License allows, as long as their text goes along. */
const COMPATIBLE = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'OFL-1.1']

const NO_TEXT = 'The package names this licence without a text of its own.'

/** @typedef {{ name: string, version: string, identifier?: string, text?: string }} License */

/** @param {string} file */
export function writeLicenses(file) {
  const licenses = [...bundled(), unbundled('better-sqlite3')]
  const byName = new Map(licenses.map((license) => [`${license.name} ${license.version}`, license]))
  for (const [name, { identifier }] of byName) {
    if (isCompatible(identifier)) continue
    throw new SetupProblem(`${name}: its licence (${identifier ?? 'unnamed'}) is not cleared yet`)
  }
  const chapters = [...byName.keys()].sort().map((name) => {
    const { identifier, text } = /** @type {License} */ (byName.get(name))
    return `## ${name} (${identifier})\n\n${text ?? NO_TEXT}\n`
  })
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, `# Licences of what Strata is made with\n\n${chapters.join('\n')}`)
}

/** @param {string | undefined} identifier as in SPDX: `MIT`, `MIT AND BSD-3-Clause` */
const isCompatible = (identifier = '') =>
  identifier
    .replaceAll(/[()]/g, '')
    .split(' AND ')
    .every((all) => all.split(' OR ').some((one) => COMPATIBLE.includes(one)))

/** What the bundler put into the app. @returns {License[]} */
const bundled = () =>
  ['main', 'preload', 'renderer'].flatMap((piece) =>
    JSON.parse(fs.readFileSync(inProject('out', piece, 'licenses.json'), 'utf8')),
  )

/** @param {string} name @returns {License} */
function unbundled(name) {
  const { version, license } = JSON.parse(fs.readFileSync(inPackage(name, 'package.json'), 'utf8'))
  const text = fs.readFileSync(inPackage(name, 'LICENSE'), 'utf8').trim()
  return { name, version, identifier: license, text }
}
