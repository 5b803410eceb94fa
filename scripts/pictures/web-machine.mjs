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

/**
 * Snapshots of which each is kept by something else, and one in the Recycle Bin.
 * @param {string} folder where the library is made
 * @returns {string} the library
 */
export function makeKept(folder) {
  const library = path.join(folder, 'Kept.strata')
  /** @param {string} line */
  const strata = (line) => runStrata(library, line.split(' '))
  strata(`init ${library}`)
  strata('account add 444455556666 --name partner')
  strata('account add 777788889999 --name auditor')
  strata('volume create web --size 12GiB')
  strata('volume write web --fill a --at 0 --length 6GiB')
  strata('snapshot create web --name A')
  strata('volume write web --fill b --at 4GiB --length 3GiB')
  strata('snapshot create web --name B --tag Team=ops')
  strata('volume write web --fill c --at 6GiB --length 2GiB')
  strata('snapshot create web --name C')
  strata('volume write web --fill d --at 8GiB --length 1GiB')
  strata('snapshot create web --name D')
  strata('snapshot lock A --mode governance --days 30')
  strata('snapshot lock B --mode compliance --days 365 --cool-off 24')
  strata('snapshot archive B')
  strata('snapshot share C --add 444455556666')
  strata('bin rules add --days 7')
  strata('snapshot delete D')
  return library
}
