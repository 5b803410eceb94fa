import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { tempFolder } from '../testing/temp-folder.ts'
import { deedCalled } from './all-deeds.ts'
import { buildDriver } from './build-driver.ts'
import { subjectOf } from './crash-points.ts'
import { missingForCrashes } from './needs.ts'
import { runStepped } from './stepped-process.ts'

/*
 * What makes a power cut harmless is the order in which things reach the disk. It is read off the
 * system calls of a whole run.
 */
const missing = missingForCrashes()
let driver: string
beforeAll(async () => {
  if (missing === null) driver = await buildDriver()
})

/** One letter a call: what was done to which kind of file. */
const KINDS: readonly [kind: string, call: RegExp][] = [
  ['write block', /^p?writev?(64)?\([^"]*\.seg>/],
  ['sync block', /^fdatasync\([^)]*\.seg>/],
  ['sync segments', /^fsync\([^)]*\/segments>/],
  ['remove block', /^unlink(at)?\(.*\.seg"/],
  ['write catalog', /^pwrite64\([^"]*catalog\.sqlite-wal>/],
  ['sync catalog', /^f(data)?sync\([^)]*catalog\.sqlite-wal>/],
  ['write target', /^p?writev?(64)?\([^"]*\.partial>/],
  ['sync target', /^fdatasync\([^)]*\.partial>/],
  ['name target', /^(link|rename)(at2?)?\(.*\.partial".*out\.img"/],
  ['sync folder', /^fsync\([^)]*\/run>/],
]

/** What a deed does to the disk until it is acknowledged, without what is of no interest here. */
async function orderOf(name: string): Promise<string[]> {
  const workFolder = tempFolder()
  const subject = await subjectOf(deedCalled(name), workFolder, join(workFolder, 'run'))
  subject.begin()
  const order: string[] = []
  await runStepped(driver, subject.args, subject.folder, async ({ text, isAcked }) => {
    const kind = KINDS.find(([, pattern]) => pattern.test(text))?.[0]
    if (kind !== undefined && !isAcked && kind !== order.at(-1)) order.push(kind)
    return 'go on'
  })
  return order
}

const from = (order: readonly string[], first: string) => order.slice(order.indexOf(first))

describe.skipIf(missing !== null)('what reaches the disk, and in which order', () => {
  test('a snapshot: blocks, their folder, then the catalog', async () => {
    const order = await orderOf('incremental snapshot')
    expect(from(order, 'write block')).toEqual([
      ...['write block', 'sync block', 'sync segments'],
      ...['write catalog', 'sync catalog'],
    ])
  })

  test('a deletion: nothing but the catalog', async () => {
    // Twice: the log of the catalog begins with a header that is synced on its own.
    expect(new Set(await orderOf('delete'))).toEqual(new Set(['write catalog', 'sync catalog']))
  })

  test('a reclaim: the catalog forgets a segment before it goes', async () => {
    const order = await orderOf('reclaim by unlinking')
    expect(order.filter((kind) => kind === 'remove block')).toHaveLength(1)
    expect(order.slice(0, order.indexOf('remove block')).slice(-2)).toEqual([
      'write catalog',
      'sync catalog',
    ])
  })

  test('a repacking: new blocks, their folder, the catalog, and only then the old go', async () => {
    const order = await orderOf('reclaim by repacking')
    const repacking = from(order, 'write block')
    expect(repacking.slice(0, 6)).toEqual([
      ...['write block', 'sync block', 'sync segments'],
      ...['write catalog', 'sync catalog', 'remove block'],
    ])
  })

  test('a restore: the bytes, the name, the folder', async () => {
    const order = await orderOf('restore')
    expect(from(order, 'write target').slice(0, 4)).toEqual([
      ...['write target', 'sync target', 'name target', 'sync folder'],
    ])
  })
})
