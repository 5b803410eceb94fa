import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { app, type BrowserWindow } from 'electron'
import type { StrataApi } from '../core/contract/calls.ts'
import type { Wish } from './arguments.ts'
import { type DemoFigures, demoText } from './demo-text.ts'
import { runApp } from './run.ts'
import { SecondStarts } from './second-starts.ts'

/** A page that has not drawn in this time will not. */
const DRAWN_WITHIN_MS = 30_000
const LOOK_EVERY_MS = 50

/**
 * The app on its example, without a person: takes a picture of the real window, prints the figures
 * that the engine gives, and leaves with exit code 0, or 1 and a sentence on stderr. It has a
 * profile of its own, so that it neither meets nor changes anyone's libraries.
 */
export async function runDemo(wish: Wish): Promise<void> {
  const isPlaceGiven = app.commandLine.hasSwitch('user-data-dir')
  const place = isPlaceGiven ? app.getPath('userData') : tmpdir()
  mkdirSync(place, { recursive: true })
  const profile = mkdtempSync(join(place, 'strata-demo-profile-'))
  app.setPath('userData', profile)
  app.commandLine.appendSwitch('log-level', '3') // Chromium's remarks on a machine without a desktop
  app.on('quit', () => rmSync(profile, { recursive: true, force: true, maxRetries: 3 }))
  try {
    const { window, libraries } = await runApp(wish, new SecondStarts(app))
    const figures = await figuresOf(libraries.api)
    await drawn(window)
    const picture = await pictureOf(window)
    process.stdout.write(`${demoText(figures)}\n\nScreenshot: ${picture}\n`)
    await libraries.close()
    app.exit(0)
  } catch (error) {
    process.stderr.write(`The demo failed: ${error instanceof Error ? error.message : error}\n`)
    app.exit(1)
  }
}

/** Asks the engine, as the window does: nothing here is computed or typed in. */
async function figuresOf(engine: StrataApi): Promise<DemoFigures> {
  const { snapshots, storedBytes } = await engine.describeLibrary({})
  const sets = subsetsOf(snapshots).sort((a, b) => a.length - b.length)
  const deletions = await Promise.all(
    sets.map(async (set) => ({
      names: set.map(({ name }) => name),
      plan: await engine.planDeletion({ snapshotIds: set.map(({ snapshotId }) => snapshotId) }),
    })),
  )
  return { snapshots, storedBytes, deletions }
}

/** All sets but the empty one, each in the order of `items`. */
function subsetsOf<T>(items: readonly T[]): T[][] {
  const [first, ...rest] = items
  if (first === undefined) return []
  const without = subsetsOf(rest)
  return [[first], ...without.map((set) => [first, ...set]), ...without]
}

/** The page says so itself once its library is on the screen; the cells come with the next answer. */
const IS_DRAWN = `document.documentElement.dataset.ready === 'true'
  && document.querySelector('canvas[role="img"]') !== null`

/** Resolves when what is drawn now has been on the screen, in the typeface that the app ships. */
const ON_SCREEN = `document.fonts.ready.then(() => new Promise((shown) =>
  requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => shown(null))))))`

async function drawn({ webContents }: BrowserWindow): Promise<void> {
  const until = Date.now() + DRAWN_WITHIN_MS
  while (!(await webContents.executeJavaScript(IS_DRAWN))) {
    if (Date.now() > until) throw new Error('the window did not draw its library')
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
  await webContents.executeJavaScript(ON_SCREEN)
}

async function pictureOf(window: BrowserWindow): Promise<string> {
  const picture = await window.webContents.capturePage()
  if (picture.isEmpty()) throw new Error('the window gave no picture')
  const stamp = new Date().toISOString().replace(/[:.]/g, '-')
  const file = join(tmpdir(), `strata-demo-${stamp}.png`)
  writeFileSync(file, picture.toPNG())
  return file
}
