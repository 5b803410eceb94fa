import type { Action } from './action.ts'

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** @returns the action whose shortcut this is */
export function actionOfKey(
  actions: readonly Action[],
  pressed: Pressed,
  isMac: boolean,
): Action | undefined {
  return actions.find(({ shortcut }) => shortcut !== undefined && matches(shortcut, pressed, isMac))
}

/** A letter or sign alone: not while someone types. */
export function isPlainKey(action: Action): boolean {
  return action.shortcut !== undefined && !action.shortcut.includes('CmdOrCtrl')
}

/** As it is printed on keys: "Ctrl Shift O", "⌘ ⇧ O". */
export function shortcutKeys(shortcut: string, isMac: boolean): string[] {
  return shortcut.split('+').map((part) => {
    if (part === 'CmdOrCtrl') return isMac ? '⌘' : 'Ctrl'
    if (part === 'Shift') return isMac ? '⇧' : 'Shift'
    return part === 'Delete' ? 'Del' : part
  })
}

function matches(shortcut: string, pressed: Pressed, isMac: boolean): boolean {
  const parts = shortcut.split('+')
  const key = parts.at(-1) ?? ''
  const wantsMod = parts.includes('CmdOrCtrl')
  const mod = isMac ? pressed.metaKey : pressed.ctrlKey
  const otherMod = isMac ? pressed.ctrlKey : pressed.metaKey
  // "?" needs Shift on most keyboards, and is the same sign where it does not.
  const shiftFits = key === '?' || pressed.shiftKey === parts.includes('Shift')
  return (
    mod === wantsMod &&
    !otherMod &&
    !pressed.altKey &&
    shiftFits &&
    pressed.key.toLowerCase() === key.toLowerCase()
  )
}
