// Whether what was built is of the sources that are there: by their names, sizes and times.
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { inProject } from '../project.mjs'

/**
 * @param {string} piece
 * @param {readonly string[]} sources files and folders of the project
 */
export function isFresh(piece, sources) {
  const fingerprint = fingerprintOf(sources)
  const stamp = stampOf(piece)
  return { fingerprint, fresh: fs.existsSync(stamp) && read(stamp) === fingerprint }
}

/** @param {string} piece @param {string} fingerprint of before the build */
export const markFresh = (piece, fingerprint) => fs.writeFileSync(stampOf(piece), fingerprint)

/** @param {string} piece */
const stampOf = (piece) => inProject('out', `.${piece}-built`)

/** @param {string} file */
const read = (file) => fs.readFileSync(file, 'utf8')

/** @param {readonly string[]} sources */
function fingerprintOf(sources) {
  const hash = crypto.createHash('sha256')
  for (const file of sources.flatMap((source) => filesOf(inProject(source)))) {
    const { size, mtimeMs } = fs.statSync(file)
    hash.update(`${file}\n${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/** Without tests, which are in no build. @param {string} at @returns {string[]} */
function filesOf(at) {
  if (!fs.existsSync(at)) return []
  if (!fs.statSync(at).isDirectory()) return [at]
  return fs
    .readdirSync(at, { withFileTypes: true })
    .filter(({ name }) => !/\.(test|spec)\.tsx?$/.test(name))
    .flatMap(({ name }) => filesOf(path.join(at, name)))
}
