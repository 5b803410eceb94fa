import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import type { Sharing } from '../state/insight.ts'
import { namesOf } from '../state/tree.ts'
import { Bytes } from '../ui/Bytes.tsx'
import { Name } from '../ui/Name.tsx'

const MAX_ROWS = 6

type Props = { library: LibraryView; snapshot: Snapshot; sharing: Sharing }

/** Who else holds the same blocks, most bytes first. */
export function SharesWith({ library, snapshot, sharing }: Props) {
  return (
    <>
      <h3 className="sec small">Shares with</h3>
      <ul className="shares">
        {sharing.slice(0, MAX_ROWS).map(({ snapshotId, sharedBytes }) => (
          <li key={snapshotId}>
            <Name>{namesOf(library, [snapshotId]).join()}</Name>
            <span className="shares-bar">
              <span style={{ width: `${(sharedBytes / snapshot.fullBytes) * 100}%` }} />
            </span>
            <span className="shares-bytes">
              <Bytes value={sharedBytes} />
            </span>
          </li>
        ))}
      </ul>
      {sharing.length > MAX_ROWS && (
        <p className="sec small">and {sharing.length - MAX_ROWS} more</p>
      )}
    </>
  )
}
