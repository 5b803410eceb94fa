import { Menu } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import {
  CircleDot,
  CircleHelp,
  PanelLeft,
  PanelRight,
  Search,
  Settings2,
  Undo2,
} from 'lucide-react'
import { actionById } from '../actions/all.ts'
import { useApp, useAppStore } from '../state/context.ts'
import { ActionButton, Button } from '../ui/Button.tsx'
import { Keys } from '../ui/Keys.tsx'
import { count } from '../words/names.ts'
import { ActionItem } from './ActionItem.tsx'
import './toolbar.css'

export function Toolbar() {
  return (
    <header className="toolbar" data-region="toolbar">
      <LibraryName />
      <div aria-label="Toolbar" className="toolbar-tools" role="toolbar">
        <ActionButton actionId="snapshot.take" icon={<CircleDot size={16} />} />
        <ActionButton actionId="undo" icon={<Undo2 size={16} />} tone="ghost" />
        <button
          aria-label="Search, or run a command"
          className="toolbar-search"
          onClick={() => spotlight.open()}
          type="button"
        >
          <Search size={16} />
          <span className="ellipsis">Search, or run a command</span>
          <Keys shortcut={actionById('view.palette').shortcut ?? ''} />
        </button>
        <PanelButton actionId="view.volumes" icon={<PanelLeft size={16} />} />
        <PanelButton actionId="view.inspector" icon={<PanelRight size={16} />} />
        <ActionButton
          actionId="help.shortcuts"
          icon={<CircleHelp size={16} />}
          isIconOnly
          tone="ghost"
        />
        <SettingsMenu />
      </div>
    </header>
  )
}

function LibraryName() {
  const name = useApp((state) => state.library?.name ?? 'Strata')
  const detail = useApp(({ library }) => {
    if (library === null) return 'no library open'
    if (library.volumes.length === 0) return 'empty library'
    return library.isPractice ? 'practice library' : count(library.volumeCount, 'volume')
  })
  return (
    <div className="library-name">
      <Logo />
      <div className="library-name-text">
        <h1 className="ellipsis">{name}</h1>
        <p className="ellipsis">{detail}</p>
      </div>
    </div>
  )
}

function Logo() {
  return (
    <svg aria-hidden height="24" viewBox="0 0 24 24" width="24">
      <rect fill="var(--g6)" height="5" rx="1.5" width="20" x="2" y="3" />
      <rect fill="var(--g4)" height="5" rx="1.5" width="20" x="2" y="9.5" />
      <rect fill="var(--g2)" height="5" rx="1.5" width="20" x="2" y="16" />
    </svg>
  )
}

function PanelButton({ actionId, icon }: { actionId: string; icon: React.ReactNode }) {
  return <ActionButton actionId={actionId} icon={icon} isIconOnly tone="ghost" />
}

function SettingsMenu() {
  const theme = useApp((state) => state.shell?.theme ?? 'system')
  const setTheme = useApp((state) => state.setTheme)
  const store = useAppStore()
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button aria-label="Settings and library" icon={<Settings2 size={16} />} tone="ghost" />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Theme</Menu.Label>
        <Menu.RadioGroup
          onChange={(value) => {
            if (value === 'system' || value === 'light' || value === 'dark') void setTheme(value)
          }}
          value={theme}
        >
          <Menu.RadioItem value="system">As the system</Menu.RadioItem>
          <Menu.RadioItem value="light">Light</Menu.RadioItem>
          <Menu.RadioItem value="dark">Dark</Menu.RadioItem>
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>Library</Menu.Label>
        {['library.open', 'library.new', 'library.practice'].map((id) => (
          <ActionItem actionId={id} key={id} store={store} />
        ))}
        <Menu.Divider />
        {['library.verify', 'library.verifyDeep', 'library.reclaim'].map((id) => (
          <ActionItem actionId={id} key={id} store={store} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
