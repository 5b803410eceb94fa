import { useReducedMotion } from '@mantine/hooks'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { BlockRange, SnapshotId, VolumeId } from '../../core/contract/ids.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { catchFocus } from '../actions/keyboard.ts'
import { Dock } from '../dock/Dock.tsx'
import { type Question, Stage } from '../stage/Stage.tsx'
import { useApp, useAppStore } from '../state/context.ts'
import { shownImage } from '../state/images.ts'
import { loadOf } from '../state/loading.ts'
import { volumeById } from '../state/tree.ts'
import { keyMarksOf } from '../words/key-words.ts'
import { ActionMenu, type MenuPlace } from './ActionMenu.tsx'
import { JobBars } from './JobBars.tsx'
import { QuestionBar } from './QuestionBar.tsx'
import { UnfinishedBar } from './UnfinishedBar.tsx'
import { Welcome } from './Welcome.tsx'
import './centre.css'

/** Longer than the picture takes to show a deletion. */
const DELETION_SHOWN_MS = 1_000

const SNAPSHOT_MENU = [
  ['deletion.preview', 'snapshot.restore', 'snapshot.toVolume', 'snapshot.copy', 'snapshot.share'],
  ['snapshot.describe', 'snapshot.rename', 'selection.all'],
]

const NO_QUESTION: Question = { kind: 'none' }

/** The picture of a volume, what is asked about it, and the dock below. */
export function Centre({ library, volumeId }: { library: LibraryView; volumeId: VolumeId }) {
  const isAsking = useApp((state) => state.deletion.step !== 'none')
  const isClosed = useApp((state) => state.isWelcomeClosed)
  // The example alone: whoever brought a volume of their own needs no welcome.
  const isWelcome = library.isPractice && library.volumes.length === 1 && !isClosed
  return (
    <main className="centre">
      {isAsking ? <QuestionBar /> : isWelcome && <Welcome library={library} />}
      <JobBars />
      <UnfinishedBar library={library} volumeId={volumeId} />
      <StageOf library={library} volumeId={volumeId} />
      <Dock />
    </main>
  )
}

function StageOf({ library, volumeId }: { library: LibraryView; volumeId: VolumeId }) {
  const store = useAppStore()
  const question = useQuestion()
  const drawn = useMemo(() => withoutUnfinished(library), [library])
  const selection = useApp((state) => state.selection)
  const hoverId = useApp((state) => state.hoverId)
  const mode = useApp((state) => state.mode)
  const setMode = useApp((state) => state.setMode)
  const motion = useApp((state) => state.motion)
  const hover = useApp((state) => state.hover)
  const select = useApp((state) => state.select)
  const volume = useApp((state) => volumeById(state.library, volumeId))
  const showImage = useApp((state) => state.showImage)
  const shownImageId = useApp((state) => shownImage(state)?.imageId ?? null)
  const noteDrawn = useApp((state) => state.noteDrawn)
  const keys = useApp((state) => state.keys)
  const keyMarks = useMemo(() => keyMarksOf(library, keys), [library, keys])
  const reducedMotion = useReducedMotion()
  useEffect(() => {
    if (motion?.kind !== 'deleted') return
    // What had the focus goes with the snapshot, once the picture has shown it going.
    const timer = setTimeout(() => catchFocus('lanes'), DELETION_SHOWN_MS)
    return () => clearTimeout(timer)
  }, [motion])
  const [menu, setMenu] = useState<MenuPlace | null>(null)
  const onContextMenu = useCallback(
    (id: SnapshotId, x: number, y: number) => {
      const { selection, select } = store.getState()
      if (!selection.includes(id)) select([id], 'one')
      setMenu({ x, y })
    },
    [store],
  )
  const onWriteCells = useCallback(
    (ranges: BlockRange[]) => void store.getState().writeCells(volumeId, ranges),
    [store, volumeId],
  )
  const load = useApp((state) => loadOf(state, volumeById(state.library, volumeId)))
  const onLoadCells = useCallback(
    (ranges: BlockRange[]) => void store.getState().loadCells(volumeId, ranges),
    [store, volumeId],
  )
  return (
    <div className="centre-stage" data-region="lanes">
      <Stage
        canWrite={volume?.kind === 'managed' && !volume.isRemoved && !volume.isToBeRemoved}
        hoverId={hoverId}
        keyMarks={keyMarks}
        library={drawn}
        load={load}
        mode={mode}
        motion={motion}
        onContextMenu={onContextMenu}
        onDrawn={noteDrawn}
        onHover={hover}
        onImage={showImage}
        onLoadCells={onLoadCells}
        onMode={setMode}
        onSelect={select}
        onWriteCells={onWriteCells}
        question={question}
        reducedMotion={reducedMotion ?? false}
        sampleCore={store.getState().world.engine.sampleCore}
        selection={selection}
        shownImageId={shownImageId}
        volumeId={volumeId}
      />
      <ActionMenu groups={SNAPSHOT_MENU} onClose={() => setMenu(null)} place={menu} />
    </div>
  )
}

/** A snapshot that is being taken has no cells yet: its job says how far it is. */
function withoutUnfinished(library: LibraryView): LibraryView {
  const snapshots = library.snapshots.filter((s) => s.state === 'completed')
  return snapshots.length === library.snapshots.length ? library : { ...library, snapshots }
}

/** The same object for the same plan, so that the picture is not drawn anew. */
function useQuestion(): Question {
  const plan = useApp(({ deletion }) =>
    deletion.step === 'preview' || deletion.step === 'deleting' ? deletion.plan : null,
  )
  return useMemo(() => (plan === null ? NO_QUESTION : { kind: 'preview', plan }), [plan])
}
