import AxeBuilder from '@axe-core/playwright'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './app.ts'

const GIB = 'GiB'
const card = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^${name}, `) })

async function show(app: ElectronApplication, page: Page, theme: 'light' | 'dark'): Promise<void> {
  await app.evaluate(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source
  }, theme)
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme)
}

/** Electron opens no second page, which axe's usual mode wants. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))
}

for (const theme of ['light', 'dark'] as const) {
  test(`the ${theme} window has no accessibility fault, whatever it shows`, async ({
    app,
    page,
  }) => {
    test.slow() // axe reads the whole page several times
    await show(app, page, theme)
    expect(await violations(page), 'first start').toEqual([])
    await card(page, 'B').click()
    expect(await violations(page), 'a snapshot selected').toEqual([])
    await page.keyboard.press('Delete')
    await expect(page.getByText('Preview: B deleted')).toBeVisible()
    expect(await violations(page), 'a deletion previewed').toEqual([])
    await page.keyboard.press('Escape')
    for (const tab of ['Table', 'History']) {
      await page.getByRole('tab', { name: tab }).click()
      expect(await violations(page), tab).toEqual([])
    }
  })
}

test('the first start shows the example, and the figures of every deletion of it', async ({
  page,
}) => {
  await expect(page.getByRole('status', { name: 'Stored' })).toHaveText(/16.GiB/)
  const released: [names: string[], gib: number][] = [
    [['A'], 4],
    [['B'], 0],
    [['C'], 2],
    [['A', 'B'], 4],
    [['A', 'C'], 6],
    [['B', 'C'], 6],
    [['A', 'B', 'C'], 16],
  ]
  for (const [names, gib] of released) {
    for (const [i, name] of names.entries()) {
      await card(page, name).click({ modifiers: i === 0 ? [] : ['ControlOrMeta'] })
    }
    await page.keyboard.press('Delete')
    const button = page.getByRole('button', { name: /^Delete .*release/ })
    await expect(button).toHaveText(new RegExp(`release ${gib}.${gib === 0 ? 'B' : GIB}$`))
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
  }
})

test('a smaller window keeps everything inside of it', async ({ app, page }) => {
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(960, 640)
  })
  await expect.poll(() => page.evaluate(() => innerWidth)).toBeLessThanOrEqual(960)
  const spill = await page.evaluate(() => ({
    x: document.documentElement.scrollWidth - innerWidth,
    y: document.documentElement.scrollHeight - innerHeight,
  }))
  expect(spill).toEqual({ x: 0, y: 0 })
  await expect(
    page.getByRole('toolbar').getByRole('button', { name: 'Take snapshot' }),
  ).toBeVisible()
})
