// Drives the real app and writes docs/pictures/*.png. Started by scripts/pictures.mjs.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { _electron } from '@playwright/test'
import { runMain } from '../command.mjs'
import { canSandbox } from '../display.mjs'
import { electronProgram, inProject, root } from '../project.mjs'
import { makeFarCopies } from './far-copies.mjs'
import { makeSealedDisk, PASSPHRASE } from './sealed-disk.mjs'
import { addWebCopy } from './web-copy.mjs'
import { makeWebDisk } from './web-disk.mjs'
import { makeKept, makeWebMachine } from './web-machine.mjs'

/** @typedef {import('@playwright/test').ElectronApplication} App */
/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {{ app: App, page: Page }} Shown */

const WIDE = { width: 1440, height: 900 }
const NARROW = { width: 960, height: 640 }

await runMain('pictures', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-pictures-'))
  try {
    await withApp(path.join(folder, 'practice'), [], picturesOfExample)
    const { library, nextState } = makeWebDisk(folder)
    await withApp(path.join(folder, 'disk'), [`--library=${library}`], (shown) =>
      picturesOfDisk(shown, nextState),
    )
    addWebCopy(library, folder)
    await withApp(path.join(folder, 'copy'), [`--library=${library}`], pictureOfLoading)
    const machines = makeWebMachine(folder)
    await withApp(path.join(folder, 'machines'), [`--library=${machines}`], pictureOfImage)
    const sealed = makeSealedDisk(folder)
    await withApp(path.join(folder, 'sealed'), [`--library=${sealed}`], pictureOfKeys)
    const kept = makeKept(folder)
    await withApp(path.join(folder, 'kept'), [`--library=${kept}`], picturesOfKept)
    const far = makeFarCopies(folder)
    await withApp(path.join(folder, 'far'), [`--library=${far}`], picturesOfCopies)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
})

/** The 10 / 4 / 2 GiB example, which a first start opens. @param {Shown} shown */
async function picturesOfExample({ app, page }) {
  await theme(app, page, 'dark')
  await take(page, 'first-start-dark')
  await theme(app, page, 'light')
  await take(page, 'first-start-light')
  await size(app, page, NARROW)
  await take(page, 'narrow')
  await size(app, page, WIDE)

  await card(page, 'B').hover()
  await take(page, 'pointed-at')

  await card(page, 'B').click()
  await page.keyboard.press('Delete')
  await page.getByText('Preview: B deleted').waitFor()
  await leaveAlone(page)
  await take(page, 'preview-b')
  await page.keyboard.press('Escape')

  await card(page, 'C').click({ modifiers: ['ControlOrMeta'] })
  await page.keyboard.press('Delete')
  await page.getByText('Preview: B and C deleted').waitFor()
  await leaveAlone(page)
  await take(page, 'preview-b-and-c')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await picturesOfEvents(page)
}

/** @param {Page} page */
async function picturesOfEvents(page) {
  await page.keyboard.press('e')
  await page.getByRole('listbox', { name: 'Events' }).getByRole('option').nth(1).click()
  await page.getByRole('region', { name: 'Notification' }).waitFor()
  await leaveAlone(page)
  await take(page, 'events')
  await page.getByRole('button', { name: 'Close the notification' }).click()

  await card(page, 'B').click()
  await page.keyboard.press('d')
  await page.getByText('FullSnapshotSizeInBytes').waitFor()
  await take(page, 'describe')
}

/** A real ext4 image. @param {Shown} shown @param {string} nextState */
async function picturesOfDisk({ app, page }, nextState) {
  await theme(app, page, 'light')
  await card(page, 'thu').click()
  await leaveAlone(page)
  await take(page, 'disk-light')
  await theme(app, page, 'dark')
  await take(page, 'disk-dark')
  await theme(app, page, 'light')
  await holdOver(page, nextState)
  await take(page, 'drop')
}

/** A volume that is loaded in parts. @param {Shown} shown */
async function pictureOfLoading({ app, page }) {
  await theme(app, page, 'light')
  await page.getByRole('navigation', { name: 'Volumes' }).getByText('web-copy').click()
  await page.getByRole('heading', { name: 'Loading is paused' }).waitFor()
  await leaveAlone(page)
  await take(page, 'lazy-volumes')
}

