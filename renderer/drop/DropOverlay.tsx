import { useApp } from '../state/context.ts'
import type { DropTarget } from '../state/files.ts'
import { linkedVolumes, volumeById } from '../state/tree.ts'
import { count } from '../words/names.ts'
import { NewVolumeTarget, NextSnapshotTarget } from './DropTargets.tsx'
import { useFileDrag } from './use-file-drag.ts'
import './drop-overlay.css'

/** Volumes that get a target of their own. */
const MAX_VOLUMES = 3

/** The whole window takes files; while some are held over it, it shows what each side does. */
export function DropOverlay() {
  useFileDrag()
  const drag = useApp((state) => state.drag)
  const library = useApp((state) => state.library)
  const shown = useApp((state) => volumeById(state.library, state.volumeId))
  if (drag === null || library === null) return null
  const linked = linkedVolumes(library)
  const first = linked.filter((v) => v === shown)
  const others = linked.filter((v) => v !== shown)
  const offered = [...first, ...others].slice(0, MAX_VOLUMES)
  const isOver = (target: DropTarget) =>
    drag.over?.kind === target.kind &&
    (target.kind === 'newVolume' ||
      (drag.over.kind === 'nextSnapshot' && drag.over.volumeId === target.volumeId))
  return (
    <div className="drop-overlay">
      <h2>Drop {drag.fileCount > 0 ? count(drag.fileCount, 'file') : 'files'}</h2>
      <p className="sec drop-lead">
        Strata reads{' '}
        {drag.fileCount === 1 ? 'it and never changes it' : 'them and never changes them'}.
      </p>
      <div className="drop-targets">
        <NewVolumeTarget
          fileCount={drag.fileCount}
          isOver={drag.over === null || isOver({ kind: 'newVolume' })}
        />
        {offered.map((volume) => (
          <NextSnapshotTarget
            isOver={isOver({ kind: 'nextSnapshot', volumeId: volume.volumeId })}
            key={volume.volumeId}
            library={library}
            volume={volume}
          />
        ))}
      </div>
      <p className="sec">A folder ending in .strata is opened as a library. Press Esc to cancel.</p>
    </div>
  )
}
