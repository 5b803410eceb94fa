import { memo } from 'react'
import type { Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { progressOf } from '../state/jobs.ts'
import { Bytes } from '../ui/Bytes.tsx'
import { KeyBadge } from '../ui/KeySign.tsx'
import { Marks } from '../ui/Marks.tsx'
import { count } from '../words/names.ts'
import { formatInstant } from '../words/time-format.ts'
import { unfinishedLabel } from '../words/unfinished-words.ts'
import { COLUMNS, isKnown, type TableRow } from './table-rows.ts'

type Props = {
  row: TableRow
  index: number
  isCurrent: boolean
  isSelected: boolean
}

/** Presses are heard by the table: of a thousand rows only those that change are drawn again. */
export const SnapshotRow = memo(function SnapshotRow({ row, index, isCurrent, isSelected }: Props) {
  const hover = useApp((state) => state.hover)
  const shared = { 'aria-rowindex': index + 2, 'data-index': index, tabIndex: isCurrent ? 0 : -1 }
  if (row.kind === 'lane') {
    return (
      <tr {...shared} aria-expanded={row.isOpen} aria-level={1} className="is-volume">
        <th className="ellipsis" scope="row" title={row.lane.volume.name}>
          <KeyBadge item={row.lane.volume} />
          <bdi>{row.lane.volume.name}</bdi>
        </th>
        <td colSpan={COLUMNS.length + 2}>
          <span className="sec">
            {row.region !== null && <bdi>{row.region}, </bdi>}
            {row.lane.isHome
              ? count(row.snapshotCount, 'snapshot')
              : count(row.snapshotCount, 'copy', 'copies')}
          </span>
        </td>
      </tr>
    )
  }
  const { snapshot } = row
  return (
    <tr
      {...shared}
      aria-level={2}
      aria-selected={isSelected}
      onPointerEnter={() => hover(snapshot.snapshotId)}
      onPointerLeave={() => hover(null)}
    >
      <th className="ellipsis" dir="auto" scope="row" title={snapshot.name}>
        {snapshot.name}
      </th>
      <td>{formatInstant(snapshot.startedAt)}</td>
      <td>
        <KeyBadge item={snapshot} />
        <Marks marks={row.marks} />
      </td>
      {snapshot.state === 'completed' ? (
        COLUMNS.map(({ key }) => (
          <td key={key}>
            {isKnown(key, row.isForeign) ? <Bytes value={snapshot[key]} /> : <NotTold />}
          </td>
        ))
      ) : (
        <td className="is-unfinished" colSpan={COLUMNS.length}>
          <Unfinished snapshot={snapshot} />
        </td>
      )}
    </tr>
  )
})

function NotTold() {
  return (
    <span className="sec" title="Only its owner knows">
      –
    </span>
  )
}

/** Without figures, but with a state. */
function Unfinished({ snapshot }: { snapshot: Snapshot }) {
  const progress = useApp(({ jobs }) => progressOf(jobs, snapshot))
  const label = useApp(
    ({ library }) => library && unfinishedLabel(library, { ...snapshot, progress }),
  )
  return (
    <span className="sec">
      {label}
      {snapshot.stateMessage !== null && `: ${snapshot.stateMessage}`}
    </span>
  )
}
