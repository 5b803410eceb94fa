import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { Random } from '../lineage/testing/random.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import { deedCalled } from './all-deeds.ts'
import { buildDriver } from './build-driver.ts'
import { subjectOf } from './crash-points.ts'
import { LoopDisk } from './loop-disk.ts'
import { missingForCrashes, missingForLoopDisks } from './needs.ts'
import { runStepped } from './stepped-process.ts'

/*
 * The library lies on an ext4 disk that is a file. What was not synced is not in that file: a copy
 * of it, taken while the program stands still at some call, is what a power cut leaves.
 */
const missing = missingForCrashes() ?? missingForLoopDisks()
if (missing !== null) console.log(`power cuts are skipped: ${missing}`)
const DISK_BYTES = 64 * 2 ** 20
const CUTS_PER_DEED = 3
const DEEDS = [
  'import --copy',
  'first snapshot',
  'incremental snapshot',
  'reclaim by repacking',
  'incremental copy to a region',
]

/** Set STRATA_SEED to the seed of a failure to see it again. */
const seed = Number(process.env.STRATA_SEED ?? Date.now() % 2 ** 31)

let driver: string
beforeAll(async () => {
  if (missing === null) driver = await buildDriver()
})

describe.skipIf(missing !== null)('the power is cut', () => {
  test.each(DEEDS)('at random moments of: %s', async (name) => {
    const random = new Random(seed)
    const work = tempFolder()
    const disk = LoopDisk.make(join(work, 'disk'), join(work, 'mnt'), DISK_BYTES)
    onTestFinished(() => disk.end())
    const subject = await subjectOf(deedCalled(name), work, join(disk.folder, 'run'))
    const run = (onCall: Parameters<typeof runStepped>[3]) => {
      subject.begin()
      // The library as it was is on the disk: it was acknowledged before.
      execFileSync('sync', ['-f', disk.folder])
      return runStepped(driver, subject.args, subject.folder, onCall)
    }
    let callCount = 0
    await run(async ({ number }) => {
      callCount = number
      return 'go on'
    })
    const cuts = new Set(Array.from({ length: CUTS_PER_DEED }, () => 1 + random.below(callCount)))
    let wasCutAfterAck = false
    const lost: string[] = []
    await run(async ({ number, text, isAcked }) => {
      // And once just after it was acknowledged: from then on it has to be there.
      const isFirstAfterAck = isAcked && !wasCutAfterAck
      if (!cuts.has(number) && !isFirstAfterAck) return 'go on'
      wasCutAfterAck ||= isAcked
      const left = disk.afterPowerCut(join(work, 'cut'), join(work, 'cut-mnt'))
      const folder = join(left.folder, 'run')
      try {
        const problems = await subject.problems({ folder, isAcked })
        if (problems.length > 0) lost.push(`after ${text}: ${problems.join('; ')}`)
      } finally {
        left.end()
      }
      return 'go on'
    })
    expect(lost, `STRATA_SEED=${seed}`).toEqual([])
    expect(wasCutAfterAck).toBe(true)
  })
})
