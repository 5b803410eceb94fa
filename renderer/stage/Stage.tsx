import { type MouseEvent, useCallback, useMemo, useRef, useState } from 'react'
import { ColumnLights } from './ColumnLights.tsx'
import { type Column, columnAt, GUTTER_WIDTH, layoutColumns } from './columns.ts'
import type { BlockWindow } from './core/address-axis.ts'
import { CorePanel } from './core/CorePanel.tsx'
import type { Wordings } from './core/cell-label.ts'
import { footOf, headFoot, summaryOf } from './core/core-words.ts'
import { FOOT_HEIGHT } from './core/scene.ts'
import { useCoreSample } from './core/use-core-sample.ts'
import { useScene } from './core/use-scene.ts'
import { HatchDefs } from './HatchDefs.tsx'
import { rangeOf } from './keyboard.ts'
import { fullBarBytes } from './lanes/bar.ts'
import { Lanes } from './lanes/Lanes.tsx'
import { layoutLanes } from './lanes/lane-layout.ts'
import { headKey, type LaneView } from './lanes/lane-view.ts'
import { dayOf } from './lanes/lane-words.ts'
import './stage.css'
import type { SnapshotId } from '../../core/contract/model.ts'
import type { StageProps } from './stage-props.ts'
import { entriesOf, forksOf, pathOf } from './tree.ts'
import { useLaneKeys } from './use-lane-keys.ts'
import { useColumnZoom, usePan } from './use-pan.ts'
import { usePointing } from './use-pointing.ts'
import { useSize } from './use-size.ts'
import {
  useDoomed,
  usePictureFacts,
  useSampleRequest,
  useTakeovers,
  useTree,
} from './use-stage-view.ts'

export type { CoreMode, Motion, Question, SelectHow, StageProps } from './stage-props.ts'

/** Between the lanes and the core sample: its name, the legend, its modes. */
const HEADER_HEIGHT = 40
const CORE_HEIGHT_MIN = 64
const NOBODY: ReadonlySet<SnapshotId> = new Set()

