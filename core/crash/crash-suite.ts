import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { buildDriver } from './build-driver.ts'
import { type Crashes, crashEverywhere } from './crash-points.ts'
import type { Deed } from './deed.ts'
import { Lanes } from './lanes.ts'
import { missingForCrashes } from './needs.ts'

/** As many as the machine is likely to have cores; each of them is a process and its observer. */
const LANE_COUNT = 2
/** Tests wait for a lane, and the machine may be busy: minutes become half an hour. */
const DEADLINE_MS = 30 * 60_000

export type CrashSuite = {
  /** @param run crashes something everywhere, in a folder of its own */
  crash(name: string, run: (driver: string, workFolder: string) => Promise<Crashes>): void
  /** @param step only every so many writes of each, from a random one on */
  crashEach(deeds: readonly Deed[], step?: number): void
}

/** Processes killed after their writes to the disk; what that came to is counted in the tally. */
export function crashSuite(fill: (suite: CrashSuite) => void): void {
  const isMissing = missingForCrashes() !== null
  const lanes = new Lanes(LANE_COUNT)
  let driver: string
  let folder: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'strata-crash-'))
    if (!isMissing) driver = await buildDriver()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const crash: CrashSuite['crash'] = (name, run) =>
    test(name, async () => {
      const crashes = await lanes.take(() => run(driver, join(folder, name.replaceAll(' ', '-'))))
      appendFileSync(inject('crashTally'), `${JSON.stringify(crashes)}\n`)
      expect(crashes.lost).toEqual([])
      expect(crashes.pointCount).toBeGreaterThan(0)
    })

  describe
    .skipIf(isMissing)
    .concurrent('killed after every write to the disk', { timeout: DEADLINE_MS }, () => {
      fill({
        crash,
        crashEach: (deeds, step) => {
          for (const deed of deeds) {
            crash(deed.name, (made, work) => crashEverywhere(made, deed, work, step))
          }
        },
      })
    })
}
