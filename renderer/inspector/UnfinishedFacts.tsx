import { Trash2, TriangleAlert, Undo2 } from 'lucide-react'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'
import { progressOf } from '../state/jobs.ts'
import { hasRegions } from '../state/lanes.ts'
import { ActionButton, Button } from '../ui/Button.tsx'
import { Name } from '../ui/Name.tsx'
import { formatInstant } from '../words/time-format.ts'
import { unfinishedWords } from '../words/unfinished-words.ts'
import { CopyFacts } from './CopyFacts.tsx'
import { KeepingFacts } from './KeepingFacts.tsx'
import { MoreActions } from './MoreActions.tsx'

type Props = { library: LibraryView; snapshot: Snapshot; isPointedAt: boolean }

/** A snapshot that is being made, or could not be: it has no figures, but a state that says why. */
export function UnfinishedFacts({ library, snapshot, isPointedAt }: Props) {
  const progress = useApp(({ jobs }) => progressOf(jobs, snapshot))
  const words = unfinishedWords(library, { ...snapshot, progress })
  const hasFailed = snapshot.state === 'error'
  return (
    <>
      <div className="inspector-scroll">
        <header>
          <div className="inspector-title">
            <Name as="h2" className="selectable">
              {snapshot.name}
            </Name>
            <span className="chip">{words.chip}</span>
          </div>
          <p className="sec">
            {formatInstant(snapshot.startedAt)}
            {hasRegions(library) && (
              <>
                {' in '}
                <span className="unbroken">{snapshot.region}</span>
              </>
            )}
          </p>
          <CopyFacts library={library} snapshot={snapshot} />
          <KeepingFacts library={library} snapshot={snapshot} />
          {snapshot.description !== '' && <p className="selectable">{snapshot.description}</p>}
        </header>
        <section>
          <div className="source-state" data-blocking={hasFailed || undefined} role="note">
            <h3>
              {hasFailed && <TriangleAlert aria-hidden size={16} />}
              <span className="selectable inspector-path">{words.title}</span>
            </h3>
            <p>{words.body}</p>
          </div>
        </section>
      </div>
      {!isPointedAt && (
        <footer className="inspector-actions">
          {snapshot.isToBeDeleted ? (
            <KeepButton library={library} snapshot={snapshot} />
          ) : (
            <>
              <ActionButton
                actionId="deletion.preview"
                icon={<Trash2 size={16} />}
                label="Preview delete"
              />
              <MoreActions
                actionIds={['snapshot.tags', 'snapshot.lock', 'snapshot.unlock', 'snapshot.rename']}
              />
            </>
          )}
        </footer>
      )}
    </>
  )
}

/** Undoes the deletion that is to come, with all that was deleted together. */
function KeepButton({ library, snapshot }: Pick<Props, 'library' | 'snapshot'>) {
  const undo = useApp((state) => state.undoDeletion)
  const deletion = library.deletions.find((d) => d.snapshotIds.includes(snapshot.snapshotId))
  return (
    <Button
      disabled={deletion === undefined}
      icon={<Undo2 size={16} />}
      onClick={() => void undo(deletion?.deletionId)}
    >
      Undo the deletion
    </Button>
  )
}
