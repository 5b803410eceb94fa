import { useMemo } from 'react'
import type { SnapshotId } from '../../../core/contract/ids.ts'
import type { LaneKey } from '../../state/lanes.ts'
import { formatBytes } from '../../words/byte-format.ts'
import { count } from '../../words/names.ts'
import { colourOfGeneration, type Generation } from '../colours.ts'
import { GUTTER_WIDTH } from '../columns.ts'
import type { VolumeTree } from '../tree.ts'
import { nearestBar, STRIP_HEIGHT, timeStripOf } from './time-strip.ts'

const RIGHT = 16

type Props = {
  tree: VolumeTree
  generations: ReadonlyMap<SnapshotId, Generation>
  followedKey: LaneKey | undefined
  width: number
  marked: ReadonlySet<SnapshotId>
  pointedId: SnapshotId | null
  /** Age has no colour while a deletion is previewed: no colour may mean two things. */
  isPreview: boolean
  /** What of all columns is in view, 0 to 1. */
  seen: { from: number; to: number }
  onPick(id: SnapshotId): void
  onPoint(id: SnapshotId | null): void
}

/** Where one is in all of time, shown once columns are squeezed. The lanes do the same by key. */
export function TimeStrip(props: Props) {
  const { tree, generations, followedKey, seen } = props
  const width = Math.max(40, props.width - GUTTER_WIDTH - RIGHT)
  const strip = useMemo(
    () => timeStripOf(tree.snapshots, generations, followedKey, width),
    [tree, generations, followedKey, width],
  )
  const stored = tree.snapshots.reduce((sum, s) => sum + s.storedHereBytes, 0)
  const idAt = (event: React.MouseEvent) =>
    nearestBar(strip, event.clientX - event.currentTarget.getBoundingClientRect().left)?.id ?? null
  const marks = strip.bars.filter((bar) => props.marked.has(bar.id) || bar.id === props.pointedId)
  return (
    <div className="time-strip">
      <p className="time-key" data-preview={props.isPreview} aria-hidden="true">
        <span data-key="added">added</span>
        <span data-key="stored">stored</span>
      </p>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the lanes do the same by key */}
      <svg
        width={width}
        height={STRIP_HEIGHT + 24}
        role="img"
        aria-label={`${count(tree.snapshots.length, 'snapshot')} over time, ${formatBytes(stored)} stored`}
        onClick={(event) => {
          const id = idAt(event)
          if (id !== null) props.onPick(id)
        }}
        onMouseMove={(event) => props.onPoint(idAt(event))}
        onMouseLeave={() => props.onPoint(null)}
      >
        <rect className="time-ground" width={width} height={STRIP_HEIGHT} rx="4" y="6" />
        <g transform="translate(0 6)">
          {strip.paths.map((path) => (
            <path
              key={`${path.generation} ${path.isForeign}`}
              d={path.d}
              fill={props.isPreview ? 'var(--line)' : colourOfGeneration(path.generation)}
              opacity={path.isForeign ? 0.55 : 1}
            />
          ))}
          <path className="time-line" d={strip.line} />
        </g>
        <rect
          className="time-seen"
          x={0.5 + seen.from * width}
          width={Math.max(4, (seen.to - seen.from) * width - 1)}
          y="6.5"
          height={STRIP_HEIGHT - 1}
          rx="4"
        />
        {marks.map((bar) => (
          <path key={bar.id} className="time-mark" d={`M${bar.x - 5} 2h10l-5 6z`} />
        ))}
        {strip.days.map((day, index) => (
          <text
            key={day.label}
            x={index === 0 ? 0 : day.x}
            y={STRIP_HEIGHT + 19}
            textAnchor={index === 0 ? 'start' : 'middle'}
          >
            {day.label}
          </text>
        ))}
        <text x={width} y={STRIP_HEIGHT + 19} textAnchor="end">
          now
        </text>
      </svg>
    </div>
  )
}
