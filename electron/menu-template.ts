import type { BrowserWindow, MenuItemConstructorOptions } from 'electron'
import type { ShellInput } from '../core/contract/shell.ts'
import { type MenuEntry, menuGroups } from './menu-items.ts'

/** An action of the window, as it reports it: what it is called now, and whether it can run. */
export type ReportedAction = ShellInput<'reportActions'>['actions'][number]

export type Chooser = (id: string) => void

/** Pure: what the menu holds for these actions. An action that the window lacks is not offered. */
export function menuTemplate(
  actions: readonly ReportedAction[],
  onAction: Chooser,
  isMac: boolean,
  isPackaged: boolean,
): MenuItemConstructorOptions[] {
  const known = new Map(actions.map((action) => [action.id, action]))
  return menuGroups
    .filter(({ only }) => !only || isMac)
    .map(({ label, role, items }) => ({
      label,
      ...(role ? { role } : {}),
      submenu: withoutLooseSeparators(
        items.flatMap((item) => itemOf(item, known, onAction, isMac, isPackaged)),
      ),
    }))
    .filter(({ submenu }) => submenu.length > 0)
}

function itemOf(
  item: MenuEntry,
  known: ReadonlyMap<string, ReportedAction>,
  onAction: Chooser,
  isMac: boolean,
  isPackaged: boolean,
): MenuItemConstructorOptions[] {
  if (item === '-') return [{ type: 'separator' }]
  if ('role' in item) {
    if (item.only === 'unpackaged' && isPackaged) return []
    if (item.only === 'mac' && !isMac) return []
    if (item.only === 'other' && isMac) return []
    return [{ role: item.role }]
  }
  const action = known.get(item.id)
  if (!action) return []
  return [
    {
      id: item.id,
      label: action.title,
      enabled: action.isEnabled,
      ...keyOf(action.shortcut, isMac),
      click: (_item, window, { triggeredByAccelerator }) => {
        if (!triggeredByAccelerator) onAction(item.id)
        else if (item.inText) (window as BrowserWindow | undefined)?.webContents[item.inText]()
      },
    },
  ]
}

/**
 * The key is shown here and handled by the window, which knows whether someone types. A Mac acts on
 * what its menu shows once the window has left a key alone: then it is meant for text, and keys
 * that are letters are not shown there at all.
 */
function keyOf(shortcut: string | undefined, isMac: boolean): MenuItemConstructorOptions {
  if (!shortcut || (isMac && !shortcut.includes('CmdOrCtrl'))) return {}
  return { accelerator: shortcut, registerAccelerator: false }
}

function withoutLooseSeparators(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  const isSeparator = (at: number) => items[at]?.type === 'separator'
  const kept = items.filter((_, at) => !isSeparator(at) || !isSeparator(at + 1))
  if (kept[0]?.type === 'separator') kept.shift()
  if (kept.at(-1)?.type === 'separator') kept.pop()
  return kept
}
