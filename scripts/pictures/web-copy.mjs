// For a picture: a volume of a snapshot that is loaded in parts, and waits.
import path from 'node:path'
import { runStrata } from './web-disk.mjs'

/**
 * @param {string} library that has the snapshot "sun"
 * @param {string} folder for what is read
 */
export function addWebCopy(library, folder) {
  /** @param {string} line */
  const strata = (line) => runStrata(library, line.split(' '))
  strata('volume create web-copy --snapshot sun --rate 100 --no-wait')
  strata('volume pause web-copy')
  for (const at of ['8MiB', '60MiB']) {
    const part = path.join(folder, `part-${at}`)
    strata(`volume read web-copy --at ${at} --length 12MiB --to ${part}`)
  }
}
