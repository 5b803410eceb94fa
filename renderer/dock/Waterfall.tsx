import type { DeletionPlan } from '../../core/contract/deletion.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import type { Alone } from '../state/deletion.ts'
import { namedApart } from '../state/lanes.ts'
import { namesOf } from '../state/tree.ts'
import { Bytes } from '../ui/Bytes.tsx'
import { Words } from '../ui/Words.tsx'
import { joinNames } from '../words/names.ts'
import { becauseAlone, becauseSurplus, ledgerSum } from '../words/plan-words.ts'

/** Rows of single snapshots; what more of them free is one row. */
const MAX_ROWS = 50

type Props = { library: LibraryView; plan: DeletionPlan; alone: readonly Alone[] }

/** How the released bytes come about: what each frees alone, what only going together adds. */
export function Waterfall({ library, plan, alone }: Props) {
  const wanted = new Set(plan.snapshotIds)
  const doomed = namedApart(library.snapshots.filter((s) => wanted.has(s.snapshotId)))
  const heirNames = (s: Snapshot) => {
    const known = alone.find((a) => a.snapshotId === s.snapshotId)
    if (known === undefined) return null
    return namesOf(
      library,
      known.heirs.map((h) => h.snapshotId),
    )
  }
  const pinned = new Set(plan.pinned.map(({ snapshotId }) => snapshotId))
  let soFar = 0
  const rows = doomed.map((s) => {
    const startBytes = soFar
    soFar += s.releasedIfDeletedBytes
    return { snapshot: s, startBytes }
  })
  const further = rows.slice(MAX_ROWS)
  const heirs = joinNames(
    namesOf(
      library,
      plan.heirs.map((h) => h.snapshotId),
    ),
  )
  return (
    <section aria-label="Released" className="waterfall">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so keys must reach it */}
      <div className="waterfall-scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Released</th>
              <th aria-hidden scope="col" />
              <td />
              <th scope="col">because</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MAX_ROWS).map(({ snapshot, startBytes }) => (
              <Row
                because={
                  pinned.has(snapshot.snapshotId)
                    ? 'cannot be deleted'
                    : becauseAlone(snapshot, heirNames(snapshot))
                }
                bytes={snapshot.releasedIfDeletedBytes}
                key={snapshot.snapshotId}
                label={`${snapshot.name} alone`}
                startBytes={startBytes}
                totalBytes={plan.releasedBytes}
              />
            ))}
            {further[0] !== undefined && (
              <Row
                because="each alone"
                bytes={soFar - further[0].startBytes}
                label={`${further.length} more`}
                startBytes={further[0].startBytes}
                totalBytes={plan.releasedBytes}
              />
            )}
            {plan.surplusBytes > 0 && (
              <Row
                because={becauseSurplus(doomed)}
                bytes={plan.surplusBytes}
                isSigned
                label="Surplus"
                startBytes={plan.singleSumBytes}
                totalBytes={plan.releasedBytes}
              />
            )}
          </tbody>
          {doomed.length > 1 && (
            <tfoot>
              <Row
                because=""
                bytes={plan.releasedBytes}
                label="Together"
                startBytes={0}
                totalBytes={plan.releasedBytes}
              />
            </tfoot>
          )}
        </table>
      </div>
      <p className="waterfall-sum">
        <Words>{ledgerSum(doomed, plan, heirs)}</Words>
      </p>
    </section>
  )
}

type RowProps = {
  label: string
  bytes: number
  because: string
  startBytes: number
  totalBytes: number
  isSigned?: boolean
}

function Row({ label, bytes, because, startBytes, totalBytes, isSigned }: RowProps) {
  const percent = (part: number) => (totalBytes === 0 ? 0 : (part / totalBytes) * 100)
  return (
    <tr>
      <th className="ellipsis" scope="row" title={label}>
        {label}
      </th>
      <td aria-hidden>
        <span className="waterfall-track">
          <span
            className={bytes > 0 ? 'is-released' : 'waterfall-nothing'}
            style={{ left: `${percent(startBytes)}%`, width: `${percent(bytes)}%` }}
          />
        </span>
      </td>
      <td className="waterfall-bytes">
        <Bytes isSigned={isSigned} value={bytes} />
      </td>
      <td className="sec ellipsis" title={because}>
        {because}
      </td>
    </tr>
  )
}
