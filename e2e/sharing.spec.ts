import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'

const SHOP = '444455556666'

const card = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^${name}, `) })
const inspectorOf = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })

async function chooseAction(page: Page, title: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('Search, or run a command').fill(title)
  await page.getByText(title).first().click()
}

test('a snapshot is shared; the other account reads it, stores it in full and deletes nothing', async ({
  page,
}) => {
  await chooseAction(page, 'Add an account…')
  await page.getByLabel('Id of the account').fill(SHOP)
  await page.getByLabel('Name, if you like').fill('shop')
  await page.getByRole('button', { name: 'Add account' }).click()
  await card(page, 'C').click()
  await chooseAction(page, 'Share C…')
  const shared = page.getByRole('checkbox', { name: /account shop/ })
  await shared.click()
  await expect(shared).toBeChecked()
  await page.keyboard.press('Escape')
  await expect(inspectorOf(page)).toContainText('Shared with account shop')

  await page.getByRole('button', { name: 'Settings and library' }).click()
  await page.getByRole('menuitemradio', { name: 'account shop' }).click()
  await page.keyboard.press('Escape')
  await expect(card(page, 'A')).toHaveCount(0)
  await expect(async () => {
    await card(page, 'C').click()
    await expect(inspectorOf(page)).toContainText('It belongs to account 111122223333', {
      timeout: 1_000,
    })
  }).toPass() // the picture of the other account may still be coming
  await expect(inspectorOf(page).getByRole('button', { name: 'Preview delete' })).toBeDisabled()
  const refusal = await page.evaluate(async () => {
    const view = await window.strata.call('describeLibrary', {})
    const [shared] = view.ok ? view.value.snapshots : []
    const input = { snapshotIds: [shared!.snapshotId] }
    const reply = await window.strata.call('planDeletion', input)
    return reply.ok ? null : reply.error.code
  })
  expect(refusal).toBe('OperationNotPermitted')

  // A volume of it begins a lineage of its own: nothing is borrowed across accounts.
  await chooseAction(page, 'New volume from C…')
  await page.getByRole('button', { name: 'Make volume' }).click()
  const volumes = page.getByRole('navigation', { name: 'Volumes' })
  await volumes.getByRole('button', { name: /^from C/ }).click()
  await page.keyboard.press('s')
  await card(page, 's1').click()
  await expect(inspectorOf(page)).toContainText(/Stored here\s*12.GiB/)
})
