// The real app as the pictures need it: opened, sized, led to what is to be seen, and taken.
import path from 'node:path'
import { _electron } from '@playwright/test'
import { canSandbox } from '../display.mjs'
import { electronProgram, inProject, root } from '../project.mjs'

/** @typedef {import('@playwright/test').ElectronApplication} App */
/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {{ app: App, page: Page }} Shown */

export const WIDE = { width: 1440, height: 900 }
export const NARROW = { width: 960, height: 640 }

/**
 * Opens the app with a profile of its own, at the size of a first start.
 * @param {string} profile @param {readonly string[]} args
 * @param {(shown: Shown) => Promise<void>} work
 */
export async function withApp(profile, args, work) {
  const app = await _electron.launch({
    executablePath: electronProgram(),
    args: [root, `--user-data-dir=${profile}`, ...args],
    chromiumSandbox: canSandbox(),
    colorScheme: null, // the app's own
  })
  try {
    const page = await app.firstWindow()
    await page.locator('html[data-ready="true"]').waitFor()
    await page.locator('canvas[role="img"]').first().waitFor()
    await size(app, page, WIDE)
    await leaveAlone(page)
    await work({ app, page })
  } finally {
    await app.close()
  }
}

/** @param {Page} page @param {string} name */
export function card(page, name) {
  return page.getByRole('button', { name: new RegExp(`^${name}, `) }).first()
}

/** @param {App} app @param {Page} page @param {'light' | 'dark'} wanted */
export async function theme(app, page, wanted) {
  await app.evaluate(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source
  }, wanted)
  await page.locator(`html[data-mantine-color-scheme="${wanted}"]`).waitFor()
}

/** @param {App} app @param {Page} page @param {{ width: number, height: number }} wanted */
export async function size(app, page, wanted) {
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
  }, wanted)
  await page.waitForFunction(({ width }) => innerWidth === width, wanted)
}

/** Takes the pointer off whatever would answer to it. @param {Page} page */
export function leaveAlone(page) {
  return page.mouse.move(1, 1)
}

/** From the palette. @param {Page} page @param {string} title */
export async function runAction(page, title) {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('Search, or run a command').fill(title)
  await page.keyboard.press('Enter')
}

/** A file from the desktop, held over the window. @param {Page} page @param {string} file */
export async function holdOver(page, file) {
  const cdp = await page.context().newCDPSession(page)
  const data = { items: [], files: [file], dragOperationsMask: 1 }
  const at = { x: WIDE.width / 2, y: WIDE.height / 2, data }
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver'])) {
    await cdp.send('Input.dispatchDragEvent', { type, ...at })
  }
}

/** What moves comes to rest first. @param {Page} page @param {string} name */
export async function take(page, name) {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== 'running'),
  )
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await page.waitForTimeout(600)
  const file = inProject('docs', 'pictures', `${name}.png`)
  const { length } = await page.screenshot({ path: file, animations: 'disabled' })
  console.log(`${path.relative(root, file)}  ${Math.round(length / 1024)} KiB`)
}
