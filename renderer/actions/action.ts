import type { AppState } from '../state/store.ts'

/**
 * One thing a person can do, however they ask for it: toolbar, key, palette, context menu and the
 * application's menu all run the same object.
 */
export type Action = {
  /** Never changes: the application's menu names actions by it. */
  id: string
  /** Names what will happen, with the object where there is one: "Undo delete B". */
  title: (state: AppState) => string
  /** As Electron writes accelerators: "CmdOrCtrl+Shift+O", "Delete", "S". */
  shortcut?: string
  /** Other words that people look for in the palette. */
  keywords?: string
  group: 'Library' | 'Volume' | 'Snapshot' | 'View'
  isEnabled: (state: AppState) => boolean
  /** Why it is off, where what it would act on does not show it; null: nothing more to say. */
  whyOff?: (state: AppState) => string | null
  run: (state: AppState) => void | Promise<void>
}

/** null: it is on, or what it would act on shows why not. */
export function whyOffOf({ isEnabled, whyOff }: Action, state: AppState): string | null {
  return isEnabled(state) ? null : (whyOff?.(state) ?? null)
}
