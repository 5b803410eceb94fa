import { ChevronDown, ChevronUp } from 'lucide-react'
import { type KeyboardEvent, useId } from 'react'
import { useApp } from '../state/context.ts'
import type { DockTab } from '../state/view.ts'
import { ActionButton } from '../ui/Button.tsx'
import { Events } from './Events.tsx'
import { History } from './History.tsx'
import { Ledger } from './Ledger.tsx'
import { SnapshotTable } from './SnapshotTable.tsx'
import './dock.css'

const TABS: readonly { tab: DockTab; label: string }[] = [
  { tab: 'ledger', label: 'Ledger' },
  { tab: 'table', label: 'Table' },
  { tab: 'history', label: 'History' },
  { tab: 'events', label: 'Events' },
]

export function Dock() {
  const isOpen = useApp((state) => state.panels.dock)
  const shown = useApp((state) => state.dockTab)
  const id = useId()
  return (
    <section aria-label="Dock" className="dock" data-open={isOpen || undefined} data-region="dock">
      <TabStrip id={id} isOpen={isOpen} shown={shown} />
      {isOpen && (
        <div
          aria-labelledby={`${id}-${shown}`}
          className="dock-panel"
          id={`${id}-panel`}
          role="tabpanel"
        >
          {shown === 'ledger' && <Ledger />}
          {shown === 'table' && <SnapshotTable />}
          {shown === 'history' && <History />}
          {shown === 'events' && <Events />}
        </div>
      )}
    </section>
  )
}

function TabStrip({ id, isOpen, shown }: { id: string; isOpen: boolean; shown: DockTab }) {
  const showDock = useApp((state) => state.showDock)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (step === undefined) return
    const at = TABS.findIndex(({ tab }) => tab === shown)
    const next = TABS.at((at + step) % TABS.length)
    if (next === undefined) return
    event.preventDefault()
    showDock(next.tab)
    document.getElementById(`${id}-${next.tab}`)?.focus()
  }
  return (
    <div className="dock-tabs">
      <div aria-label="Dock" className="dock-tablist" onKeyDown={onKeyDown} role="tablist">
        {TABS.map(({ tab, label }) => (
          <button
            aria-controls={isOpen ? `${id}-panel` : undefined}
            aria-selected={isOpen && tab === shown}
            className="dock-tab"
            id={`${id}-${tab}`}
            key={tab}
            onClick={() => showDock(tab)}
            role="tab"
            tabIndex={tab === shown ? 0 : -1}
            type="button"
          >
            {label}
          </button>
        ))}
      </div>
      {!isOpen && <span className="sec ellipsis">Deleting anything opens the Ledger here</span>}
      <ActionButton
        actionId="view.dock"
        icon={isOpen ? <ChevronDown size={16} /> : <ChevronUp size={16} />}
        isIconOnly
        tone="ghost"
      />
    </div>
  )
}
