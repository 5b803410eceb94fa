import { type App, Menu } from 'electron'
import { type Chooser, menuTemplate, type ReportedAction } from './menu-template.ts'

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
