import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { useApp, useAppStore } from '../state/context.ts'
import type { LaneKey } from '../state/lanes.ts'
import { chosenSnapshots } from '../state/view.ts'
import { useRowWindow } from './row-window.ts'
import { SnapshotRow } from './SnapshotRow.tsx'
import { COLUMNS, rowsOf, type TableRow, tsvOf } from './table-rows.ts'
import './snapshot-table.css'
import { copyText } from '../ui/copy-text.ts'

/** The same facts as the picture, for keyboards and screen readers: every command works from it. */
export function SnapshotTable() {
  const library = useApp((state) => state.library)
  if (library === null) return null
  return <Grid library={library} />
}

function Grid({ library }: { library: LibraryView }) {
  const [closed, setClosed] = useState<ReadonlySet<LaneKey>>(new Set())
  const [atRow, setAtRow] = useState(0)
  const store = useAppStore()
  const selection = useApp((state) => state.selection)
  const chosen = useMemo(() => new Set(selection), [selection])
  const rows = useMemo(() => rowsOf(library, closed), [library, closed])
  const current = Math.min(atRow, rows.length - 1)
  const seen = useRowWindow(rows.length)
  // Scrolled away from the row that Tab would reach, the first one that is drawn stands in for it.
  const tabStop = current >= seen.from && current < seen.to ? current : seen.from
  const table = useRef<HTMLTableElement>(null)
  const mustFocus = useRef(false)
  useEffect(() => {
    if (!mustFocus.current) return
    mustFocus.current = false
    table.current?.querySelector<HTMLElement>(`tr[data-index="${current}"]`)?.focus()
  })

  const fold = (key: LaneKey, isOpen: boolean) => {
    const next = new Set(closed)
    if (isOpen) next.delete(key)
    else next.add(key)
    setClosed(next)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const row = rows[current]
    if (row === undefined) return
    const to = moveOf(event.key, rows, current)
    if (to !== null) {
      event.preventDefault()
      mustFocus.current = true
      setAtRow(to)
      seen.reveal(to)
      const next = rows[to]
      if (event.shiftKey && next?.kind === 'snapshot') {
        store.getState().select([next.snapshot.snapshotId], 'range')
      }
      return
    }
    if (keyOnRow(event, row)) event.preventDefault()
  }
  const keyOnRow = (event: KeyboardEvent, row: TableRow): boolean => {
    const state = store.getState()
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c') {
      const chosen = chosenSnapshots(state)
      copy(tsvOf(library, chosen.length > 0 ? chosen : library.snapshots))
      return true
    }
    if (row.kind === 'lane') {
      if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
        fold(row.lane.key, event.key === 'ArrowRight')
        return true
      }
      if (event.key !== 'Enter' && event.key !== ' ') return false
      state.showVolume(row.lane.volume.volumeId)
      return true
    }
    if (event.key !== 'Enter' && event.key !== ' ') return false
    choose(row.snapshot, event.key === ' ' ? 'toggle' : 'one')
    return true
  }
  const onClick = (event: MouseEvent<HTMLTableElement>) => {
    const at = (event.target as Element).closest('tr')?.dataset.index
    const row = at === undefined ? undefined : rows[Number(at)]
    if (row === undefined) return
    setAtRow(Number(at))
    if (row.kind === 'lane') fold(row.lane.key, !row.isOpen)
    else choose(row.snapshot, howOf(event))
  }
  const choose = (snapshot: Snapshot, how: 'one' | 'toggle' | 'range') => {
    const { volumeId, showVolume, select } = store.getState()
    if (how === 'one' && volumeId !== snapshot.volumeId) showVolume(snapshot.volumeId)
    select([snapshot.snapshotId], how)
  }
  const copy = (text: string) => {
    if (copyText(text)) store.getState().announce('Copied as a table.')
  }

  return (
    <div className="snapshot-table" onScroll={seen.onScroll}>
      <table
        aria-label="Snapshots"
        ref={table}
        aria-multiselectable
        aria-rowcount={rows.length + 1}
        onClick={onClick}
        onKeyDown={onKeyDown}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the treegrid pattern
        role="treegrid"
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">Name</th>
            <th scope="col">Taken</th>
            <th scope="col">Marks</th>
            {COLUMNS.map((column) => (
              <th key={column.key} scope="col">
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {seen.spaceAbove && <tr aria-hidden style={seen.spaceAbove} />}
          {rows.slice(seen.from, seen.to).map((row, offset) => (
            <SnapshotRow
              index={seen.from + offset}
              isCurrent={seen.from + offset === tabStop}
              isSelected={row.kind === 'snapshot' && chosen.has(row.snapshot.snapshotId)}
              key={row.kind === 'lane' ? row.lane.key : row.snapshot.snapshotId}
              row={row}
            />
          ))}
          {seen.spaceBelow && <tr aria-hidden style={seen.spaceBelow} />}
        </tbody>
      </table>
    </div>
  )
}

function howOf(event: MouseEvent): 'one' | 'toggle' | 'range' {
  if (event.shiftKey) return 'range'
  return event.ctrlKey || event.metaKey ? 'toggle' : 'one'
}

function moveOf(key: string, rows: readonly TableRow[], at: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(rows.length - 1, at + 1)
    case 'ArrowUp':
      return Math.max(0, at - 1)
    case 'Home':
      return 0
    case 'End':
      return rows.length - 1
    case 'ArrowLeft': {
      // From a snapshot to its volume.
      if (rows[at]?.kind !== 'snapshot') return null
      return rows.slice(0, at).findLastIndex((row) => row.kind === 'lane')
    }
    default:
      return null
  }
}
