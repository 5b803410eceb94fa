import type { MenuItemConstructorOptions } from 'electron'

type Role = NonNullable<MenuItemConstructorOptions['role']>

/** An action of the window by its id, a thing that the system does, or a line. */
export type MenuEntry =
  | '-'
  /** `inText`: what its key means where someone types. */
  | { id: string; inText?: 'undo' | 'selectAll' }
  | { role: Role; only?: 'mac' | 'other' | 'unpackaged' }

export type MenuGroup = {
  label: string
  role?: Role
  only?: 'mac'
  items: readonly MenuEntry[]
}

/** The order of the application menu. Words, keys and state come from the window's actions. */
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
      { id: 'image.import' },
      { id: 'image.copy' },
      { id: 'image.importEncrypted' },
      { id: 'volume.create' },
      '-',
      { id: 'library.practice' },
      { id: 'library.new' },
      { id: 'library.open' },
      { id: 'region.add' },
      { id: 'account.add' },
      { id: 'account.publicAccess' },
      { id: 'bin.show' },
      { id: 'bin.rules' },
      { id: 'policies.show' },
      '-',
      { id: 'keys.show' },
      { id: 'keys.unlock' },
      { id: 'keys.lock' },
      { id: 'keys.recoveryKey' },
      '-',
      { id: 'library.verify' },
      { id: 'library.verifyDeep' },
      { id: 'library.reclaim' },
      '-',
      { role: 'close', only: 'mac' },
      { role: 'quit', only: 'other' },
    ],
  },
  {
    label: '&Edit',
    items: [
      { id: 'undo', inText: 'undo' },
      '-',
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      '-',
      { id: 'selection.all', inText: 'selectAll' },
      { id: 'selection.none' },
    ],
  },
  {
    label: 'V&olume',
    items: [
      { id: 'snapshot.take' },
      { id: 'snapshot.takeFrom' },
      { id: 'volume.write' },
      '-',
      { id: 'volume.locate' },
      { id: 'volume.grow' },
      { id: 'volume.rename' },
      { id: 'volume.tags' },
      { id: 'volume.remove' },
    ],
  },
  {
    label: '&Snapshot',
    items: [
      { id: 'snapshot.rename' },
      { id: 'snapshot.restore' },
      { id: 'snapshot.toVolume' },
      { id: 'snapshot.copy' },
      { id: 'snapshot.share' },
      { id: 'snapshot.tags' },
      { id: 'snapshot.lock' },
      { id: 'snapshot.unlock' },
      { id: 'snapshot.archive' },
      { id: 'snapshot.restoreTier' },
      { id: 'machine.register' },
      { id: 'snapshot.describe' },
      '-',
      { id: 'deletion.preview' },
      { id: 'deletion.confirm' },
      { id: 'deletion.cancel' },
    ],
  },
  {
    label: '&View',
    items: [
      { id: 'view.palette' },
      '-',
      { id: 'view.volumes' },
      { id: 'view.dock' },
      { id: 'view.inspector' },
      { id: 'view.table' },
      { id: 'view.history' },
      { id: 'view.events' },
      '-',
      { id: 'view.theme.system' },
      { id: 'view.theme.light' },
      { id: 'view.theme.dark' },
      '-',
      { role: 'togglefullscreen' },
      { role: 'toggleDevTools', only: 'unpackaged' },
    ],
  },
  {
    label: '&Window',
    role: 'window',
    items: [{ role: 'minimize' }, { role: 'zoom', only: 'mac' }],
  },
  { label: '&Help', role: 'help', items: [{ id: 'help.shortcuts' }] },
]
