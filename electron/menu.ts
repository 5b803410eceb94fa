import { type App, Menu, type MenuItemConstructorOptions } from 'electron'
import { type MenuGroup, menuGroups } from './menu-items.ts'

/** An action of the window, as it reports it: what it is called now, and whether it can run. */
export type ReportedAction = { id: string; title: string; isEnabled: boolean }

type Chooser = (id: string) => void

/** The menu of the application. Its actions are the window's own: it only shows and triggers them. */
export class AppMenu {
  readonly #isMac: boolean
  readonly #isPackaged: boolean
  readonly #onAction: Chooser
  #shown = ''

  constructor(app: App, onAction: Chooser) {
    this.#isMac = process.platform === 'darwin'
    this.#isPackaged = app.isPackaged
    this.#onAction = onAction
    this.show([])
  }

  /** Only a change of words or of what is there makes a new menu; the rest is a flag. */
  show(actions: readonly ReportedAction[]): void {
    const wording = JSON.stringify(actions.map(({ id, title }) => [id, title]))
    const menu = Menu.getApplicationMenu()
    if (menu && wording === this.#shown) {
      for (const { id, isEnabled } of actions) {
        const item = menu.getMenuItemById(id)
        if (item) item.enabled = isEnabled
      }
      return
    }
    this.#shown = wording
    const template = menuTemplate(actions, this.#onAction, this.#isMac, this.#isPackaged)
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
}

/** Pure: what the menu holds for these actions. An action that the window lacks is not offered. */
export function menuTemplate(
  actions: readonly ReportedAction[],
  onAction: Chooser,
  isMac: boolean,
  isPackaged: boolean,
): MenuItemConstructorOptions[] {
  const known = new Map(actions.map((action) => [action.id, action]))
  return menuGroups
    .filter(({ only }) => !only || (only === 'mac') === isMac)
    .map((group) => ({
      label: group.label,
      ...(group.role ? { role: group.role } : {}),
      submenu: withoutLooseSeparators(
        group.items.flatMap((item) => itemOf(item, known, onAction, isMac, isPackaged)),
      ),
    }))
}

function itemOf(
  item: MenuGroup['items'][number],
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
      // Shown here, handled by the window, which knows whether a text field has the focus.
      ...(item.accelerator ? { accelerator: item.accelerator, registerAccelerator: false } : {}),
      click: () => onAction(item.id),
    },
  ]
}

function withoutLooseSeparators(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  const isSeparator = (at: number) => items[at]?.type === 'separator'
  const kept = items.filter((_, at) => !isSeparator(at) || !isSeparator(at + 1))
  if (kept[0]?.type === 'separator') kept.shift()
  if (kept.at(-1)?.type === 'separator') kept.pop()
  return kept
}
