import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import {
  _electron,
  test as base,
  type ConsoleMessage,
  type ElectronApplication,
  expect,
  type Page,
} from '@playwright/test'

export { expect } from '@playwright/test'

const ROOT = resolve(import.meta.dirname, '..')
const BLOCK_BYTES = 524_288

/** What the page complained of. A test that provokes a complaint says so; others fail on it. */
export type Complaints = {
  /** Drops those that came so far and match. @returns how many there were */
  forgive(pattern: RegExp): number
}

type Strata = {
  /** More command line for the app of this test. */
  args: string[]
  /** A folder of the test's own: the app remembers nothing from elsewhere. */
  profile: string
  complaints: Complaints
  app: ElectronApplication
  /** The window, with its first library on the screen. */
  page: Page
  /** Writes a disk image of `blocks` random 512 KiB blocks. @returns its absolute path */
  image: (blocks: number, name?: string) => Promise<string>
  /** Drops real files on the window as the desktop does, in its middle unless told where. */
  drop: (paths: readonly string[], at?: { x: number; y: number }) => Promise<void>
}

/** Starts the app with a profile. As root Chromium has no sandbox; anyone else gets one. */
export function launch(
  profile: string,
  args: readonly string[] = [],
): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath: createRequire(import.meta.url)('electron') as string,
    args: [ROOT, `--user-data-dir=${profile}`, ...args],
    chromiumSandbox: process.getuid?.() !== 0,
    colorScheme: null, // the app's own, as people see it
  })
}

/** Ends the app, whatever it is doing: what a drop began may still run, and leaving would ask. */
export async function leave(app: ElectronApplication): Promise<void> {
  await app
    .evaluate(({ dialog }) => {
      const response = 1 // the button that cancels the work and quits
      dialog.showMessageBox = async () => ({ response, checkboxChecked: false })
    })
    .catch(() => {}) // a test closed it already
  await app.close()
}

/** Waits until the window has drawn its library. */
export async function drawn(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow()
  await page.locator('html[data-ready="true"]').waitFor()
  return page
}

export const test = base.extend<Strata>({
  args: [[], { option: true }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the braces
  profile: async ({}, use, info) => use(info.outputPath('profile')),

  app: async ({ profile, args }, use) => {
    const app = await launch(profile, args)
    await use(app)
    await leave(app)
  },

  complaints: async ({ app }, use) => {
    const seen: string[] = []
    const onConsole = (message: ConsoleMessage) => {
      if (['error', 'warning'].includes(message.type())) seen.push(message.text())
    }
    app.context().on('console', onConsole)
    app.context().on('weberror', (error) => seen.push(String(error.error())))
    const page = await app.firstWindow()
    for (const message of await page.consoleMessages()) onConsole(message)
    for (const error of await page.pageErrors()) seen.push(String(error))
    await use({
      forgive: (pattern) => {
        const left = seen.filter((text) => !pattern.test(text))
        return seen.splice(0, seen.length, ...left).length - left.length
      },
    })
    expect(seen, 'what the page complained of').toEqual([])
  },

  page: async ({ app, complaints }, use) => {
    expect(complaints).toBeDefined() // listens from here on
    await use(await drawn(app))
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the braces
  image: async ({}, use, info) => {
    let made = 0
    await use(async (blocks, name) => {
      made += 1
      const path = info.outputPath(name ?? `disk-${made}.img`)
      await writeFile(path, randomBytes(blocks * BLOCK_BYTES))
      return path
    })
  },

  drop: async ({ page }, use) => {
    const cdp = await page.context().newCDPSession(page)
    await use(async (paths, at) => {
      const size = await page.evaluate(() => ({ x: innerWidth / 2, y: innerHeight / 2 }))
      const { x, y } = at ?? size
      const data = { items: [], files: [...paths], dragOperationsMask: 1 }
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
        await cdp.send('Input.dispatchDragEvent', { type, x, y, data })
      }
    })
  },
})
