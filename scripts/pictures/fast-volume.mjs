// A library for a picture: three snapshots, the last of which makes volumes that are there at once.
import path from 'node:path'
import { runStrata } from './web-disk.mjs'

/**
 * @param {string} folder where the library is made
 * @returns {string} the library
 */
export function makeFastVolume(folder) {
  const library = path.join(folder, 'Fast.strata')
  /** @param {string} line */
  const strata = (line) => runStrata(library, line.split(' '))
  strata(`init ${library}`)
  // Small: EBS takes an hour for each TiB to get ready.
  strata('volume create web --size 1536MiB')
  strata('volume write web --fill a --at 0 --length 1GiB')
  strata('snapshot create web --name A')
  strata('volume write web --fill b --at 640MiB --length 384MiB')
  strata('snapshot create web --name B')
  strata('volume write web --fill c --at 1GiB --length 192MiB')
  strata('snapshot create web --name C')
  strata('snapshot fast-restore C --on')
  return library
}
