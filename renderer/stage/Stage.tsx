import { useEffect, useMemo, useRef, useState } from 'react'
import type { SnapshotId } from '../../core/contract/ids.ts'
import { unloadedLook } from '../words/load-words.ts'
import { ColumnLights } from './ColumnLights.tsx'
import { GUTTER_WIDTH } from './columns.ts'
import { CorePanel } from './core/CorePanel.tsx'
import { summaryOf } from './core/core-words.ts'
import { closingScene, isClosing, movesOf } from './core/moves.ts'
import { FOOT_HEIGHT } from './core/scene.ts'
import { MAX_SAMPLE_SNAPSHOTS } from './core/use-core-sample.ts'
import { useScene } from './core/use-scene.ts'
import { HatchDefs } from './HatchDefs.tsx'
import { Lanes } from './lanes/Lanes.tsx'
import { headKey } from './lanes/lane-view.ts'
import './stage.css'
import type { StageProps } from './stage-props.ts'
import { TimeStrip } from './time/TimeStrip.tsx'
import { lanePlaceOf, pathOf, withoutRemnants } from './tree.ts'
import { useColumns } from './use-columns.ts'
import { useFeet } from './use-feet.ts'
import { useGestures } from './use-gestures.ts'
import { useLaneKeys } from './use-lane-keys.ts'
import { useLaneView } from './use-lane-view.ts'
import { useMotion } from './use-motion.ts'
import { useRemembered } from './use-remembered.ts'
import { useSamples } from './use-samples.ts'
import { useSize } from './use-size.ts'
import { useDoomed, useTree } from './use-stage-view.ts'

export type { CoreMode, Motion, Question, SelectHow, StageProps } from './stage-props.ts'

/** Between the lanes and the core sample: its name, the legend, its modes. */
const HEADER_HEIGHT = 40
const CORE_HEIGHT_MIN = 64
const STRIP_SPACE = 72
/** A line under the header, when not all snapshots have cells. */
const NOTE_HEIGHT = 22
/** Lower stages need all of it for lanes and cells. */
const STRIP_FROM_HEIGHT = 480
const NOBODY: ReadonlySet<SnapshotId> = new Set()

