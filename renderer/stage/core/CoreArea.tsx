import { type MouseEvent, useRef, useState } from 'react'
import type { Volume } from '../../../core/contract/model.ts'
import { BLOCK_BYTES } from '../../../core/contract/units.ts'
import { GUTTER_WIDTH } from '../columns.ts'
import type { StageProps } from '../stage-props.ts'
import { useWheel } from '../use-wheel.ts'
import { type BlockWindow, blockAt, slideWindow, yOf, zoomWindow } from './address-axis.ts'
import { CellCard } from './CellCard.tsx'
import { CoreCanvas } from './CoreCanvas.tsx'
import { HeadCells } from './HeadCells.tsx'
import type { Moves } from './moves.ts'
import { FOOT_HEIGHT, type Scene } from './scene.ts'

type Props = {
  stage: StageProps
  scene: Scene
  isStale: boolean
  moves: Moves | null
  panX: number
  volumeBlocks: number
  summary: string
  /** The volume of the head's column when it can be written to. */
  writable: Volume | null
  onWindow(window: BlockWindow | null): void
  onPan(by: number): void
  onPoint(x: number | null): void
  onPress(event: MouseEvent, x: number): void
  onMenu(event: MouseEvent, x: number): void
}

/** One notch of a wheel. */
const ZOOM_STEP = 1.2

/** The cells under the pointer's hand: pointing, choosing, moving along both axes. */
export function CoreArea(props: Props) {
  const { scene, panX, volumeBlocks, onWindow, onPan } = props
  const area = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<{ x: number; y: number } | null>(null)
  useWheel(area, (event) => {
    event.preventDefault()
    const y = event.clientY - (area.current?.getBoundingClientRect().top ?? 0)
    const isAlongX = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
    if (event.ctrlKey || event.metaKey) {
      const about = blockAt(y, scene.window, scene.height)
      const factor = event.deltaY > 0 ? ZOOM_STEP : 1 / ZOOM_STEP
      const next = zoomWindow(scene.window, about, factor, volumeBlocks)
      onWindow(next.blockCount >= volumeBlocks ? null : next)
    } else if (isAlongX) onPan(event.deltaX || event.deltaY)
    else if (scene.window.blockCount < volumeBlocks) {
      const by = (event.deltaY / scene.height) * scene.window.blockCount
      onWindow(slideWindow(scene.window, by, volumeBlocks))
    }
  })
  const volume = props.writable
  const now = scene.columns.at(-1)?.column
  const columnX = (event: MouseEvent) => placeOf(event).x - GUTTER_WIDTH + panX
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what the pointer does here, the lanes do by key
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      ref={area}
      className="core-area"
      data-stale={props.isStale}
      style={{ height: scene.height + FOOT_HEIGHT }}
      onMouseMove={(event) => {
        const place = placeOf(event)
        setAt(place.y < scene.height ? place : null)
        props.onPoint(place.x < GUTTER_WIDTH ? null : columnX(event))
      }}
      onMouseLeave={() => {
        setAt(null)
        props.onPoint(null)
      }}
      onClick={(event) => props.onPress(event, columnX(event))}
      onContextMenu={(event) => props.onMenu(event, columnX(event))}
    >
      <CoreCanvas
        scene={scene}
        panX={panX}
        moves={props.moves}
        summary={props.summary}
        onPainted={props.stage.onDrawn}
      />
      {now && volume && (
        <HeadCells
          scene={scene}
          volumeBlocks={Math.ceil(volume.sizeBytes / BLOCK_BYTES)}
          left={GUTTER_WIDTH + now.x - panX}
          width={now.width}
          onLoad={props.stage.onLoadCells}
          onWrite={props.stage.onWriteCells}
        />
      )}
      {at && <Crosshair scene={scene} y={at.y} />}
      {at && <CellCard scene={scene} at={at} panX={panX} canLoad={volume !== null} />}
    </div>
  )
}

/** The address under the pointer, on the axis and across all columns. */
function Crosshair({ scene, y }: { scene: Scene; y: number }) {
  const block = blockAt(y, scene.window, scene.height)
  const top = Math.round(yOf(block + 0.5, scene.window, scene.height))
  return <i className="crosshair" style={{ top, left: GUTTER_WIDTH - 10 }} />
}

function placeOf(event: MouseEvent): { x: number; y: number } {
  const box = event.currentTarget.getBoundingClientRect()
  return { x: event.clientX - box.left, y: event.clientY - box.top }
}
