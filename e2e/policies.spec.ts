import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, leave, test } from './app.ts'
import { letHoursPass, startAgain } from './clock.ts'

const COMMAND = resolve(import.meta.dirname, '../out/cli/strata.js')

const cardOf = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^${name}, .*snapshot \\d+ of`) }).first()

test.use({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the braces
  args: async ({}, use, info) => use([`--library=${info.outputPath('kept.strata')}`]),
})

test('a policy is made, previewed and switched on; in its time it takes one and deletes one', async ({
  app,
  page,
  profile,
  args,
  drop,
  image,
}, info) => {
  const library = info.outputPath('kept.strata')
  await drop([await image(2, 'disk.img')], { x: 300, y: 400 })
  await expect(cardOf(page, 's1')).toBeVisible()
  await page.evaluate(async () => {
    const reply = await window.strata.call('describeLibrary', {})
    if (!reply.ok) return
    const resourceId = reply.value.volumes[0]!.volumeId
    await window.strata.call('setTags', { resourceId, tags: [{ key: 'Backup', value: 'yes' }] })
  })

  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('Search, or run a command').fill('new life-cycle policy')
  await page.getByText('New life-cycle policy…').first().click()
  const form = page.getByRole('dialog', { name: 'New life-cycle policy' })
  await form.getByLabel('Name', { exact: true }).first().fill('nightly')
  await form.getByLabel('Volumes with one of these tags').fill('Backup=yes')
  await expect(form).toContainText('Now: disk')
  await form.getByLabel('Snapshots that stay').fill('1')
  await form.getByRole('button', { name: 'Make and preview' }).click()

  const preview = page.getByRole('dialog', { name: 'Switch on nightly?' })
  await expect(preview).toContainText('It takes 30 snapshots of 1 volume and deletes 29.')
  await expect(preview).toContainText('Of what is there now, its first run deletes nothing.')
  await preview.getByRole('button', { name: 'Switch on' }).click()
  await expect(page.getByRole('list', { name: 'Policies' })).toContainText('Next run')
  await leave(app)

  // Two days go by, and two more.
  letHoursPass(library, 48)
  execFileSync(process.execPath, [COMMAND, '--library', library, 'policy', 'run'])
  letHoursPass(library, 48)
  const again = await startAgain(profile, args)
  try {
    await expect(cardOf(again.page, 's3')).toBeVisible()
    await expect(cardOf(again.page, 's2')).toHaveCount(0)
    await expect(cardOf(again.page, 's1')).toBeVisible()
    await cardOf(again.page, 's3').click()
    const inspector = again.page.getByRole('complementary', { name: 'Inspector' })
    await expect(inspector).toContainText('Taken by policy nightly')
  } finally {
    await leave(again.app)
  }
})
