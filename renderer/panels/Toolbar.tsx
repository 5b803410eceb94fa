import { spotlight } from '@mantine/spotlight'
import { CircleDot, CircleHelp, PanelLeft, PanelRight, Search, Undo2 } from 'lucide-react'
import { actionById } from '../actions/all.ts'
import { useApp } from '../state/context.ts'
import { ActionButton } from '../ui/Button.tsx'
import { Keys } from '../ui/Keys.tsx'
import { Name } from '../ui/Name.tsx'
import { count } from '../words/names.ts'
import { SettingsMenu } from './SettingsMenu.tsx'
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
        <Name as="h1">{name}</Name>
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
