import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { snapshotById } from '../state/tree.ts'
import { SnapshotLink } from './SnapshotLink.tsx'

/** Links that a line carries. */
const MAX_COPIES = 3

type Props = { library: LibraryView; snapshot: Snapshot }

/** What a copy is a copy of, which copies there are of it, and what goes with the newest one. */
export function CopyFacts({ library, snapshot }: Props) {
  const copies = library.snapshots.filter((s) => s.copiedFrom === snapshot.snapshotId)
  const isNewest = library.newestCopies.includes(snapshot.snapshotId)
  return (
    <>
      {snapshot.copiedFrom !== null && <CopyOf library={library} snapshot={snapshot} />}
      {copies.length > 0 && (
        <p className="sec">
          {copies.length === 1 ? 'Copy: ' : 'Copies: '}
          {copies.slice(0, MAX_COPIES).map((copy, i) => (
            <span key={copy.snapshotId}>
              {i > 0 && ', '}
              <SnapshotLink to={copy} />
              {copy.region !== snapshot.region && ` in ${copy.region}`}
            </span>
          ))}
          {copies.length > MAX_COPIES && ` and ${copies.length - MAX_COPIES} more`}
        </p>
      )}
      {isNewest && (
        <p className="copy-note" role="note">
          The newest copy in {snapshot.region}: deleting it makes the next copy there full.
        </p>
      )}
    </>
  )
}

function CopyOf({ library, snapshot }: Props) {
  const id = snapshot.copiedFrom
  const source = id === null ? undefined : snapshotById(library, id)
  if (source === undefined) {
    const known = library.remnants.find((r) => r.snapshotId === id)
    return <p className="sec">Copy of {known?.name ?? 'a snapshot'}, deleted since</p>
  }
  return (
    <p className="sec">
      Copy of <SnapshotLink to={source} />
      {source.region !== snapshot.region && ` in ${source.region}`}
    </p>
  )
}
