import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { formatBytes } from '../renderer/words/byte-format.ts'
import { expect, leave, test } from './app.ts'

const COMMAND = resolve(import.meta.dirname, '../out/cli/strata.js')
const BLOCK_BYTES = 524_288
const FAR = 'eu-west-1'

type Row = {
  name: string
  region: string
  copiedFrom: string | null
  snapshotId: string
  parentId: string | null
  fullBytes: number
  addedBytes: number
  storedHereBytes: number
  fairShareBytes: number
}
type Cost = { snapshotId: string; charged: { amount: number; formula: string } }

/** What the command line says of the library, once the app let go of it. */
function strata<T>(library: string, ...words: string[]): T {
  const args = [COMMAND, '--library', library, '--json', ...words]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

/** In words as the window says them, with ordinary spaces. */
const words = (bytes: number) => plain(formatBytes(bytes))
const plain = (text: string | null | undefined) => (text ?? '').replaceAll('\u00a0', ' ')

const cardIn = (page: Page, name: string, region: string) =>
  page.getByRole('button', { name: new RegExp(`^${name}, .*region ${region}\\.`) })
const cardOf = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^${name}, .*snapshot \\d+ of \\d+`) }).first()
const inspectorOf = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const dialogOf = (page: Page) => page.getByRole('dialog', { name: /^Copy / })
const noticesOf = (page: Page) => page.getByRole('region', { name: 'Notices' })

/** Electron opens no second page, which axe's usual mode wants. */
async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  expect(found, what).toEqual([])
}

function overwrite(path: string, firstBlock: number, blocks: number): void {
  const fd = openSync(path, 'r+')
  writeSync(
    fd,
    randomBytes(blocks * BLOCK_BYTES),
    0,
    blocks * BLOCK_BYTES,
    firstBlock * BLOCK_BYTES,
  )
  closeSync(fd)
}

async function takeNext(page: Page, name: string): Promise<void> {
  await page.getByRole('toolbar').getByRole('button', { name: 'Take snapshot' }).click()
  await expect(cardOf(page, name)).toBeVisible()
}

/** Copies what the open dialog is about. @returns what it said would move */
async function confirmCopy(page: Page, name: string): Promise<string> {
  const plan = dialogOf(page).locator('.copy-plan')
  await expect(plan).toContainText(/move/)
  await expect(plan).not.toContainText('Working out')
  const said = plain(await plan.textContent())
  await dialogOf(page).getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(cardIn(page, name, FAR)).toBeVisible()
  await expect(noticesOf(page)).toContainText(`Copy of ${name} to ${FAR}`)
  return said
}

test.describe('regions', () => {
  test.use({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the braces
    args: async ({}, use, info) => use([`--library=${info.outputPath('far.strata')}`]),
  })

  test('a chain is copied to another region block by block, and its newest copy is deleted', async ({
    app,
    page,
    drop,
    image,
  }, info) => {
    test.slow() // axe reads the whole page several times
    const disk = await image(8, 'disk.img')
    await drop([disk], { x: 300, y: 400 })
    await expect(cardOf(page, 's1')).toBeVisible()
    overwrite(disk, 2, 3)
    await takeNext(page, 's2')
    overwrite(disk, 7, 1)
    await takeNext(page, 's3')
    await expect(page.locator('.stage')).not.toContainText('local')
    await expect(page.getByRole('contentinfo')).not.toContainText('region')

    // The first one, to a region that is made for it.
    await cardOf(page, 's1').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Copy s1 to a region…' }).click()
    await dialogOf(page).getByLabel('Region', { exact: true }).selectOption('A new region…')
    const regionName = dialogOf(page).getByLabel('Name of the region')
    await regionName.fill('Not one')
    await expect(dialogOf(page)).toContainText('No region can be called that.')
    await expect(dialogOf(page).getByRole('button', { name: 'Copy', exact: true })).toBeDisabled()
    await expectAccessible(page, 'the dialog')
    await regionName.fill(FAR)
    expect(await confirmCopy(page, 's1')).toContain(`${words(8 * BLOCK_BYTES)} move`)

    // The second one, from the inspector.
    await cardIn(page, 's2', 'local').click()
    await inspectorOf(page).getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Copy s2 to a region…' }).click()
    await expect(dialogOf(page).getByLabel('Region', { exact: true })).toHaveValue(FAR)
    expect(await confirmCopy(page, 's2')).toBe(
      `${words(3 * BLOCK_BYTES)} of ${words(8 * BLOCK_BYTES)} move: what s1 in ${FAR}, the newest copy there, does not have.`,
    )

    // The third one, from the palette.
    await cardIn(page, 's3', 'local').click()
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByPlaceholder('Search, or run a command').fill('copy s3')
    await page.getByText('Copy s3 to a region…').click()
    expect(await confirmCopy(page, 's3')).toContain(`${words(BLOCK_BYTES)} of`)

    const links = await page.locator('.copy-link title').allTextContents()
    expect(links.map(plain)).toEqual([
      `s1 in ${FAR} is a copy of s1 in local; ${words(8 * BLOCK_BYTES)} moved`,
      `s2 in ${FAR} is a copy of s2 in local; ${words(3 * BLOCK_BYTES)} moved`,
      `s3 in ${FAR} is a copy of s3 in local; ${words(BLOCK_BYTES)} moved`,
    ])
    await expect(page.getByRole('contentinfo')).toContainText('region local')

    // The copy, what it is a copy of, and what goes with it.
    await cardIn(page, 's3', FAR).click()
    await expect(inspectorOf(page)).toContainText('Copy of s3 in local')
    await expect(inspectorOf(page)).toContainText(
      `The newest copy in ${FAR}: deleting it makes the next copy there full.`,
    )
    await expect(inspectorOf(page).getByText('Charged a month')).toBeVisible()
    await expectAccessible(page, 'a copy selected')
    await inspectorOf(page)
      .getByRole('button', { name: /charged a month come about/ })
      .focus()
    const formula = plain(
      await page
        .getByText(/GiB × 0\.05 = /)
        .first()
        .textContent(),
    )
    await page.keyboard.press('Escape')

    await cardIn(page, 's3', FAR).click()
    await page.keyboard.press('Delete')
    await expect(page.getByText(`Preview: s3 in ${FAR} deleted`)).toBeVisible()
    await expect(page.locator('.dock')).toContainText(`s3 is the newest copy in ${FAR}`)
    await expect(page.getByRole('region', { name: 'The store' })).toContainText('Saves a month')
    await expectAccessible(page, 'the ledger')
    await page.keyboard.press('Escape')

    const shown = await rowsOfTable(page)
    await expectAccessible(page, 'the table')
    const engine = await page.evaluate(async () => {
      const reply = await window.strata.call('describeLibrary', {})
      return reply.ok ? reply.value.snapshots : []
    })
    const inRegions = [...engine].sort(
      (a, b) => Number(a.region === 'eu-west-1') - Number(b.region === 'eu-west-1'),
    )
    expect(shown).toEqual(inRegions.map(inWords))

    // Without its newest copy the next one is full.
    await cardIn(page, 's3', FAR).click()
    await page.keyboard.press('Delete')
    await expect(page.getByRole('button', { name: /^Delete snapshot, release/ })).toBeVisible()
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(cardIn(page, 's3', FAR)).toHaveCount(0)
    await cardIn(page, 's3', 'local').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Copy s3 to a region…' }).click()
    const full = await confirmCopy(page, 's3')
    expect(full).toContain(`${words(8 * BLOCK_BYTES)} move, all that s3 holds`)
    expect(full).toContain('was deleted')
    await expect(noticesOf(page)).toContainText('all of it')

    const last = await rowsOfTable(page)
    await leave(app)
    const library = info.outputPath('far.strata')
    const { snapshots } = strata<{ snapshots: Row[] }>(library, 'snapshot', 'ls')
    const home = snapshots.filter(({ region }) => region === 'local')
    const away = snapshots.filter(({ region }) => region === FAR)
    expect(last).toEqual([...home, ...away].map(inWords))
    expect(away.map(({ addedBytes }) => addedBytes / BLOCK_BYTES)).toEqual([8, 3, 8])
    expect(away.at(-1)).toMatchObject({ copiedFrom: home.at(-1)?.snapshotId, parentId: null })
    const report = strata<{ snapshots: Cost[] }>(library, 'cost')
    const first = report.snapshots.find(({ snapshotId }) => snapshotId === home.at(-1)?.snapshotId)
    expect(formula).toBe(first?.charged.formula.replace(' x ', ' × '))
  })
})

const inWords = (row: Omit<Row, 'region' | 'copiedFrom' | 'snapshotId' | 'parentId'>) => ({
  name: row.name,
  full: words(row.fullBytes),
  added: words(row.addedBytes),
  storedHere: words(row.storedHereBytes),
  fairShare: words(row.fairShareBytes),
})

/** The figures of the table, by the names of its columns, in its order. */
async function rowsOfTable(page: Page) {
  await page.getByRole('tab', { name: 'Table' }).click()
  const grid = page.getByRole('treegrid')
  const heads = await grid.getByRole('columnheader').allTextContents()
  const rows = await grid.locator('tr[aria-level="2"]').all()
  return Promise.all(
    rows.map(async (row) => {
      const cells = await row.locator('th, td').allTextContents()
      const at = (head: string) => plain(cells[heads.indexOf(head)])
      return {
        name: at('Name'),
        full: at('Full size'),
        added: at('Added'),
        storedHere: at('Stored here'),
        fairShare: at('Fair share'),
      }
    }),
  )
}
