import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'

const inspectorOf = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const volumesOf = (page: Page) => page.getByRole('navigation', { name: 'Volumes' })
const dialogOf = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })

/** Right-clicks a volume and runs what its menu offers. */
async function onVolume(page: Page, volume: RegExp, item: RegExp): Promise<void> {
  await volumesOf(page).getByRole('button', { name: volume }).first().click({ button: 'right' })
  await page.getByRole('menuitem', { name: item }).click()
}

test('an image is made, launched, keeps its snapshot, and lets it go once deregistered', async ({
  page,
}) => {
  await onVolume(page, /practice/, /Create instance/)
  await dialogOf(page, 'Create an instance').getByRole('textbox', { name: 'Name' }).fill('web')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(inspectorOf(page).getByRole('heading', { name: 'web' })).toBeVisible()
  await onVolume(page, /practice/, /Attach/)
  await page.getByRole('button', { name: 'Attach', exact: true }).click()
  await expect(inspectorOf(page)).toContainText('/dev/sda1')

  await inspectorOf(page)
    .getByRole('button', { name: /Create image/ })
    .click()
  await dialogOf(page, /Create image/)
    .getByRole('textbox', { name: 'Name' })
    .fill('gold')
  await page.getByRole('button', { name: 'Create image', exact: true }).click()
  await expect(inspectorOf(page).getByRole('heading', { name: 'gold' })).toBeVisible()
  await expect(page.locator('.image-frame')).toHaveCount(1)
  const kept = inspectorOf(page).locator('.machine-devices .link')
  const name = String(await kept.textContent())

  await inspectorOf(page).getByRole('button', { name: 'Snapshot or image?' }).click()
  await expect(dialogOf(page, 'Snapshot or image?').getByRole('row')).toHaveCount(7)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await page.keyboard.press('Escape')

  await inspectorOf(page).getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Who may launch gold…' }).click()
  await page.getByRole('checkbox', { name: 'Everybody (public)' }).click()
  await expect(inspectorOf(page)).toContainText('everybody')
  await page.keyboard.press('Escape')

  await inspectorOf(page).getByRole('button', { name: 'Launch gold…' }).click()
  await dialogOf(page, 'Launch gold').getByRole('textbox', { name: 'Name' }).fill('second')
  await page.getByRole('button', { name: 'Launch', exact: true }).click()
  await expect(inspectorOf(page).getByRole('heading', { name: 'second' })).toBeVisible()
  await expect(volumesOf(page)).toContainText('second sda1')

  // What the image keeps is not deleted: the reason stands where the deletion is confirmed.
  await page.locator('.image-frame-name').first().click()
  await kept.click()
  await expect(inspectorOf(page)).toContainText('Kept by image gold')
  await inspectorOf(page)
    .getByRole('button', { name: `Preview delete of ${name}` })
    .click()
  await expect(page.getByText(/is currently in use by gold\./).first()).toBeVisible()
  await page.keyboard.press('Escape')

  await inspectorOf(page).getByRole('button', { name: 'gold' }).click()
  await inspectorOf(page).getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Deregister gold…' }).click()
  const asked = dialogOf(page, 'Deregister gold?')
  await asked.getByRole('checkbox', { name: 'Delete its snapshots too' }).check()
  await expect(asked.getByRole('list', { name: 'Its snapshots' })).toContainText(
    `${name} is deleted`,
  )
  await asked.getByRole('button', { name: 'Deregister and delete' }).click()
  await expect(page.locator('.image-frame')).toHaveCount(0)
  await expect(
    page.getByRole('button', { name: new RegExp(`^${name}, .*snapshot \\d+ of`) }),
  ).toHaveCount(0)
  await expect(volumesOf(page)).toContainText('second sda1')
})
