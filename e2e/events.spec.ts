import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, leave, test } from './app.ts'

const COMMAND = resolve(import.meta.dirname, '../out/cli/strata.js')

/** What the command line says of the library, once the app let go of it. */
function strata(library: string, ...words: string[]): unknown {
  const args = [COMMAND, '--library', library, '--json', ...words]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

/** Electron opens no second page, which axe's usual mode wants. */
async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  expect(found, what).toEqual([])
}

test.describe('events and descriptions', () => {
  test.use({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the braces
    args: async ({}, use, info) => use([`--library=${info.outputPath('told.strata')}`]),
  })

  test('come live, are found by filter and key, and are what the command line tells', async ({
    app,
    page,
    drop,
    image,
  }, info) => {
    test.slow() // axe reads the whole page twice
    await drop([await image(2, 'disk.img')], { x: 300, y: 400 })
    const card = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}, `) })
    await expect(card('s1')).toBeVisible()
    await page.keyboard.press('e')
    const list = page.getByRole('listbox', { name: 'Events' })
    const rows = list.getByRole('option')
    await expect(rows).toHaveCount(2)
    await expect(rows.last()).toContainText('Volume disk can be used.')

    await page.keyboard.press('s')
    await expect(rows).toHaveCount(3)
    await expect(rows.first()).toContainText('Snapshot s2 of disk was taken.')
    await page.getByLabel('Event', { exact: true }).selectOption('Volumes made')
    await expect(rows).toHaveCount(1)
    await page.getByLabel('Event', { exact: true }).selectOption('All')
    await expect(rows).toHaveCount(3)

    await rows.first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const notification = page.getByRole('region', { name: 'Notification' })
    await expect(rows.nth(1)).toHaveAttribute('aria-selected', 'true')
    const shown = JSON.parse((await notification.locator('pre').textContent()) ?? '')
    await expectAccessible(page, 'the events')
    await page.keyboard.press('Escape')
    await expect(notification).toHaveCount(0)
    await expect(rows.nth(1)).toBeFocused()

    await card('s1').click()
    await page.keyboard.press('d')
    const dialog = page.getByRole('dialog', { name: 'Describe s1' })
    const [told, untold] = [dialog.locator('.describe-told'), dialog.locator('.describe-untold')]
    await expect(told).toContainText('FullSnapshotSizeInBytes1048576')
    await expect(untold).toContainText(/Released if deleted.*0.B/)
    await expectAccessible(page, 'the description')
    const fields = await told.locator('dt').allTextContents()
    const values = await told.locator('dd > bdi').allTextContents()
    await leave(app)

    const library = info.outputPath('told.strata')
    const { events } = strata(library, 'events') as { events: { id: string }[] }
    expect(shown).toEqual(events[1])
    const { Snapshots } = strata(library, 'describe', 'snapshots', 's1') as {
      Snapshots: Record<string, unknown>[]
    }
    const described = Snapshots[0] ?? {}
    expect(fields).toEqual(Object.keys(described))
    const plain = Object.values(described).filter((v) => v !== '' && typeof v !== 'object')
    expect(values).toEqual(expect.arrayContaining(plain.map(String)))
  })
})
