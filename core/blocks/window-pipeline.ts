import type { BlockWindow } from './block-window.ts'

/**
 * Two windows at a time: while the threads work on one, the next is filled, and who is done with
 * the first goes on with the second.
 *
 * @param windows fills the window it is handed and says whether there was anything left
 * @param work resolves when all threads are done with the window
 * @param done called for each window in order; the window is reused after
 */
export async function runWindows<W extends BlockWindow, T>(
  windows: WindowSource<W>,
  work: (window: W) => Promise<T>,
  done: (window: W, worked: T) => void | Promise<void>,
): Promise<void> {
  const free: W[] = []
  const busy: { window: W; working: Promise<T> }[] = []
  for (;;) {
    const window = free.pop() ?? windows.make()
    window.clear()
    const isFilled = windows.fill(window)
    if (isFilled) {
      const working = work(window)
      // Awaited below; a failure meanwhile must not count as unhandled.
      working.catch(() => {})
      busy.push({ window, working })
    }
    if (busy.length === 0) return
    if (isFilled && busy.length < WINDOWS_IN_FLIGHT) continue
    const first = busy.shift()!
    await done(first.window, await first.working)
    free.push(first.window)
  }
}

const WINDOWS_IN_FLIGHT = 2

export type WindowSource<W extends BlockWindow> = {
  make(): W
  /** @returns false when nothing is left, and the window was not filled */
  fill(window: W): boolean
}
