import { z } from 'zod'
import { UNDOABLE_CHOICES_MS } from './preferences.ts'
import type { AppState, AppStore } from './store.ts'

const KEY = 'window'

/** What the window keeps from one start to the next. A panel that nobody chose is not in it. */
const Remembered = z.object({
  volumes: z.boolean().optional(),
  inspector: z.boolean().optional(),
  dock: z.boolean(),
  dockTab: z.enum(['ledger', 'table', 'history', 'events']),
  isWelcomeClosed: z.boolean(),
  undoableMs: z.literal(UNDOABLE_CHOICES_MS),
  /** Older versions did not keep it. */
  showsCosts: z.boolean().default(true),
})
type Remembered = z.infer<typeof Remembered>

/**
 * Brings back what was chosen at the last start, and keeps what is chosen from now on.
 *
 * @param widthPx of the window: choices hold as long as it does not cross a limit
 * @returns a function that stops keeping
 */
export function rememberChoices(store: AppStore, storage: Storage, widthPx: number): () => void {
  store.setState({ widthPx })
  const found = read(storage)
  if (found !== null) {
    const { dockTab, isWelcomeClosed, undoableMs, showsCosts, ...panels } = found
    store.setState({ panels, dockTab, isWelcomeClosed, undoableMs, showsCosts })
  }
  let kept = JSON.stringify(choicesOf(store.getState()))
  return store.subscribe((state) => {
    const now = JSON.stringify(choicesOf(state))
    if (now === kept) return
    kept = now
    storage.setItem(KEY, now)
  })
}

/** @returns null when nothing was kept, or by a version that this one does not understand */
function read(storage: Storage): Remembered | null {
  const text = storage.getItem(KEY)
  if (text === null) return null
  try {
    return Remembered.parse(JSON.parse(text))
  } catch {
    return null
  }
}

function choicesOf(state: AppState) {
  const { panels, isDockLent, dockTab, isWelcomeClosed, undoableMs, showsCosts } = state
  // What a question opened closes with it.
  const dock = panels.dock && !isDockLent
  return { ...panels, dock, dockTab, isWelcomeClosed, undoableMs, showsCosts }
}
