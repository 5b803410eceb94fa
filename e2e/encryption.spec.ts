import { readFileSync } from 'node:fs'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './app.ts'

const PASSPHRASE = 'several words that nobody else knows'

const cardOf = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^${name}, `) }).first()
const inspectorOf = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const noticesOf = (page: Page) => page.getByRole('region', { name: 'Notices' })

/** Answers every question of the system where to write. */
const writeTo = (app: ElectronApplication, path: string) =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)

async function chooseAction(page: Page, title: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('Search, or run a command').fill(title)
  await page.getByText(title).first().click()
}

async function setPassphrase(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Set a passphrase for keys' })
  await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
  await dialog.getByLabel('The same again').fill('another')
  await expect(dialog.getByRole('button', { name: 'Set passphrase' })).toBeDisabled()
  await dialog.getByLabel('The same again').fill(PASSPHRASE)
  await dialog.getByRole('button', { name: 'Set passphrase' }).click()
}

/** In its own region, encrypted with a key. */
async function copyEncrypted(page: Page, key: string): Promise<void> {
  await cardOf(page, 's1').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Copy s1 to a region…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Copy / })
  await dialog.getByLabel('Region', { exact: true }).selectOption('local, its own region')
  await expect(dialog.locator('.copy-plan')).toContainText('Nothing moves')
  await dialog.getByLabel('Encrypt it').check()
  await dialog.getByLabel('Key').selectOption(key)
  await expect(dialog.locator('.copy-plan')).toContainText('are sealed anew')
  await dialog.getByLabel('Name of the copy').fill('safe')
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click()
}

test.use({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the braces
  args: async ({}, use, info) => use([`--library=${info.outputPath('sealed.strata')}`]),
})

test('a copy is encrypted with a key; disabled it keeps from restoring, enabled it lets', async ({
  app,
  page,
  drop,
  image,
}, info) => {
  const file = await image(4, 'disk.img')
  await drop([file], { x: 300, y: 400 })
  await expect(cardOf(page, 's1')).toBeVisible()

  await chooseAction(page, 'Keys…')
  const keys = page.getByRole('dialog', { name: 'Keys' })
  await expect(keys.getByRole('button', { name: 'New key…' })).toBeDisabled()
  await keys.getByRole('button', { name: 'Set a passphrase…' }).click()
  await setPassphrase(page)
  await expect(noticesOf(page)).toContainText('The passphrase is set')
  const offer = page.getByRole('dialog', { name: 'Make a recovery key?' })
  await offer.getByRole('button', { name: 'Not now' }).click()
  await keys.getByRole('button', { name: 'New key…' }).click()
  await page.getByLabel('Name of the key').fill('backups')
  await page.getByRole('button', { name: 'Make key' }).click()
  await expect(keys.getByRole('listitem')).toContainText(['backups'])
  await page.keyboard.press('Escape')

  await copyEncrypted(page, 'backups')
  await expect(noticesOf(page)).toContainText('Copy of s1 to local')
  await cardOf(page, 'safe').click()
  await expect(inspectorOf(page)).toContainText(/Encrypted with backups key-[0-9a-f]{17}/)
  await expect(page.getByRole('list', { name: 'Legend' })).toContainText('encrypted')

  await chooseAction(page, 'Disable key backups…')
  const question = page.getByRole('dialog', { name: 'Disable key backups?' })
  await expect(question).toContainText('Until it is enabled again, safe cannot be read')
  await question.getByRole('button', { name: 'Disable' }).click()
  await expect(cardOf(page, 'safe')).toHaveAccessibleName(
    /Encrypted with backups, which is disabled/,
  )

  const target = info.outputPath('restored.img')
  await writeTo(app, target)
  await inspectorOf(page).getByRole('button', { name: 'Restore safe to a file…' }).click()
  await expect(noticesOf(page)).toContainText(/key-[0-9a-f]{17} is disabled\./)
  await inspectorOf(page).getByRole('button', { name: 'Enable key backups' }).click()
  await expect(inspectorOf(page)).not.toContainText('Its key cannot be used')
  await inspectorOf(page).getByRole('button', { name: 'Restore safe to a file…' }).click()
  await expect(noticesOf(page)).toContainText('Restored safe')
  expect(readFileSync(target).equals(readFileSync(file))).toBe(true)
})
