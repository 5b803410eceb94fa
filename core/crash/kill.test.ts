import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { combinedDeeds, coreDeeds, deedCalled, worldDeeds } from './all-deeds.ts'
import { buildDriver } from './build-driver.ts'
import { type Crashes, crashCreating, crashEverywhere, crashRecovering } from './crash-points.ts'
import { Lanes } from './lanes.ts'
import { missingForCrashes } from './needs.ts'

const missing = missingForCrashes()
/** As many as the machine is likely to have cores; each of them is a process and its observer. */
const lanes = new Lanes(2)
/** Tests wait for a lane, and the machine may be busy: minutes become half an hour. */
const DEADLINE_MS = 30 * 60_000
/** The gate has half an hour. */
const WORLD_STEP = 5
const COMBINED_STEP = 25
const all: Crashes[] = []
let driver: string
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'strata-crash-'))
  if (missing === null) driver = await buildDriver()
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  const pointCount = all.reduce((sum, crashes) => sum + crashes.pointCount, 0)
  const killCount = all.reduce((sum, crashes) => sum + crashes.killCount, 0)
  const lostCount = all.reduce((sum, crashes) => sum + crashes.lost.length, 0)
  console.log(
    missing === null
      ? `${pointCount.toLocaleString('en')} crash points, ${lostCount} lost (${killCount.toLocaleString('en')} of them by kill -9)`
      : `crash points are skipped: ${missing}`,
  )
})

async function crash(name: string, run: (workFolder: string) => Promise<Crashes>): Promise<void> {
  const crashes = await lanes.take(() => run(join(folder, name.replaceAll(' ', '-'))))
  all.push(crashes)
  expect(crashes.lost).toEqual([])
  expect(crashes.pointCount).toBeGreaterThan(0)
}

describe
  .skipIf(missing !== null)
  .concurrent('killed after every write to the disk', { timeout: DEADLINE_MS }, () => {
    test('create', ({ task }) => crash(task.name, (work) => crashCreating(driver, work)))

    test.each(coreDeeds)('$name', (deed) =>
      crash(deed.name, (work) => crashEverywhere(driver, deed, work)),
    )

    test.each(worldDeeds)('$name', (deed) =>
      crash(deed.name, (work) => crashEverywhere(driver, deed, work, WORLD_STEP)),
    )

    test.each(combinedDeeds)('$name', (deed) =>
      crash(deed.name, (work) => crashEverywhere(driver, deed, work, COMBINED_STEP)),
    )

    test('recovery from a crash', ({ task }) =>
      crash(task.name, (work) => crashRecovering(driver, deedCalled('incremental snapshot'), work)))
  })
