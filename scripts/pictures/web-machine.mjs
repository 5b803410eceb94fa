// A library for a picture: an instance with two volumes, an image of it, and one launched from that.
import path from 'node:path'
import { runStrata } from './web-disk.mjs'

/**
 * @param {string} folder where the library is made
 * @returns {string} the library
 */
export function makeWebMachine(folder) {
  const library = path.join(folder, 'Machines.strata')
  /** @param {string} line */
  const strata = (line) => runStrata(library, line.split(' '))
  strata(`init ${library}`)
  strata('volume create system --size 12GiB')
  strata('volume write system --fill a --at 0 --length 6GiB')
  strata('snapshot create system --name A')
  strata('volume write system --fill b --at 4GiB --length 3GiB')
  strata('volume create data --size 20GiB')
  strata('volume write data --fill c --at 0 --length 9GiB')
  strata('instance create web --type t3.large')
  strata('instance attach web system /dev/sda1 --root')
  strata('instance attach web data /dev/sdf')
  strata('image create web --name web-1.0')
  strata('volume write system --fill d --at 0 --length 1GiB')
  strata('snapshot create system --name C')
  strata('image launch web-1.0 --name web-2')
  return library
}
