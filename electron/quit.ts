import { app, type BrowserWindow } from 'electron'
import type { Dialogs } from './dialogs.ts'
import type { Libraries } from './libraries.ts'
import type { Log } from './log.ts'

/** An engine that does not answer in this time keeps nobody from leaving. */
const ANSWER_WITHIN_MS = 2_000

export type Leaving = { libraries: Libraries; dialogs: Dialogs; log: Log }

/** Whether the library may be left: nothing runs, or the person lets it be cancelled. */
export async function mayLeave(
  { libraries, dialogs, log }: Leaving,
  goal: 'quit' | 'leave this library',
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<[]>((resolve) => {
    timer = setTimeout(() => resolve([]), ANSWER_WITHIN_MS)
  })
  const asked = libraries.api.listJobs({}).catch((error) => {
    log.fault('asking what runs', error)
    return []
  })
  const jobs = await Promise.race([asked, late])
  clearTimeout(timer)
  const running = jobs.filter(({ state }) => state === 'running')
  return running.length === 0 || dialogs.askToCancel(running, goal)
}

/**
 * The order of the end: ask about running jobs, close the window, cancel jobs and close the
 * library, leave. However the end was asked for, it comes through here.
 */
export function endWithoutLoss(window: BrowserWindow, leaving: Leaving): void {
  let step: 'open' | 'asking' | 'closing' | 'closed' = 'open'

  window.on('close', (event) => {
    if (step === 'closing' || step === 'closed') return
    event.preventDefault()
    if (step === 'asking') return
    step = 'asking'
    void mayLeave(leaving, 'quit').then((may) => {
      step = may ? 'closing' : 'open'
      if (may) quitSoon()
    })
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (step === 'closed') return
    event.preventDefault()
    void leaving.libraries.close().finally(() => {
      step = 'closed'
      quitSoon()
    })
  })
}

/** While one request to quit is being refused, Electron does not hear another. */
function quitSoon(): void {
  setImmediate(() => app.quit())
}
