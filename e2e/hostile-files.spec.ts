import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './app.ts'
import { ask, refused } from './hostile.ts'

const volumeId = `vol-${'0'.repeat(17)}`
const snapshotId = `snap-${'0'.repeat(17)}`

/** Each call that takes a file. */
const withFile = {
  importImage: (file: string) => ({ file, copy: false }),
  writeFile: (file: string) => ({ volumeId, offsetBytes: 0, file }),
  takeSnapshot: (file: string) => ({ volumeId, file }),
  restoreToFile: (file: string) => ({ snapshotId, file, sha256: false, overwrite: true }),
}

/** Offers the files of the next drop, as any script that listens could. */
function offeredByDrop(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const offer = async ({ dataTransfer }: DragEvent) => {
          const offered = await window.strata.offerFiles([...(dataTransfer?.files ?? [])])
          resolve(JSON.stringify(offered))
        }
        window.addEventListener('drop', offer, { once: true, capture: true })
      }),
  )
}

test('a page cannot name a file by its path', async ({ page }) => {
  for (const [name, inputOf] of Object.entries(withFile)) {
    for (const file of ['/etc/passwd', `file-${'0'.repeat(32)}`, 'file:///etc/passwd']) {
      const reply = await ask(page, 'call', name, inputOf(file))
      expect(reply, `${name} of ${file}`).toEqual(refused('FILE_NOT_OFFERED'))
    }
  }
  const opened = await ask(page, 'shell', 'openLibrary', { fileId: '/etc' })
  expect(opened).toEqual(refused('FILE_NOT_OFFERED'))
  const made = await page.evaluate(() => window.strata.offerFiles([new File(['x'], '/etc/passwd')]))
  expect(made).toEqual([])
})

test('a dropped file is named without its place, and can only be read', async ({
  page,
  image,
  drop,
}) => {
  const path = await image(2, 'precious.img')
  const before = readFileSync(path)
  const offer = offeredByDrop(page)
  await drop([path])
  const offered = JSON.parse(await offer)
  expect(offered).toEqual([
    {
      fileId: expect.stringMatching(/^file-[0-9a-f]{32}$/),
      name: 'precious.img',
      sizeBytes: 2 * 524_288,
    },
  ])
  const { fileId } = offered[0]
  const overwrite = withFile.restoreToFile(fileId)
  expect(await ask(page, 'call', 'restoreToFile', overwrite)).toEqual(refused('FILE_NOT_OFFERED'))
  const read = await ask(page, 'call', 'importImage', withFile.importImage(fileId))
  expect(read).toMatchObject({ ok: true })
  expect(readFileSync(path).equals(before)).toBe(true)
})
