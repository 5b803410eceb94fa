import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import type { BlockRange } from '../../../core/contract/ids.ts'
import { BLOCK_BYTES } from '../../../core/contract/units.ts'
import { formatBytes } from '../../words/byte-format.ts'
import { UNLOADED_LABELS, unloadedWords } from '../../words/load-words.ts'
import { blockAt, yOf } from './address-axis.ts'
import { blocksIn, blocksOfCell, cellsBetween, joinRanges } from './head-cells.ts'
import type { Scene } from './scene.ts'
import { type UnloadedCell, unloadedCell, unloadedRows } from './unloaded-cells.ts'

type Props = {
  scene: Scene
  volumeBlocks: number
  left: number
  width: number
  onWrite(ranges: BlockRange[]): void
  onLoad(ranges: BlockRange[]): void
}

/** Where a stretch of cells began, and which ranges were chosen before it. */
type Stretch = { from: number; to: number; before: readonly BlockRange[] }

/**
 * Choosing cells of the live volume, by dragging or by key, and writing to them. One that is not
 * loaded yet is loaded as soon as it is clicked.
 */
export function HeadCells({ scene, volumeBlocks, left, width, onWrite, onLoad }: Props) {
  const { window, height } = scene
  const [stretch, setStretch] = useState<Stretch | null>(null)
  const [isDragging, setDragging] = useState(false)
  const cellBlocks = blocksOfCell(window, height)
  const ranges = stretch ? chosen(stretch, cellBlocks, volumeBlocks) : []
  const bytes = blocksIn(ranges) * BLOCK_BYTES
  const missing = missingOf(scene, ranges)
  // What cannot be read is not tried again by the way: something else may be written there.
  const isDamaged = scene.unloadedLook === 'damaged'
  const isToLoad = missing !== null && !isDamaged
  const blockOf = (event: PointerEvent<HTMLElement>) =>
    Math.min(
      volumeBlocks - 1,
      blockAt(event.clientY - event.currentTarget.getBoundingClientRect().top, window, height),
    )
  const write = () => {
    if (ranges.length === 0) return
    onWrite(ranges)
    setStretch(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step !== undefined) {
      const at = stretch ? stretch.to + step * cellBlocks : window.firstBlock
      const to = Math.min(volumeBlocks - 1, Math.max(0, at))
      setStretch(event.shiftKey && stretch ? { ...stretch, to } : { from: to, to, before: [] })
    } else if (event.key === 'Enter' && isToLoad) onLoad(ranges)
    else if (event.key === 'Enter' && ranges.length > 0) write()
    else if (event.key === 'Escape' && stretch) setStretch(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const last = ranges.at(-1)
  const top = last ? yOf(last.firstBlock + last.blockCount, window, height) : 0
  return (
    <>
      <div
        className="head-cells"
        role="slider"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={unloadedRows(scene.picture) === null || isDamaged ? TO_WRITE : TO_LOAD}
        aria-valuemin={0}
        aria-valuemax={volumeBlocks}
        aria-valuenow={stretch?.to ?? 0}
        aria-valuetext={
          last
            ? `${formatBytes(bytes)} at ${formatBytes(last.firstBlock * BLOCK_BYTES)}${
                missing === null
                  ? ''
                  : `, ${UNLOADED_LABELS[scene.unloadedLook]}: ${unloadedWords(missing)}`
              }`
            : 'none'
        }
        style={{ left, width, height }}
        onKeyDown={onKeyDown}
        onClick={(event) => event.stopPropagation()}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          const at = blockOf(event)
          setStretch({ from: at, to: at, before: event.ctrlKey || event.metaKey ? ranges : [] })
          setDragging(true)
        }}
        onPointerMove={(event) => {
          if (isDragging && stretch) setStretch({ ...stretch, to: blockOf(event) })
        }}
        onPointerUp={() => {
          setDragging(false)
          if (isToLoad && stretch?.from === stretch?.to) onLoad(ranges)
        }}
        onPointerCancel={() => setDragging(false)}
      >
        {ranges.map((range) => {
          const y = yOf(range.firstBlock, window, height)
          const end = yOf(range.firstBlock + range.blockCount, window, height)
          return <i key={range.firstBlock} style={{ top: y, height: end - y }} />
        })}
      </div>
      {last && !isDragging && (
        <div
          className="head-write"
          style={{ right: scene.width - left - width, top: Math.min(top + 6, height - 36) }}
        >
          <span>
            {formatBytes(bytes)} from {formatBytes((ranges[0]?.firstBlock ?? 0) * BLOCK_BYTES)}
          </span>
          {missing !== null && (
            <button
              type="button"
              onClick={(event) => {
                event.stopPropagation()
                onLoad(ranges)
              }}
            >
              {isDamaged ? 'Try again' : 'Load now'}
            </button>
          )}
          <button
            type="button"
            onClick={(event) => {
              event.stopPropagation()
              write()
            }}
          >
            Write here
          </button>
        </div>
      )}
    </>
  )
}

const TO_WRITE =
  'Cells of the live volume to write to. Arrow keys move, Shift extends, Enter writes.'
const TO_LOAD =
  'Cells of the live volume. Arrow keys move, Shift extends, Enter loads what is not loaded yet, then writes.'

/** Of all the cells that are chosen, together. */
function missingOf({ picture }: Scene, ranges: readonly BlockRange[]): UnloadedCell | null {
  const cells = ranges.flatMap((range) => unloadedCell(picture, range) ?? [])
  if (cells.length === 0) return null
  return {
    blocks: cells.reduce((sum, cell) => sum + cell.blocks, 0),
    ofBlocks: blocksIn(ranges),
    isExact: cells.every((cell) => cell.isExact),
  }
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -8,
  PageDown: 8,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

function chosen(stretch: Stretch, cellBlocks: number, volumeBlocks: number): BlockRange[] {
  const here = cellsBetween(stretch.from, stretch.to, cellBlocks, volumeBlocks)
  return joinRanges([...stretch.before, here])
}
