import { execFileSync } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, leave, test } from './app.ts'
import { Disk, digestOf } from './disk.ts'

const COMMAND = resolve(import.meta.dirname, '../out/cli/strata.js')

/** What the command line says of the library, once the app let go of it. */
function strata(library: string, ...words: string[]): unknown {
  const args = [COMMAND, '--library', library, '--json', ...words]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

const card = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^${name}, .*snapshot \\d+ of \\d+`) })
const stored = (page: Page) => page.getByRole('status', { name: 'Stored' })

async function takeSnapshot(page: Page, name: string): Promise<void> {
  await page.getByRole('toolbar').getByRole('button', { name: 'Take snapshot' }).click()
  await expect(card(page, name)).toBeVisible()
}

/** Answers the next dialog of the system as a person would. */
async function chooseTarget(app: ElectronApplication, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path })
  }, filePath)
}

test.describe('a real disk image', () => {
  test.use({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the braces
    args: async ({}, use, info) => use([`--library=${info.outputPath('disks.strata')}`]),
  })

  test('is dropped, kept in steps, partly deleted and restored byte for byte', async ({
    app,
    page,
    drop,
  }, info) => {
    const library = info.outputPath('disks.strata')
    const disk = new Disk(info.outputPath('disk.img'), 48)
    await drop([disk.path], { x: 300, y: 400 })
    await expect(card(page, 's1')).toBeVisible()

    disk.addFile(2)
    await takeSnapshot(page, 's2')
    disk.addFile(1)
    await takeSnapshot(page, 's3')
    const before = await stored(page).textContent()

    await card(page, 's2').click()
    await page.keyboard.press('Delete')
    const promised = (
      await page.getByRole('button', { name: /^Delete snapshot, release/ }).textContent()
    )?.replaceAll('\u00a0', ' ')
    await page.getByRole('button', { name: /^Delete snapshot, release/ }).click()
    await expect(card(page, 's2')).toHaveCount(0)
    await expect(stored(page)).not.toHaveText(before ?? '')

    await page.getByRole('toolbar').getByRole('button', { name: /^Undo/ }).click()
    await expect(card(page, 's2')).toBeVisible()
    await expect(stored(page)).toHaveText(before ?? '')

    const target = join(dirname(disk.path), 'restored.img')
    await chooseTarget(app, target)
    await card(page, 's3').click()
    await page
      .getByRole('complementary', { name: 'Inspector' })
      .getByRole('button', { name: /^Restore s3/ })
      .click()
    await expect(page.getByText(/Restored/).first()).toBeVisible({ timeout: 20_000 })
    expect(digestOf(target)).toBe(disk.sha256)

    const shown = await rowsOfTable(page)
    await leave(app)
    const { snapshots } = strata(library, 'snapshot', 'ls') as { snapshots: Row[] }
    expect(shown).toEqual(snapshots.map(inWords))
    const plan = strata(library, 'snapshot', 'delete', 's2', '--dry-run') as {
      releasedBytes: number
    }
    expect(promised).toBe(`Delete snapshot, release ${words(plan.releasedBytes)}`)
  })
})

type Row = {
  name: string
  fullBytes: number
  addedBytes: number
  storedHereBytes: number
  releasedIfDeletedBytes: number
}

const inWords = (row: Row) => ({
  name: row.name,
  full: words(row.fullBytes),
  added: words(row.addedBytes),
  storedHere: words(row.storedHereBytes),
  released: words(row.releasedIfDeletedBytes),
})

/** As the window rounds: a tenth of the unit, none from a hundred on. */
function words(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB']
  const step = bytes === 0 ? 0 : Math.min(3, Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1024 ** step
  return `${Number(value.toFixed(value < 100 ? 1 : 0))} ${units[step]}`
}

/** The figures of the table, by the names of its columns. */
async function rowsOfTable(page: Page) {
  await page.getByRole('tab', { name: 'Table' }).click()
  const grid = page.getByRole('treegrid')
  const heads = await grid.getByRole('columnheader').allTextContents()
  const rows = await grid.locator('tr[aria-level="2"]').all()
  return Promise.all(
    rows.map(async (row) => {
      const cells = await row.locator('th, td').allTextContents()
      const at = (head: string) => cells[heads.indexOf(head)]?.replaceAll('\u00a0', ' ')
      return {
        name: at('Name'),
        full: at('Full size'),
        added: at('Added'),
        storedHere: at('Stored here'),
        released: at('Released if deleted'),
      }
    }),
  )
}
