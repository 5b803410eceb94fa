import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { digestOf } from './disk.ts'

const BLOCK_COUNT = 320

const inspectorOf = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const headCells = (page: Page) => page.getByRole('slider', { name: /^Cells of the live volume/ })

test.use({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the braces
  args: async ({}, use, info) => use([`--library=${info.outputPath('lazy.strata')}`]),
})

test('a volume of a snapshot loads behind, first where it is clicked, and ends whole', async ({
  page,
  drop,
  image,
}, info) => {
  const disk = await image(BLOCK_COUNT, 'disk.img')
  await drop([disk], { x: 300, y: 400 })
  const card = page.getByRole('button', { name: /^s1, / }).first()
  await card.click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^New volume from s1/ }).click()
  const dialog = page.getByRole('dialog', { name: 'New volume from s1' })
  await dialog.getByLabel('Name of the new volume').fill('lazy')
  const make = dialog.getByRole('button', { name: 'Make volume' })
  await dialog.getByLabel('Size').fill('100 MiB')
  await expect(dialog).toContainText('a volume is never smaller than s1')
  await expect(make).toBeDisabled()
  await dialog.getByLabel('Size').fill('160 MiB')
  await dialog.getByLabel(/^Load rate/).fill('99')
  await expect(make).toBeDisabled()
  await dialog.getByLabel(/^Load rate/).fill('100')
  await make.click()

  await inspectorOf(page).getByRole('button', { name: 'Pause loading' }).click()
  await expect(inspectorOf(page)).toContainText('Loading is paused')
  await page.getByRole('button', { name: 'Read as table' }).click()
  const table = page.getByRole('region', { name: 'Core sample as a table' })
  await expect(table.getByRole('row').last()).toContainText('not loaded yet')
  await page.getByRole('button', { name: 'Read as table' }).click()
  await expect(page.getByRole('list', { name: 'Legend' })).toContainText('not loaded yet')

  const box = (await headCells(page).boundingBox())!
  const foot = { x: box.width / 2, y: box.height - 4 }
  await headCells(page).hover({ position: foot })
  await expect(page.locator('.cell-card')).toContainText('click to load')
  await page.screenshot({ path: info.outputPath('loading.png') })
  await headCells(page).click({ position: foot })
  await expect(inspectorOf(page)).toContainText(/[1-9]\d* blocks came when touched/)
  await headCells(page).press('ArrowUp')
  await expect(headCells(page)).toHaveAttribute('aria-valuetext', /not loaded yet: \d+ of \d+/)
  await headCells(page).press('Enter')
  await expect(headCells(page)).not.toHaveAttribute('aria-valuetext', /not loaded yet/)
  await headCells(page).press('Escape')

  await inspectorOf(page).getByRole('button', { name: 'Go on loading' }).click()
  await expect(
    inspectorOf(page).getByRole('heading', { name: 'Loaded', exact: true }),
  ).toBeVisible()
  // The disk itself is linked: the only file is that of the volume.
  const files = join(info.outputPath('lazy.strata'), 'volumes')
  const [file] = readdirSync(files)
  expect(digestOf(join(files, file!))).toBe(digestOf(disk))
})
