import { join } from 'node:path'
import { app, type BrowserWindow, nativeTheme, safeStorage } from 'electron'
import type { WireError } from '../core/contract/wire-error.ts'
import { startEngineThread } from '../core/threads/engine-thread.ts'
import type { Wish } from './arguments.ts'
import { Dialogs } from './dialogs.ts'
import { OfferedFiles } from './files.ts'
import { serveWindow } from './ipc.ts'
import { JobProgress } from './job-progress.ts'
import { Libraries } from './libraries.ts'
import { openLog } from './log.ts'
import { LongJobs } from './long-jobs.ts'
import { AppMenu } from './menu.ts'
import { notifyAway } from './notifications.ts'
import { Outbox } from './outbox.ts'
import { closedSession } from './permissions.ts'
import { servePage } from './protocol.ts'
import { endWithoutLoss, mayLeave } from './quit.ts'
import { type SecondStarts, serveStart } from './second-starts.ts'
import { Settings } from './settings.ts'
import { shellCallsOf } from './shell-calls.ts'
import { systemStore } from './system-store.ts'
import { isPageOf, openWindow } from './window.ts'

export type RunningApp = { window: BrowserWindow; libraries: Libraries }

/** Starts all parts in their order: what the page may ask for stands before the page is loaded. */
export async function runApp(wish: Wish, secondStarts: SecondStarts): Promise<RunningApp> {
  await app.whenReady()
  const userData = app.getPath('userData')
  const log = openLog(join(userData, 'logs', 'strata.log'))
  process.on('uncaughtExceptionMonitor', (error) => log.fault('the main process', error))
  const settings = Settings.read(join(userData, 'settings.json'), (error) =>
    log.fault('reading the settings, so defaults hold', error),
  )
  nativeTheme.themeSource = settings.values.theme

  const files = new OfferedFiles()
  const outbox = new Outbox()
  const progress = new JobProgress()
  const longJobs = new LongJobs()
  const showProgress = (fraction: number) => {
    if (!window.isDestroyed()) window.setProgressBar(fraction)
  }
  const onRefused = (error: WireError) => outbox.shell({ kind: 'libraryFailed', ...error })
  const libraries = new Libraries({
    startThread: () => startEngineThread(systemStore(safeStorage, process.platform)),
    practiceFolder: join(userData, 'practice'),
    settings,
    log,
    onEvent: (event) => {
      outbox.engine(event)
      showProgress(progress.after(event))
      const notice = longJobs.after(event, performance.now())
      if (notice) notifyAway(window, notice)
    },
    onOpened: () => {
      showProgress(progress.forget())
      longJobs.forget()
      outbox.shell({ kind: 'libraryOpened' })
    },
    onRefused,
    onStopped: (error) => {
      showProgress(progress.forget())
      longJobs.forget()
      outbox.shell({ kind: 'engineFailed', ...error })
    },
  })
  const started = libraries
    .start(wish.libraryPath)
    .catch((error) => log.fault('opening the first library', error))

  const session = closedSession()
  servePage(session, join(import.meta.dirname, '../renderer'))
  const menu = new AppMenu(app, (id) => outbox.shell({ kind: 'action', id }))
  const dialogs = new Dialogs(() => window)
  const leave = { libraries, dialogs, log }
  const mayLeaveLibrary = () => mayLeave(leave, 'leave this library')
  const shell = shellCallsOf({
    dialogs,
    files,
    libraries,
    menu,
    outbox,
    settings,
    mayLeave: mayLeaveLibrary,
  })
  const isOurs = (frame: Electron.WebFrameMain | null) => isPageOf(window, frame)
  serveWindow({ engine: libraries.api, shell, files, isOurs, logFault: log.fault })

  const window = openWindow(session, settings, log)
  outbox.deliverTo(window.webContents)
  endWithoutLoss(window, leave)

  const drop = async (paths: readonly string[]) => {
    if (paths.length === 0) return
    const offered = await Promise.all(paths.map((path) => files.offer(path, 'read')))
    outbox.shell({ kind: 'filesOffered', files: offered })
  }
  void started.then(() => drop(wish.files))
  app.on('open-file', (event, path) => {
    event.preventDefault()
    void drop([path])
  })
  const starts = { libraries, mayLeave: mayLeaveLibrary, drop, onRefused }
  let served = started
  secondStarts.serve((wish) => {
    // It may be closing: whoever starts the app just then gets no window for it.
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.focus()
    // One after the other: two questions at once would be about the same library.
    served = served
      .then(() => serveStart(wish, starts))
      .catch((error) => log.fault('serving another start', error))
  })
  return { window, libraries }
}
