import { spotlight } from '@mantine/spotlight'
import type { Theme } from '../../core/contract/shell.ts'
import type { AppState } from '../state/store.ts'
import { isPanelOpen, type Panel } from '../state/view.ts'
import type { Action } from './action.ts'

const always = () => true

const theme = (id: Theme, title: string): Action => ({
  id: `view.theme.${id}`,
  title: () => title,
  keywords: 'appearance colours dark light mode',
  group: 'View',
  isEnabled: always,
  run: (state) => state.setTheme(id),
})

const panel = (id: Panel, name: string, shortcut: string): Action => ({
  id: `view.${id}`,
  title: (state) => `${isPanelOpen(state, id) ? 'Hide' : 'Show'} ${name}`,
  shortcut,
  keywords: 'panel sidebar toggle',
  group: 'View',
  isEnabled: always,
  run: (state: AppState) => state.togglePanel(id),
})

export const viewActions: readonly Action[] = [
  {
    id: 'view.palette',
    title: () => 'Search, or run a command',
    shortcut: 'CmdOrCtrl+K',
    group: 'View',
    isEnabled: always,
    run: () => spotlight.open(),
  },
  panel('volumes', 'volumes', 'CmdOrCtrl+1'),
  panel('dock', 'ledger, table, history and events', 'CmdOrCtrl+2'),
  panel('inspector', 'inspector', 'CmdOrCtrl+3'),
  {
    id: 'view.table',
    title: () => 'Show the table of snapshots',
    shortcut: 'T',
    keywords: 'list accessible csv',
    group: 'View',
    isEnabled: always,
    run: (state) => state.showDock('table'),
  },
  {
    id: 'view.history',
    title: () => 'Show the history',
    shortcut: 'H',
    keywords: 'log steps commands',
    group: 'View',
    isEnabled: always,
    run: (state) => state.showDock('history'),
  },
  {
    id: 'view.events',
    title: () => 'Show the events',
    shortcut: 'E',
    keywords: 'log notifications eventbridge cloudwatch',
    group: 'View',
    isEnabled: always,
    run: (state) => state.showDock('events'),
  },
  theme('system', 'Theme: as the system'),
  theme('light', 'Theme: light'),
  theme('dark', 'Theme: dark'),
  {
    id: 'help.shortcuts',
    title: () => 'Keyboard shortcuts',
    shortcut: '?',
    keywords: 'help keys',
    group: 'View',
    isEnabled: always,
    run: (state) => state.openDialog({ kind: 'shortcuts' }),
  },
]
