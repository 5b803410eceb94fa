import { TriangleAlert } from 'lucide-react'
import type { VolumeId } from '../../core/contract/ids.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { progressOf } from '../state/jobs.ts'
import { snapshotsOfTree } from '../state/tree.ts'
import { unfinishedLabel } from '../words/unfinished-words.ts'
import './unfinished-bar.css'

/** The snapshots of what is shown that are not in the picture: they hold no block yet, or never will. */
export function UnfinishedBar({ library, volumeId }: { library: LibraryView; volumeId: VolumeId }) {
  const unfinished = snapshotsOfTree(library, volumeId).filter((s) => s.state !== 'completed')
  if (unfinished.length === 0) return null
  return (
    <section aria-label="Not completed" className="unfinished-bar">
      <span className="sec">Not completed</span>
      {unfinished.map((snapshot) => (
        <Card key={snapshot.snapshotId} library={library} snapshot={snapshot} />
      ))}
    </section>
  )
}

function Card({ library, snapshot }: { library: LibraryView; snapshot: Snapshot }) {
  const select = useApp((state) => state.select)
  const isChosen = useApp((state) => state.selection.includes(snapshot.snapshotId))
  const progress = useApp(({ jobs }) => progressOf(jobs, snapshot))
  const hasFailed = snapshot.state === 'error'
  return (
    <button
      aria-pressed={isChosen}
      className="unfinished-card"
      data-failed={hasFailed || undefined}
      onClick={(event) =>
        select([snapshot.snapshotId], event.ctrlKey || event.metaKey ? 'toggle' : 'one')
      }
      type="button"
    >
      {hasFailed && <TriangleAlert aria-hidden size={14} />}
      <bdi className="ellipsis">{snapshot.name}</bdi>
      <span className="sec">{unfinishedLabel(library, { ...snapshot, progress })}</span>
      {snapshot.state === 'pending' && (
        <span className="unfinished-progress" style={{ width: `${progress}%` }} />
      )}
    </button>
  )
}
