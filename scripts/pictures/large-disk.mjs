// A library for a picture: a disk whose first snapshot takes long enough to be seen being taken.
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { runStrata } from './web-disk.mjs'

const MIB = 2 ** 20
const DISK_MIB = 1_280

/**
 * @param {string} folder where the image and the library are made
 * @returns {string} the library
 */
export function makeLargeDisk(folder) {
  const library = path.join(folder, 'Large.strata')
  const image = path.join(folder, 'disk.img')
  const file = fs.openSync(image, 'w')
  // Noise: nothing of it is skipped or packed.
  for (let mib = 0; mib < DISK_MIB; mib += 1) fs.writeSync(file, crypto.randomBytes(MIB))
  fs.closeSync(file)
  runStrata(library, ['init', library])
  runStrata(library, ['volume', 'import', image, '--name', 'disk'])
  return library
}
