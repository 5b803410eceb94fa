// A library for pictures: a chain that was copied to another region, and a policy that goes on with it.
import path from 'node:path'
import { runStrata } from './web-disk.mjs'

/**
 * @param {string} folder where the library is made
 * @returns {string} the library
 */
export function makeFarCopies(folder) {
  const library = path.join(folder, 'Copies.strata')
  /** @param {readonly string[]} words */
  const strata = (...words) => runStrata(library, words)
  strata('init', library)
  strata('region', 'add', 'eu-west-1')
  strata('volume', 'create', 'web', '--size', '12GiB')
  const steps = [
    { name: 'A', at: '0', length: '6GiB' },
    { name: 'B', at: '4GiB', length: '3GiB' },
    { name: 'C', at: '6GiB', length: '2GiB' },
  ]
  for (const { name, at, length } of steps) {
    strata('volume', 'write', 'web', '--fill', name, '--at', at, '--length', length)
    strata('snapshot', 'create', 'web', '--name', name)
    if (name !== 'A') strata('snapshot', 'copy', name, '--to-region', 'eu-west-1')
  }
  strata('tag', 'set', 'web', 'Backup=yes')
  const schedules = [
    'daily: every 24h at 03:00, keep 7',
    'monthly: cron(0 3 1 * ? *), keep 12',
  ].flatMap((schedule) => ['--schedule', schedule])
  strata('policy', 'create', 'nightly', '--target', 'Backup=yes', ...schedules)
  return library
}
