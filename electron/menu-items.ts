import type { MenuItemConstructorOptions } from 'electron'

type Role = NonNullable<MenuItemConstructorOptions['role']>

/** An action of the window by its id, a thing that the system does, or a line. */
export type MenuEntry =
  | '-'
  | { id: string; accelerator?: string }
  | { role: Role; only?: 'mac' | 'other' | 'unpackaged' }

export type MenuGroup = {
  label: string
  role?: Role
  only?: 'mac' | 'other'
  items: readonly MenuEntry[]
}

/** Order and keys of the application menu. Words and state come from the window's actions. */
export const menuGroups: readonly MenuGroup[] = [
  {
    label: 'Strata',
    only: 'mac',
    items: [
      { role: 'about' },
      '-',
      { role: 'services' },
      '-',
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      '-',
      { role: 'quit' },
    ],
  },
  {
    label: '&File',
    items: [
      { id: 'library.practice' },
      { id: 'library.new' },
      { id: 'library.open', accelerator: 'CmdOrCtrl+O' },
      '-',
      { id: 'image.import', accelerator: 'CmdOrCtrl+I' },
      '-',
      { role: 'close', only: 'mac' },
      { role: 'quit', only: 'other' },
    ],
  },
  {
    label: '&Edit',
    items: [
      { id: 'undo', accelerator: 'CmdOrCtrl+Z' },
      '-',
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  },
  {
    label: '&View',
    items: ['-', { role: 'togglefullscreen' }, { role: 'toggleDevTools', only: 'unpackaged' }],
  },
  {
    label: '&Window',
    role: 'windowMenu',
    items: [{ role: 'minimize' }, { role: 'zoom', only: 'mac' }],
  },
]