/** The lanes of a volume and its clones, and the core sample under them. */
export function Stage(props: StageProps) {
  const { hoverId, selection } = props
  const isPreview = props.question.kind === 'preview'
  const element = useRef<HTMLElement>(null)
  const laneElement = useRef<HTMLDivElement>(null)
  const size = useSize(element)
  const { tree, generations, followed, volumeBlocks } = useTree(props)
  const followedVolume = followed?.volume
  const followedId = followedVolume?.volumeId ?? props.volumeId
  const doomedIds = useDoomed(props)
  const marked = useMemo(() => new Set(doomedIds), [doomedIds])
  const [openKey, setOpenKey] = useState<string | null>(null)
  const { layout, lanes, pan, zoomBy, seen } = useColumns(tree, doomedIds, openKey, size)
  const hasStrip = layout.shape === 'squeezed' && size.height >= STRIP_FROM_HEIGHT
  const usedHeight =
    lanes.height +
    HEADER_HEIGHT +
    FOOT_HEIGHT +
    (hasStrip ? STRIP_SPACE : 0) +
    (tree.snapshots.length > MAX_SAMPLE_SNAPSHOTS ? NOTE_HEIGHT : 0)
  const samples = useSamples(props, {
    tree,
    generations,
    volumeId: followedId,
    volumeBlocks,
    doomedIds,
  })
  const { facts } = samples

  const emphasised = useMemo(
    // A preview has two colours of state; dimmed ones would be two more.
    () => (isPreview ? NOBODY : new Set(hoverId ? [hoverId] : selection)),
    [hoverId, isPreview, selection],
  )
  const path = useMemo(() => pathOf(tree, followed), [tree, followed])
  const scene = useScene({
    picture: samples.sampled.picture,
    layout,
    mode: isPreview ? 'state' : props.mode,
    isPreview,
    marked,
    emphasised,
    path,
    headRegion: followedVolume?.region ?? null,
    peersOfColumn: facts.peers,
    foreign: facts.foreign,
    generationOfColumn: facts.generationOfColumn,
    names: facts.names,
    window: samples.window,
    volumeBlocks,
    width: size.width,
    height: Math.max(CORE_HEIGHT_MIN, size.height - usedHeight),
    unloadedLook: unloadedLook(props.load),
    footOf: useFeet(tree, layout.shape, followedId, isPreview),
  })

  const followedPlace = followed ? tree.lanes.indexOf(followed) : -1
  // Low windows show one lane: that is the one which was asked about.
  useEffect(() => pan.reveal(undefined, followedPlace), [followedPlace, lanes.height])

  const play = useMotion(props.motion, props.reducedMotion)
  const takenId = play?.motion.kind === 'taken' && !play.isStill ? play.motion.snapshotId : null
  const columnOfKey = (key: string) =>
    layout.columns.find((column) => (column.id ?? headKey(followedId)) === key)
  const reachable = useMemo(
    () => (layout.shape === 'squeezed' ? withoutRemnants(tree) : tree),
    [layout.shape, tree],
  )
  const keys = useLaneKeys(props, reachable, laneElement, {
    onZoom: (factor, key) => zoomBy(factor, columnOfKey(key)),
    onMove: (key) => {
      setOpenKey(key)
      pan.reveal(columnOfKey(key), lanePlaceOf(tree, key))
    },
  })
  const gestures = useGestures(props, tree, layout, keys.setFocusKey)
  const view = useLaneView(props, {
    tree,
    layout,
    lanes,
    generations,
    samples,
    followedId,
    marked,
    focusKey: keys.focusKey,
    panX: pan.x,
    width: size.width,
    takenId,
  })

  const recall = useRemembered(view, scene, pan.x, play !== null)
  const going = play?.motion.kind === 'deleted' && !play.isStill ? play : null
  const before = going
    ? recall(going.motion.kind === 'deleted' ? going.motion.snapshotIds : [])
    : null
  const isFrozen = going !== null && before !== null && !isClosing(going)
  const shownScene = going && before ? closingScene(before.scene, layout.columns, going) : scene
  const panX = isFrozen ? before.panX : pan.x
  const summary = useMemo(
    () => summaryOf(tree, followedVolume, props.load),
    [tree, followedVolume, props.load],
  )
  const lit = hoverId && !isPreview ? new Set([...marked, hoverId]) : marked
  return (
    <section
      ref={element}
      className="stage"
      aria-label="Lanes and core sample"
      data-moving={going !== null && !isFrozen}
      onMouseLeave={() => gestures.onPoint(null)}
    >
      <HatchDefs />
      {hasStrip && (
        <TimeStrip
          tree={tree}
          generations={generations}
          followedKey={followed?.key}
          width={size.width}
          marked={marked}
          pointedId={hoverId}
          isPreview={isPreview}
          seen={seen}
          onPick={(id) => props.onSelect([id], 'one')}
          onPoint={gestures.onPointId}
        />
      )}
      <ColumnLights
        top={hasStrip ? STRIP_SPACE : 0}
        layout={layout}
        ids={lit}
        outlined={outlinedIds(play)}
        panX={panX}
      />
      {size.width > 0 && (
        <Lanes
          view={isFrozen ? before.view : view}
          container={laneElement}
          width={size.width - GUTTER_WIDTH}
          viewport={{ x: -panX, y: -pan.y, zoom: 1 }}
          onViewport={({ x, y }) => pan.move(-x, -y)}
          onZoom={zoomBy}
          onFocusKey={keys.setFocusKey}
          onImage={props.onImage}
          onKeyDown={keys.onKeyDown}
          {...gestures}
        />
      )}
      <CorePanel
        stage={props}
        tree={tree}
        scene={shownScene}
        sampled={samples.sampled}
        panX={panX}
        moves={movesOf(play)}
        volumeBlocks={volumeBlocks}
        followed={followedVolume}
        followedKey={followed?.key}
        summary={summary}
        onWindow={samples.setWindow}
        onPan={(by) => pan.move(pan.x + by, pan.y)}
        {...gestures}
      />
    </section>
  )
}

/** Where nothing may move: what changed is outlined for a moment. */
function outlinedIds(play: ReturnType<typeof useMotion>): ReadonlySet<SnapshotId> {
  if (play === null || !play.isStill) return NOBODY
  if (play.motion.kind === 'taken') return new Set([play.motion.snapshotId])
  return new Set(play.motion.heirs.map((heir) => heir.snapshotId))
}
