import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, type Session, screen, type WebFrameMain } from 'electron'
import type { Log } from './log.ts'
import { PAGE_ORIGIN, PAGE_URL } from './page-manifest.ts'
import { displaySetOf, LEAST_SIZE, placeWindow } from './placement.ts'
import type { Settings } from './settings.ts'

/** The page's own background, so that the window does not flash before it draws. */
const BACKGROUND = { light: '#F4F6F8', dark: '#0F141A' }
/** Moving and resizing end this long before the place is written down. */
const PLACE_SETTLED_MS = 500
/** A page that dies more often than this a minute is left dead. */
const MAX_RELOADS = 3

/** Makes the window and loads the page. It shows itself once there is something to see. */
export function openWindow(ours: Session, settings: Settings, log: Log): BrowserWindow {
  const displays = screen.getAllDisplays()
  const place = settings.values.places[displaySetOf(displays)]
  const window = new BrowserWindow({
    ...placeWindow(place, displays),
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    title: 'Strata',
    show: false,
    backgroundColor: backgroundNow(),
    webPreferences: {
      session: ours,
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
    },
  })
  if (place?.isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  followTheme(window)
  rememberPlace(window, settings)
  reviveAfterCrash(window, log)
  void window.loadURL(PAGE_URL).catch((error) => log.fault('loading the page', error))
  return window
}

/** Whether a frame is the main frame of `window`, and shows our page. */
export function isPageOf(window: BrowserWindow, frame: WebFrameMain | null): boolean {
  if (!frame || window.isDestroyed()) return false
  return frame === window.webContents.mainFrame && frame.origin === PAGE_ORIGIN
}

function backgroundNow(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light
}

function followTheme(window: BrowserWindow): void {
  const follow = () => window.setBackgroundColor(backgroundNow())
  nativeTheme.on('updated', follow)
  window.once('closed', () => nativeTheme.off('updated', follow))
}

function rememberPlace(window: BrowserWindow, settings: Settings): void {
  let settled: NodeJS.Timeout | undefined
  const remember = () => {
    clearTimeout(settled)
    const displays = displaySetOf(screen.getAllDisplays())
    const place = { ...window.getNormalBounds(), isMaximized: window.isMaximized() }
    settings.rememberPlace(displays, place)
  }
  const soon = () => {
    clearTimeout(settled)
    settled = setTimeout(remember, PLACE_SETTLED_MS)
  }
  window.on('resize', soon)
  window.on('move', soon)
  window.on('close', remember)
  window.on('closed', () => clearTimeout(settled))
}

function reviveAfterCrash(window: BrowserWindow, log: Log): void {
  const diedAt: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.note(`the page's process ended: ${reason}, code ${exitCode}`)
    if (reason === 'clean-exit' || window.isDestroyed()) return
    diedAt.push(Date.now())
    if (diedAt.filter((at) => at > Date.now() - 60_000).length <= MAX_RELOADS) window.reload()
  })
}
