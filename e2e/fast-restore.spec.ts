import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, leave, test } from './app.ts'
import { letHoursPass, startAgain } from './clock.ts'
import { digestOf } from './disk.ts'

const cardOf = (page: Page) => page.getByRole('button', { name: /^s1, / }).first()
const inspectorOf = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const fastRestoreIn = (page: Page) => page.getByRole('region', { name: 'Fast restore' })

test.use({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the braces
  args: async ({}, use, info) => use([`--library=${info.outputPath('fast.strata')}`]),
})

test('fast restore is switched on, and a credit of it makes a volume that is whole at once', async ({
  app,
  page,
  profile,
  args,
  drop,
  image,
}, info) => {
  const library = info.outputPath('fast.strata')
  const disk = await image(4, 'disk.img')
  await drop([disk], { x: 300, y: 400 })
  await cardOf(page).click()
  await expect(fastRestoreIn(page)).toContainText('load behind')
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('Search, or run a command').fill('fast restore')
  await page.getByText('Switch fast restore of s1 on').click()
  await expect(fastRestoreIn(page)).toContainText(/Being (switched on|optimized until)/)
  await expect(page.getByRole('switch', { name: 'Fast restore of s1' })).toBeChecked()
  await leave(app)

  letHoursPass(library, 2)
  const again = await startAgain(profile, args)
  try {
    await cardOf(again.page).click()
    await expect(fastRestoreIn(again.page)).toContainText('enabled')
    await expect(fastRestoreIn(again.page)).toContainText('Credits: 10 of 10, 10 an hour')
    await cardOf(again.page).click({ button: 'right' })
    await again.page.getByRole('menuitem', { name: /^New volume from s1/ }).click()
    const dialog = again.page.getByRole('dialog', { name: 'New volume from s1' })
    await dialog.getByLabel('Name of the new volume').fill('whole')
    await dialog.getByRole('button', { name: 'Make volume' }).click()
    await expect(inspectorOf(again.page)).toContainText('all of it was there before the volume was')
    await cardOf(again.page).click()
    await expect(fastRestoreIn(again.page)).toContainText('Credits: 9 of 10')
    // The disk itself is linked: the only file is that of the volume.
    const files = join(library, 'volumes')
    const [file] = readdirSync(files)
    expect(digestOf(join(files, file!))).toBe(digestOf(disk))
  } finally {
    await leave(again.app)
  }
})
