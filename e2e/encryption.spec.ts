import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'

const PASSPHRASE = 'several words that nobody else knows'

const cardOf = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^${name}, `) }).first()
const inspectorOf = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const noticesOf = (page: Page) => page.getByRole('region', { name: 'Notices' })

/** In its own region, encrypted. */
async function copyEncrypted(page: Page): Promise<void> {
  await cardOf(page, 's1').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy s1 to a region…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Copy / })
  await dialog.getByLabel('Region', { exact: true }).selectOption('local, its own region')
  await expect(dialog.locator('.copy-plan')).toContainText('Nothing moves')
  await dialog.getByLabel(/^Encrypt it/).check()
  await expect(dialog.locator('.copy-plan')).toContainText('are sealed anew')
  await dialog.getByLabel('Name of the copy').fill('safe')
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click()
}

test.use({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the braces
  args: async ({}, use, info) => use([`--library=${info.outputPath('sealed.strata')}`]),
})

test('a copy is encrypted once there is a passphrase, which the window asks for', async ({
  page,
  drop,
  image,
}, info) => {
  await drop([await image(4, 'disk.img')], { x: 300, y: 400 })
  await expect(cardOf(page, 's1')).toBeVisible()
  await copyEncrypted(page)
  await expect(noticesOf(page)).toContainText('This library has no passphrase yet')
  await noticesOf(page)
    .getByRole('button', { name: /^Set a passphrase/ })
    .click()
  const dialog = page.getByRole('dialog', { name: 'Set a passphrase for keys' })
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await dialog.getByLabel('The same again').fill('another')
  await expect(dialog.getByRole('button', { name: 'Set passphrase' })).toBeDisabled()
  await dialog.getByLabel('The same again').fill(PASSPHRASE)
  await page.screenshot({ path: info.outputPath('passphrase.png') })
  await dialog.getByRole('button', { name: 'Set passphrase' }).click()
  await expect(noticesOf(page)).toContainText('The passphrase is set')

  await copyEncrypted(page)
  await expect(noticesOf(page)).toContainText('Copy of s1 to local')
  const copy = page.getByRole('button', { name: /^safe, / }).first()
  await copy.click()
  await expect(inspectorOf(page)).toContainText(/Encrypted with key-[0-9a-f]{17}/)
  await page.screenshot({ path: info.outputPath('encrypted.png') })
})
