import {
  closeSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { drawn, expect, launch, leave, test } from './app.ts'

const card = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^${name}, `) })
const inspectorOf = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const settingsOf = (page: Page) => page.getByRole('button', { name: 'Settings and library' })

/** Answers the next question of the system for images. */
const choose = (app: ElectronApplication, path: string) =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
  }, path)

async function deleteOne(page: Page, name: string): Promise<void> {
  await card(page, name).click()
  await page.keyboard.press('Delete')
  await expect(page.getByText(`Preview: ${name} deleted`)).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(card(page, name)).toHaveCount(0)
}

test('the window says that it is drawn only when cells are on the screen', async ({ page }) => {
  const colours = await page.locator('.core-canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
    return new Set(new Uint32Array(pixels?.buffer ?? new ArrayBuffer(0))).size
  })
  expect(colours).toBeGreaterThan(3)
})

test('a deletion offers to be undone, is in the history, and leaves a remnant that can be read', async ({
  page,
}) => {
  await card(page, 'B').click()
  await page.keyboard.press('Delete')
  await expect(page.getByRole('region', { name: 'The store' })).toContainText('C +4')
  await expect(page.getByText('Can be undone for 10 minutes')).toBeVisible()
  await page.keyboard.press('Escape')

  await settingsOf(page).click()
  await page.getByRole('menuitemradio', { name: '1 hour' }).click()
  await page.keyboard.press('Escape')
  await deleteOne(page, 'B')
  const notices = page.getByRole('region', { name: 'Notices' })
  await expect(notices).toContainText('Can be undone for 1 hour')
  await expect(notices.getByRole('button', { name: /^Undo/ })).toBeVisible()
  await page.getByRole('tab', { name: 'History' }).click()
  await expect(page.getByRole('list', { name: 'History' })).toContainText('Deleted “B”')

  const remnant = page.getByRole('button', { name: /^B was deleted/ })
  await card(page, 'C').focus()
  await page.keyboard.press('ArrowLeft')
  await expect(remnant).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(remnant).toHaveAttribute('aria-pressed', 'true')
  await expect(inspectorOf(page)).toContainText('Still holds')
  await inspectorOf(page).getByRole('button', { name: 'Undo its deletion' }).click()
  await expect(card(page, 'B')).toBeVisible()
  await expect(remnant).toHaveCount(0)
})

test('panels, the tab of the dock and the closed welcome outlast a start', async ({ profile }) => {
  const first = await launch(profile)
  const page = await drawn(first)
  await page.getByRole('button', { name: 'Close the welcome' }).click()
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByRole('button', { name: 'Hide inspector' }).click()
  await expect(inspectorOf(page)).toHaveCount(0)
  await leave(first)

  const app = await launch(profile)
  const again = await drawn(app)
  await expect(again.getByRole('tab', { name: 'History' })).toHaveAttribute('aria-selected', 'true')
  await expect(inspectorOf(again)).toHaveCount(0)
  await expect(again.getByRole('region', { name: 'Welcome' })).toHaveCount(0)
  await leave(app)
})

test('without motion what changed is outlined instead', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const outlined = page.locator('.column-lights [data-outlined="true"]')
  await expect(outlined).toHaveCount(0)
  await page.keyboard.press('s')
  await expect(outlined).toHaveCount(1)
  await expect(outlined).toHaveCount(0)
})

test('a volume is renamed, grown and removed; its snapshots stay', async ({ page }) => {
  const volumes = page.getByRole('navigation', { name: 'Volumes' })
  const choosing = async (action: RegExp) => {
    await volumes.getByRole('button').first().click({ button: 'right' })
    await page.getByRole('menuitem', { name: action }).click()
  }
  await choosing(/^Rename volume/)
  await page.getByRole('textbox', { name: 'Name' }).fill('archive')
  await page.keyboard.press('Enter')
  await expect(volumes).toContainText('archive')

  await choosing(/^Grow/)
  await page.getByRole('textbox', { name: 'New size' }).fill('12 GiB')
  await expect(page.getByRole('button', { name: 'Grow' })).toBeDisabled()
  await page.getByRole('textbox', { name: 'New size' }).fill('20 GiB')
  await page.keyboard.press('Enter')
  await expect(inspectorOf(page)).toContainText(/Volume size\s*20.GiB/)

  await choosing(/^Remove volume/)
  await expect(page.getByRole('dialog')).toContainText('Its 3 snapshots stay')
  await page.getByRole('button', { name: 'Remove volume' }).click()
  await expect(volumes).toContainText('removed')
  await expect(card(page, 'C')).toBeVisible()
})

test.describe('a library of real images', () => {
  test.use({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the braces
    args: async ({}, use, info) => use([`--library=${info.outputPath('real.strata')}`]),
  })

  test('an image that was moved is missed, and located', async ({ app, page, image }) => {
    const path = await image(2, 'disk.img')
    await choose(app, path)
    await page.keyboard.press('ControlOrMeta+i')
    await expect(card(page, 's1')).toBeVisible()

    const moved = join(dirname(path), 'moved.img')
    renameSync(path, moved)
    // As when someone comes back from the file manager.
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await expect(inspectorOf(page)).toContainText('The image is not where it was')
    await expect(page.getByRole('navigation', { name: 'Volumes' })).toContainText('image missing')

    await choose(app, moved)
    await inspectorOf(page).getByRole('button', { name: 'Locate the image…' }).click()
    await expect(card(page, 's2')).toBeVisible()
    await expect(inspectorOf(page)).toContainText('moved.img')
    await expect(inspectorOf(page)).not.toContainText('The image is not where it was')
  })

  test('damage is told by snapshot and place', async ({ app, page, image }, info) => {
    await choose(app, await image(4, 'disk.img'))
    await page.keyboard.press('ControlOrMeta+i')
    await expect(card(page, 's1')).toBeVisible()
    const verify = async () => {
      await settingsOf(page).click()
      await page.getByRole('menuitem', { name: 'Verify the library' }).click()
    }
    const notices = page.getByRole('region', { name: 'Notices' })
    await verify()
    await expect(notices).toContainText('4 stored blocks read and checked.')

    flipBit(info.outputPath('real.strata', 'regions', 'local', 'segments'))
    await verify()
    await expect(notices).toContainText('1 problem found')
    await notices.getByRole('button', { name: 'Show what verifying found' }).click()
    const report = page.getByRole('dialog', { name: '1 problem found' })
    await expect(report).toContainText('s1 cannot be restored whole')
    await expect(report).toContainText(/1 block at 0.5.MiB/)
    await page.keyboard.press('Escape')
    await card(page, 's1').click()
    await expect(inspectorOf(page)).toContainText('It cannot be restored whole')
  })
})

/** Damages the second block of the largest segment: after the header, half a MiB on. */
function flipBit(segments: string): void {
  const files = readdirSync(segments).map((name) => join(segments, name))
  const [largest] = files.sort((a, b) => statSync(b).size - statSync(a).size)
  const fd = openSync(largest!, 'r+') // there is one: a snapshot was taken
  const byte = Buffer.alloc(1)
  const at = 4_096 + 524_288 + 1_234
  readSync(fd, byte, 0, 1, at)
  byte[0]! ^= 1
  writeSync(fd, byte, 0, 1, at)
  closeSync(fd)
}