/** The lanes of a volume and its clones, and the core sample under them. */
export function Stage(props: StageProps) {
  const { question, selection, hoverId, library } = props
  const element = useRef<HTMLElement>(null)
  const laneElement = useRef<HTMLDivElement>(null)
  const size = useSize(element)
  const isPreview = question.kind === 'preview'
  const { tree, generations, followedId, volumeBlocks } = useTree(props)

  const doomedIds = useDoomed(props)
  const marked = useMemo(() => new Set(doomedIds), [doomedIds])
  const [zoom, setZoom] = useState(1)
  const [openKey, setOpenKey] = useState<string | null>(null)
  const layout = useMemo(() => {
    const entries = entriesOf(tree)
    const ends = [tree.snapshots[0], ...tree.snapshots.slice(-2)].flatMap(
      (s) => s?.snapshotId ?? [],
    )
    const focused = openKey === null ? [] : [openKey as SnapshotId]
    const clones = tree.snapshots.filter((s) => s.volumeId !== tree.volumes[0]?.volumeId)
    const openFirst = [
      ...focused,
      ...doomedIds,
      ...ends,
      ...forksOf(tree),
      ...clones.map((s) => s.snapshotId),
    ]
    return layoutColumns({ entries, openFirst, availableWidth: size.width - GUTTER_WIDTH, zoom })
  }, [tree, doomedIds, openKey, size.width, zoom])
  const lanes = useMemo(
    () => layoutLanes(tree.volumes.length, layout, size.height),
    [tree, layout, size.height],
  )
  const pan = usePan(layout, lanes, size.width)
  const zoomBy = useColumnZoom(layout, pan, setZoom)

  const whole = useMemo(() => ({ firstBlock: 0, blockCount: volumeBlocks }), [volumeBlocks])
  const [detail, setDetail] = useState<BlockWindow | null>(null)
  const request = useSampleRequest(tree, followedId, doomedIds, volumeBlocks, null)
  const detailRequest = useSampleRequest(tree, followedId, doomedIds, volumeBlocks, detail)
  const base = useCoreSample(props.sampleCore, request, library.revision)
  const near = useCoreSample(props.sampleCore, detail ? detailRequest : null, library.revision)
  const shown = detail && near.picture ? near : base

  const facts = usePictureFacts(base.picture, tree, generations, isPreview)
  const takeovers = useTakeovers(props, base.picture, tree)
  const emphasised = useMemo(
    () => (hoverId ? new Set([hoverId]) : isPreview ? NOBODY : new Set(selection)),
    [hoverId, isPreview, selection],
  )
  const path = useMemo(() => pathOf(tree, followedId), [tree, followedId])
  const footOfColumn = useCallback(
    (column: Column): Wordings => {
      if (column.kind === 'now') {
        if (layout.shape !== 'card') return ['now']
        const volume = tree.volumes.find((v) => v.volumeId === followedId)
        const based = volume?.head.baseId ? tree.byId.get(volume.head.baseId) : undefined
        return volume ? headFoot(volume, based, isPreview) : ['']
      }
      const snapshot = column.id ? tree.byId.get(column.id) : undefined
      if (!snapshot) return ['']
      return layout.shape === 'card' ? footOf(snapshot) : [dayOf(snapshot.startedAt)]
    },
    [layout.shape, tree, followedId, isPreview],
  )
  const scene = useScene({
    picture: shown.picture,
    layout,
    mode: isPreview ? 'state' : props.mode,
    isPreview,
    marked,
    emphasised,
    path,
    generationOfColumn: facts.generationOfColumn,
    names: facts.names,
    window: detail ?? whole,
    width: size.width,
    height: Math.max(CORE_HEIGHT_MIN, size.height - lanes.height - HEADER_HEIGHT - FOOT_HEIGHT),
    footOf: footOfColumn,
  })

  const point = usePointing(hoverId, props.onHover)
  const reveal = (key: string) => {
    setOpenKey(key)
    const column = layout.columns.find((c) => (c.id ?? headKey(followedId)) === key)
    if (column) pan.reveal(column)
  }
  const keys = useLaneKeys(
    props,
    tree,
    laneElement,
    (factor) => {
      const about = layout.columns.find((c) => c.id === keys.focusKey)
      zoomBy(factor, about)
    },
    reveal,
  )
  const view = useMemo(
    (): LaneView => ({
      tree,
      layout,
      lanes,
      generations,
      strips: facts.strips,
      generationOfColumn: facts.generationOfColumn,
      followedId,
      selected: isPreview ? NOBODY : marked,
      pointedId: hoverId,
      doomed: isPreview ? marked : NOBODY,
      isPreview,
      takeovers,
      focusKey: keys.focusKey,
      takenId: null,
      fullBarBytes: fullBarBytes(tree.snapshots),
      nowMs: Date.now(),
    }),
    [
      tree,
      layout,
      lanes,
      generations,
      facts,
      followedId,
      isPreview,
      marked,
      hoverId,
      takeovers,
      keys.focusKey,
    ],
  )

  const idAt = (x: number) => columnAt(layout, x)?.id ?? null
  const anchor = useRef<SnapshotId | null>(null)
  const press = (event: MouseEvent, x: number) => {
    const id = idAt(x)
    if (id === null || !tree.byId.has(id)) return
    keys.setFocusKey(id)
    if (event.shiftKey && anchor.current) {
      props.onSelect(rangeOf(tree, anchor.current, id), 'range')
      return
    }
    anchor.current = id
    props.onSelect([id], event.ctrlKey || event.metaKey ? 'toggle' : 'one')
  }
  const menu = (event: MouseEvent, x: number) => {
    const id = idAt(x)
    if (id === null || !tree.byId.has(id)) return
    event.preventDefault()
    props.onContextMenu(id, event.clientX, event.clientY)
  }
  const pointAt = (x: number | null) => {
    const id = x === null ? null : idAt(x)
    point(id !== null && tree.byId.has(id) ? id : null)
  }
  const lit = hoverId && !isPreview ? new Set([...marked, hoverId]) : marked

  return (
    <section
      ref={element}
      className="stage"
      aria-label="Lanes and core sample"
      onMouseLeave={() => pointAt(null)}
    >
      <HatchDefs />
      <ColumnLights layout={layout} ids={lit} panX={pan.x} />
      {size.width > 0 && (
        <Lanes
          view={view}
          container={laneElement}
          width={size.width - GUTTER_WIDTH}
          viewport={{ x: -pan.x, y: -pan.y, zoom: 1 }}
          onViewport={({ x, y }) => pan.move(-x, -y)}
          onPoint={pointAt}
          onPress={press}
          onMenu={menu}
          onFocusKey={keys.setFocusKey}
          onKeyDown={keys.onKeyDown}
        />
      )}
      <CorePanel
        stage={props}
        tree={tree}
        scene={scene}
        sampled={shown}
        panX={pan.x}
        volumeBlocks={volumeBlocks}
        followed={tree.volumes.find((v) => v.volumeId === followedId)}
        summary={summaryOf(
          tree,
          tree.volumes.find((v) => v.volumeId === followedId),
        )}
        onWindow={setDetail}
        onPan={(by) => pan.move(pan.x + by, pan.y)}
        onPoint={pointAt}
        onPress={press}
        onMenu={menu}
      />
    </section>
  )
}
