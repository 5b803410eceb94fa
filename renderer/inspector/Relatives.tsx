import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { snapshotById } from '../state/tree.ts'
import { SnapshotLink } from './SnapshotLink.tsx'

/** Links that a line carries. */
const MAX_CHILDREN = 3

/** Parent and children, each a way to go there. */
export function Relatives({ library, snapshot }: { library: LibraryView; snapshot: Snapshot }) {
  const parent = snapshot.parentId === null ? undefined : snapshotById(library, snapshot.parentId)
  const children = library.snapshots.filter((s) => s.parentId === snapshot.snapshotId)
  const more = children.length - MAX_CHILDREN
  return (
    <p className="sec relatives">
      Parent {parent === undefined ? 'none' : <SnapshotLink to={parent} />},{' '}
      {children.length > 1 ? 'children ' : 'child '}
      {children.length === 0 && 'none'}
      {children.slice(0, MAX_CHILDREN).map((child, i) => (
        <span key={child.snapshotId}>
          {i > 0 && ', '}
          <SnapshotLink to={child} />
        </span>
      ))}
      {more > 0 && ` and ${more} more`}
    </p>
  )
}
