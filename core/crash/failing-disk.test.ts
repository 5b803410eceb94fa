import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { tempFolder } from '../testing/temp-folder.ts'
import { deedCalled } from './all-deeds.ts'
import { buildDriver } from './build-driver.ts'
import { subjectOf } from './crash-points.ts'
import { missingForCrashes } from './needs.ts'

/*
 * The disk answers with an error at one call after the other (strace makes the answer up), once or
 * from then on. A failed sync must not be taken for a success: nothing that it was for is
 * acknowledged.
 */
const missing = missingForCrashes()
let driver: string
beforeAll(async () => {
  if (missing === null) driver = await buildDriver()
})

/** What a person is told then; anything else would be a defect that got through. */
const TOLD = /DISK_FULL|FILE_UNWRITABLE|LIBRARY_DAMAGED/
/** Calls of one thread that are tried; beyond that a run has none left to fail. */
const MAX_CALLS = 60

/** Runs the driver while calls of these kinds fail, from the `when`th of each thread on. */
async function runFailing(
  args: readonly string[],
  calls: string,
  error: string,
  when: string,
): Promise<{ isAcked: boolean; failed: boolean; wasHit: boolean; text: string }> {
  const inject = `inject=${calls}:error=${error}:when=${when}`
  const child = spawn(
    'strace',
    ['-f', '-qq', '-o', '|exec cat >&3', '-e', `trace=${calls}`, '-e', inject].concat(
      process.execPath,
      driver,
      args,
    ),
    { stdio: ['ignore', 'pipe', 'pipe', 'pipe'], env: { ...process.env, UV_THREADPOOL_SIZE: '1' } },
  )
  const texts = ['', '', '']
  for (const [i, stream] of child.stdio.slice(1).entries()) {
    stream?.on('data', (part) => {
      texts[i] += part
    })
  }
  const [code] = (await once(child, 'close')) as [number | null]
  const [out = '', complaints = '', trace = ''] = texts
  return {
    isAcked: out.includes('acked'),
    failed: code !== 0,
    wasHit: trace.includes('(INJECTED)'),
    text: complaints,
  }
}

describe.skipIf(missing !== null)('the disk fails', () => {
  test.each([
    ['fdatasync', 'EIO', '', 'incremental snapshot'],
    ['fsync', 'EIO', '', 'incremental snapshot'],
    ['fdatasync', 'EIO', '', 'import --copy'],
    ['fdatasync,fsync', 'EIO', '+', 'restore'],
    ['pwrite64,pwritev', 'EIO', '+', 'incremental snapshot'],
    ['pwrite64,pwritev', 'ENOSPC', '+', 'incremental snapshot'],
    ['pwrite64,pwritev', 'ENOSPC', '', 'delete'],
    ['pwrite64', 'ENOSPC', '+', 'restore'],
  ])('%s answers %s%s during: %s', async (calls, error, ever, name) => {
    const work = tempFolder()
    const subject = await subjectOf(deedCalled(name), work, join(work, 'run'))
    for (let at = 1; at <= MAX_CALLS; at += at < 6 ? 1 : 4) {
      subject.begin()
      const run = await runFailing(subject.args, calls, error, `${at}${ever}`)
      const where = `${error} at ${calls} ${at}${ever}: ${run.text}`
      if (run.failed) expect(run.text, where).toMatch(TOLD)
      else expect(run.isAcked, where).toBe(true)
      const { isAcked } = run
      expect(await subject.problems({ folder: subject.folder, isAcked }), where).toEqual([])
      if (!run.wasHit) return
    }
  })
})