/** An image, with the frame around what it keeps. @param {Shown} shown */
async function pictureOfImage({ app, page }) {
  await theme(app, page, 'light')
  await page.getByRole('button', { name: /^web-1\.0 / }).click()
  await page.getByRole('heading', { name: 'Launch configuration' }).waitFor()
  await leaveAlone(page)
  await take(page, 'images')
}

/** Keys in several states, over what they encrypt. @param {Shown} shown */
async function pictureOfKeys({ app, page }) {
  await theme(app, page, 'dark')
  await runAction(page, 'Keys…')
  await page.getByRole('button', { name: 'Unlock…' }).click()
  await page.getByLabel('Passphrase').fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Unlock', exact: true }).click()
  await page.getByRole('button', { name: 'Lock', exact: true }).waitFor()
  await leaveAlone(page)
  await take(page, 'encryption')
}

/** What keeps snapshots, and who else reads them. @param {Shown} shown */
async function picturesOfKept({ app, page }) {
  await theme(app, page, 'light')
  await page.getByRole('button', { name: 'Recycle Bin…' }).click()
  await page.getByRole('table', { name: 'In the Recycle Bin' }).waitFor()
  await take(page, 'keeping')
  await page.keyboard.press('Escape')
  await card(page, 'B').click()
  await leaveAlone(page)
  await take(page, 'marks')
  await card(page, 'C').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Share C…' }).click()
  await page.getByRole('dialog', { name: 'Share C' }).waitFor()
  await take(page, 'sharing')
}

/** A chain in two regions, what it costs, and what a policy would do. @param {Shown} shown */
async function picturesOfCopies({ app, page }) {
  await theme(app, page, 'light')
  await page.getByRole('button', { name: /^C, .*region eu-west-1\./ }).click()
  await leaveAlone(page)
  await take(page, 'regions')
  await card(page, 'B').click()
  await page.getByRole('button', { name: /charged a month come about/ }).hover()
  await take(page, 'money')
  await runAction(page, 'Life-cycle policies…')
  await page.getByRole('button', { name: 'Switch on…' }).click()
  await page.getByRole('dialog', { name: 'Switch on nightly?' }).waitFor()
  await take(page, 'policies')
}

/**
 * Opens the app with a profile of its own, at the size of a first start.
 * @param {string} profile @param {readonly string[]} args
 * @param {(shown: Shown) => Promise<void>} work
 */
async function withApp(profile, args, work) {
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
function card(page, name) {
  return page.getByRole('button', { name: new RegExp(`^${name}, `) }).first()
}

/** @param {App} app @param {Page} page @param {'light' | 'dark'} wanted */
async function theme(app, page, wanted) {
  await app.evaluate(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source
  }, wanted)
  await page.locator(`html[data-mantine-color-scheme="${wanted}"]`).waitFor()
}

/** @param {App} app @param {Page} page @param {{ width: number, height: number }} wanted */
async function size(app, page, wanted) {
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
  }, wanted)
  await page.waitForFunction(({ width }) => innerWidth === width, wanted)
}

/** Takes the pointer off whatever would answer to it. @param {Page} page */
function leaveAlone(page) {
  return page.mouse.move(1, 1)
}

/** From the palette. @param {Page} page @param {string} title */
async function runAction(page, title) {
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('Search, or run a command').fill(title)
  await page.keyboard.press('Enter')
}

/** A file from the desktop, held over the window. @param {Page} page @param {string} file */
async function holdOver(page, file) {
  const cdp = await page.context().newCDPSession(page)
  const data = { items: [], files: [file], dragOperationsMask: 1 }
  const at = { x: WIDE.width / 2, y: WIDE.height / 2, data }
  for (const type of /** @type {const} */ (['dragEnter', 'dragOver'])) {
    await cdp.send('Input.dispatchDragEvent', { type, ...at })
  }
}

/** What moves comes to rest first. @param {Page} page @param {string} name */
async function take(page, name) {
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== 'running'),
  )
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await page.waitForTimeout(600)
  const file = inProject('docs', 'pictures', `${name}.png`)
  const { length } = await page.screenshot({ path: file, animations: 'disabled' })
  console.log(`${path.relative(root, file)}  ${Math.round(length / 1024)} KiB`)
}
