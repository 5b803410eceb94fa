import type { Snapshot } from '../../core/contract/model.ts'
import { useApp } from '../state/context.ts'

/** The name of a snapshot, as a way to go there. */
export function SnapshotLink({ to }: { to: Snapshot }) {
  const select = useApp((state) => state.select)
  return (
    <button
      className="link ellipsis"
      dir="auto"
      onClick={() => select([to.snapshotId], 'one')}
      title={to.name}
      type="button"
    >
      {to.name}
    </button>
  )
}
