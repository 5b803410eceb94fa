import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'

const cardOf = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^${name}, .*snapshot \\d+ of`) }).first()
const inspectorOf = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const dialogOf = (page: Page, name: string) => page.getByRole('dialog', { name })

async function chooseAction(page: Page, title: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('Search, or run a command').fill(title)
  await page.getByText(title).first().click()
}

test('the archive is advised against or for, taken, and left for some days', async ({ page }) => {
  await cardOf(page, 'C').click()
  await chooseAction(page, 'Archive C…')
  await expect(dialogOf(page, 'Archive C')).toContainText('It costs $0.05 more a month')
  await page.keyboard.press('Escape')

  await cardOf(page, 'A').click()
  await chooseAction(page, 'Archive A…')
  await expect(dialogOf(page, 'Archive A')).toContainText('It saves $0.08 a month')
  await dialogOf(page, 'Archive A').getByRole('button', { name: 'Archive', exact: true }).click()
  await expect(cardOf(page, 'A').getByRole('img', { name: /^Archived since/ })).toBeVisible()
  await expect(cardOf(page, 'A')).toHaveAccessibleName(/Archived since .*: restore it before/)

  await chooseAction(page, 'Restore A from the archive…')
  await page.getByLabel('Days', { exact: true }).fill('3')
  await page.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(inspectorOf(page)).toContainText('Restored from the archive until')
})

test('a rule keeps a deleted snapshot in the bin: nothing is released until it is recovered', async ({
  page,
}) => {
  await chooseAction(page, 'Rules of the Recycle Bin…')
  const rules = dialogOf(page, 'Rules of the Recycle Bin')
  await rules.getByLabel('But not those with one of these').fill('Keep=no')
  await rules.getByRole('button', { name: 'Add rule' }).click()

  await cardOf(page, 'C').click()
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: 'Move snapshot to the Recycle Bin' }).click()
  await expect(cardOf(page, 'C')).toHaveCount(0)
  await page.getByRole('button', { name: 'Recycle Bin…' }).click()
  const row = dialogOf(page, 'Recycle Bin').getByRole('row', { name: /^C / })
  await expect(row.getByRole('cell').nth(2)).toHaveText(/^0.B$/)
  await expect(row.getByRole('cell').nth(3)).toHaveText(/^2.GiB$/)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await row.getByRole('button', { name: 'Recover C' }).click()
  await expect(dialogOf(page, 'Recycle Bin')).toContainText('The bin is empty')
  await page.keyboard.press('Escape')
  await expect(cardOf(page, 'C')).toBeVisible()
})
