import type { DeletionPlan } from '../../core/contract/deletion.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import { hasRegions, namerOf } from '../state/lanes.ts'
import { nameOfId, snapshotById } from '../state/tree.ts'
import { Bytes } from '../ui/Bytes.tsx'
import { formatBytes } from '../words/byte-format.ts'
import { joinNames } from '../words/names.ts'

const MAX_HEIRS = 5

/** Who takes over what stays: their figures grow although they did not change. */
export function Heirs({ library, plan }: { library: LibraryView; plan: DeletionPlan }) {
  const heirs = plan.heirs.toSorted((a, b) => b.inheritedBytes - a.inheritedBytes)
  const nameOf = namerOf(heirs.flatMap((h) => snapshotById(library, h.snapshotId) ?? []))
  const otherName = nameOfId(library)
  const inBin = new Set(library.bin.map(({ snapshotId }) => snapshotId))
  return (
    <section aria-label="Heirs" className="heirs">
      <h3 className="ledger-head">Heirs</h3>
      {heirs.length === 0 ? (
        <NoHeirs library={library} plan={plan} />
      ) : (
        <ul>
          {heirs.slice(0, MAX_HEIRS).map(({ snapshotId, inheritedBytes }) => {
            const heir = snapshotById(library, snapshotId)
            return (
              <li key={snapshotId}>
                <span className="heir-mark is-heir" />
                <p>
                  <b dir="auto">{heir ? nameOf(heir) : otherName(snapshotId)}</b>{' '}
                  <span className="heir-gain">
                    +<Bytes value={inheritedBytes} />
                  </span>
                </p>
                {inBin.has(snapshotId) && <p className="sec">in the Recycle Bin</p>}
                {heir !== undefined && (
                  <p className="sec">
                    would store {formatBytes(heir.storedHereBytes + inheritedBytes)}, still restores{' '}
                    {formatBytes(heir.fullBytes)}
                  </p>
                )}
              </li>
            )
          })}
          {heirs.length > MAX_HEIRS && <li className="sec">and {heirs.length - MAX_HEIRS} more</li>}
        </ul>
      )}
    </section>
  )
}

function NoHeirs({ library, plan }: { library: LibraryView; plan: DeletionPlan }) {
  const doomed = new Set(plan.snapshotIds)
  const regions = new Set(
    library.snapshots.flatMap((s) => (doomed.has(s.snapshotId) ? s.region : [])),
  )
  // In other regions nothing could be taken over.
  const holders = library.snapshots.filter(
    (s) => !doomed.has(s.snapshotId) && s.storedHereBytes > 0 && regions.has(s.region),
  )
  if (holders.length === 0) {
    return (
      <>
        <b>None left</b>
        <p className="sec">
          Nothing stays stored{hasRegions(library) && ` in ${joinNames([...regions])}`}.
        </p>
      </>
    )
  }
  const [only, ...more] = holders
  return (
    <>
      <b>None needed</b>
      <p className="sec">
        What stays was stored by {joinNames(holders.map(namerOf(holders)))} all along.
        {only !== undefined &&
          more.length === 0 &&
          ` ${only.name} still restores ${formatBytes(only.fullBytes)}.`}
      </p>
    </>
  )
}
