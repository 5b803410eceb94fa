import { dirname, join } from 'node:path'
import { expect, test } from './app.ts'
import { Disk, digestOf } from './disk.ts'

test.describe('with the keyboard alone', () => {
  test.use({
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the braces
    args: async ({}, use, info) => use([`--library=${info.outputPath('keys.strata')}`]),
  })

  test('an image is imported, kept, previewed, deleted, brought back and restored', async ({
    app,
    page,
  }, info) => {
    const disk = new Disk(info.outputPath('disk.img'), 32)
    const target = join(dirname(disk.path), 'restored.img')
    await app.evaluate(
      ({ dialog }, [image, file]) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [image!] })
        dialog.showSaveDialog = async () => ({ canceled: false, filePath: file! })
      },
      [disk.path, target],
    )
    const card = (name: string) => page.getByRole('button', { name: new RegExp(`^${name}, `) })

    await page.keyboard.press('ControlOrMeta+i')
    await expect(card('s1')).toBeVisible()
    disk.addFile(2)
    await page.keyboard.press('s')
    await expect(card('s2')).toBeVisible()

    // The lanes are one stop; arrows walk through the lineage.
    await card('s2').focus()
    await page.keyboard.press('ArrowLeft')
    await expect(card('s1')).toBeFocused()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Delete')
    await expect(page.getByText('Preview: s1 deleted')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByText('Preview: s1 deleted')).toHaveCount(0)
    await expect(card('s1')).toBeVisible()

    await page.keyboard.press('Delete')
    await expect(page.getByText('Preview: s1 deleted')).toBeVisible() // only what was seen is confirmed
    await page.keyboard.press('ControlOrMeta+Enter')
    await expect(card('s1')).toHaveCount(0)
    await page.keyboard.press('ControlOrMeta+z')
    await expect(card('s1')).toBeVisible()

    await card('s2').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('ControlOrMeta+Shift+s')
    await expect(page.getByText(/Restored/).first()).toBeVisible({ timeout: 20_000 })
    expect(digestOf(target)).toBe(disk.sha256)
  })
})

test('F6 goes round the regions and back, and every one is reached', async ({ page }) => {
  const regions = ['toolbar', 'volumes', 'lanes', 'core', 'dock', 'inspector', 'status']
  const walk = async (key: string) => {
    const visited: (string | undefined)[] = []
    for (const _ of regions) {
      await page.keyboard.press(key)
      visited.push(
        await page.evaluate(
          () => document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset.region,
        ),
      )
    }
    return visited
  }
  expect(await walk('F6')).toEqual(regions)
  // From the last one backwards: one step to the one before it, and round to the last again.
  expect(await walk('Shift+F6')).toEqual([...regions.slice(0, -1).reverse(), 'status'])
})
