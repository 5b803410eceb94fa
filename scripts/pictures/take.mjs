// Drives the real app and writes docs/pictures/*.png. Started by scripts/pictures.mjs.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { runMain } from '../command.mjs'
import { makeFarCopies } from './far-copies.mjs'
import { makeFastVolume } from './fast-volume.mjs'
import { makeLargeDisk } from './large-disk.mjs'
import { makeSealedDisk, PASSPHRASE } from './sealed-disk.mjs'
import { addWebCopy } from './web-copy.mjs'
import { makeWebDisk } from './web-disk.mjs'
import { makeKept, makeWebMachine } from './web-machine.mjs'
import {
  card,
  holdOver,
  leaveAlone,
  NARROW,
  runAction,
  size,
  take,
  theme,
  WIDE,
  withApp,
} from './window.mjs'

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./window.mjs').Shown} Shown */

await runMain('pictures', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-pictures-'))
  try {
    // First: its credits fill while the other pictures are taken.
    const fast = makeFastVolume(folder)
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
    const large = makeLargeDisk(folder)
    await withApp(path.join(folder, 'large'), [`--library=${large}`], pictureOfPending)
    await withApp(path.join(folder, 'fast'), [`--library=${fast}`], pictureOfFastRestore)
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

/** Snapshots that wait for one which is being read. @param {Shown} shown */
async function pictureOfPending({ app, page }) {
  await theme(app, page, 'light')
  const toolbar = page.getByRole('toolbar')
  for (const name of ['s1', 's2', 's3', 's4']) {
    await toolbar.getByRole('button', { name: 'Take snapshot' }).click()
    await page.getByRole('button', { name: new RegExp(`^${name} `) }).waitFor()
  }
  await page.getByRole('button', { name: /^s2 / }).click()
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: 'Delete snapshot when complete' }).click()
  await page.getByRole('button', { name: /^s2 .*to be deleted/ }).click()
  await page.getByRole('heading', { name: 'Will be deleted when complete' }).waitFor()
  await leaveAlone(page)
  await take(page, 'life-cycle')
  // Closing asks what is to become of them.
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
  })
}

/** The switch of fast restore, with what it costs. @param {Shown} shown */
async function pictureOfFastRestore({ app, page }) {
  await theme(app, page, 'light')
  await card(page, 'C').click()
  const section = page.getByRole('region', { name: 'Fast restore' })
  await section.getByText(/^Credits: /).waitFor()
  await section.scrollIntoViewIfNeeded()
  await leaveAlone(page)
  await take(page, 'fast-restore')
}
