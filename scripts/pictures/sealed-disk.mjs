// A library for a picture: volumes under keys in several states.
import fs from 'node:fs'
import path from 'node:path'
import { runStrata } from './web-disk.mjs'

export const PASSPHRASE = 'correct horse battery staple'

/**
 * @param {string} folder where the library is made
 * @returns {string} the library
 */
export function makeSealedDisk(folder) {
  const library = path.join(folder, 'Sealed.strata')
  const secret = path.join(folder, 'passphrase')
  fs.writeFileSync(secret, PASSPHRASE)
  /** @param {string} line */
  const strata = (line) => runStrata(library, [...line.split(' '), '--passphrase-file', secret])
  strata(`init ${library}`)
  for (const key of ['backups', 'payroll', 'web-2025']) strata(`key create ${key}`)
  strata('volume create web --size 24MiB --encrypted --key backups')
  strata('volume write web --fill a --at 0 --length 14MiB')
  strata('snapshot create web --name mon')
  strata('volume write web --fill b --at 6MiB --length 4MiB')
  strata('snapshot create web --name tue')
  strata('snapshot copy mon --to-region local --encrypted --key web-2025 --name mon-2025')
  strata('volume write web --fill c --at 12MiB --length 6MiB')
  strata('snapshot create web --name wed')
  strata('volume create payroll --size 8MiB --encrypted --key payroll')
  strata('volume write payroll --fill d --at 0 --length 2MiB')
  strata('snapshot create payroll --name q3')
  strata('volume create plain --size 8MiB')
  strata('volume write plain --fill e --at 0 --length 3MiB')
  strata('key default backups')
  strata('key disable web-2025')
  strata('key schedule-deletion payroll --days 9')
  return library
}
