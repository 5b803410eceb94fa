import { Table2 } from 'lucide-react'
import { type MouseEvent, useEffect, useMemo, useState } from 'react'
import type { Volume } from '../../../core/contract/model.ts'
import type { LaneKey } from '../../state/lanes.ts'
import { count } from '../../words/names.ts'
import { Legend } from '../Legend.tsx'
import { keyLegend, legendOf } from '../legend-entries.ts'
import { Modes } from '../Modes.tsx'
import type { StageProps } from '../stage-props.ts'
import type { VolumeTree } from '../tree.ts'
import type { BlockWindow } from './address-axis.ts'
import { CoreArea } from './CoreArea.tsx'
import { CoreTable } from './CoreTable.tsx'
import type { Moves } from './moves.ts'
import type { Scene } from './scene.ts'
import { unloadedRows } from './unloaded-cells.ts'
import { MAX_SAMPLE_SNAPSHOTS, type Sampled } from './use-core-sample.ts'

type Props = {
  stage: StageProps
  tree: VolumeTree
  scene: Scene | null
  sampled: Sampled
  panX: number
  moves: Moves | null
  volumeBlocks: number
  followed: Volume | undefined
  followedKey: LaneKey | undefined
  summary: string
  onWindow(window: BlockWindow | null): void
  onPan(by: number): void
  onPoint(x: number | null): void
  onPress(event: MouseEvent, x: number): void
  onMenu(event: MouseEvent, x: number): void
}

/** The core sample: its head with legend and modes, and the cells or the same as a table. */
export function CorePanel(props: Props) {
  const { stage, tree, scene, sampled } = props
  const [isTable, setTable] = useState(false)
  const { mode, onDrawn } = stage
  useEffect(() => {
    if (sampled.error) onDrawn()
  }, [sampled.error, onDrawn])
  const isPreview = stage.question.kind === 'preview'
  const only = stage.selection.length === 1 ? stage.selection[0] : undefined
  const isNarrow = scene !== null && scene.shape !== 'card'
  const isWritable = stage.canWrite && !isPreview && props.followed?.volumeId === stage.volumeId
  const tickedName =
    only && isNarrow && !tree.foreign.has(only) ? (tree.byId.get(only)?.name ?? null) : null
  const hasHeirs = stage.question.kind === 'preview' && stage.question.plan.heirs.length > 0
  const isHeld = stage.question.kind === 'preview' && stage.question.plan.heldBytes > 0
  const { followedKey } = props
  const unloaded = scene && unloadedRows(scene.picture) && scene.unloadedLook
  const { keyMarks } = stage
  const legend = useMemo(() => {
    const { intro, entries } = legendOf({
      mode,
      isPreview,
      hasHeirs,
      isHeld,
      snapshots: tree.snapshots,
      foreign: tree.foreign,
      followedKey,
      tickedName,
      unloaded,
    })
    const ids = [...tree.snapshots.map((s) => s.snapshotId), ...tree.volumes.map((v) => v.volumeId)]
    const standings = ids.flatMap((id) => keyMarks.get(id)?.standing ?? [])
    return { intro, entries: [...entries, ...keyLegend(standings)] }
  }, [mode, isPreview, hasHeirs, isHeld, tree, followedKey, tickedName, unloaded, keyMarks])
  return (
    <div className="core" data-region="core">
      <div className="core-head">
        <h2>Core sample</h2>
        <Legend intro={legend.intro} entries={legend.entries} />
        <button
          type="button"
          className="core-table-button"
          aria-pressed={isTable}
          title={isTable ? 'Show the picture' : 'Read as table'}
          onClick={() => setTable(!isTable)}
        >
          <Table2 size={16} aria-hidden="true" />
          <span className="hidden-text">Read as table</span>
        </button>
        <Modes mode={isPreview ? 'state' : stage.mode} isForced={isPreview} onMode={stage.onMode} />
      </div>
      {tree.snapshots.length > MAX_SAMPLE_SNAPSHOTS && (
        <p className="core-note">
          The newest {MAX_SAMPLE_SNAPSHOTS.toLocaleString('en-GB')} of{' '}
          {count(tree.snapshots.length, 'snapshot')} have cells here. What older ones stored is put
          down to the oldest of those that read it.
        </p>
      )}
      {sampled.error && (
        <p className="core-error" role="alert">
          <b>{sampled.error.message}</b> {sampled.error.remedy} The picture shows the last state
          that was read.
        </p>
      )}
      {scene === null ? null : isTable ? (
        <CoreTable scene={scene} tree={tree} />
      ) : (
        <CoreArea
          {...props}
          scene={scene}
          isStale={sampled.isOutdated || (isPreview && sampled.step === 'asking')}
          writable={isWritable ? (props.followed ?? null) : null}
        />
      )}
    </div>
  )
}
