import { Trash2 } from 'lucide-react'
import type { SnapshotId } from '../../core/contract/ids.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { colourOf } from '../stage/colours.ts'
import { useApp } from '../state/context.ts'
import { namedApart } from '../state/lanes.ts'
import { snapshotsOfTree } from '../state/tree.ts'
import { ActionButton } from '../ui/Button.tsx'
import { Bytes } from '../ui/Bytes.tsx'
import { Name } from '../ui/Name.tsx'
import { count, joinNames } from '../words/names.ts'
import { lostWords } from '../words/plan-words.ts'
import { formatInstant } from '../words/time-format.ts'
import { whyTogether } from '../words/why.ts'
import { WhyBox } from './WhyBox.tsx'

/** Rows of single snapshots; more are counted. */
const MAX_ROWS = 8

/** Several at once: what they release together, and why that is not the sum. */
export function ManyFacts({ library, ids }: { library: LibraryView; ids: readonly SnapshotId[] }) {
  const wanted = new Set(ids)
  const chosen = namedApart(library.snapshots.filter((s) => wanted.has(s.snapshotId)))
  const plan = useApp(({ insight, deletion }) => {
    if (deletion.step === 'preview' || deletion.step === 'deleting') return deletion.plan
    return insight?.ids.length === chosen.length ? insight.plan : null
  })
  const isPreview = useApp((state) => state.deletion.step !== 'none')
  const [first, last] = [chosen[0], chosen.at(-1)]
  if (first === undefined || last === undefined) return null
  const [from, to] = [first, last].map(({ startedAt }) => formatInstant(startedAt))
  const rest = snapshotsOfTree(library, first.volumeId).filter((s) => !wanted.has(s.snapshotId))
  // A copy is younger than the state that it holds: it counts where nothing else is left.
  const originals = rest.filter((s) => s.copiedFrom === null)
  const kept = originals.length > 0 ? originals : rest
  return (
    <>
      <div className="inspector-scroll">
        <header>
          <div className="inspector-title">
            <h2>{count(chosen.length, 'snapshot')}</h2>
            <span className="chip">selected</span>
          </div>
          <p className="sec">
            {joinNames(chosen.map((s) => s.name))}, {from}
            {to !== from && ` to ${to}`}
          </p>
        </header>
        {plan !== null && (
          <>
            <section>
              <div className="key-row inspector-hero">
                <h3>Released together</h3>
                <span className="value inspector-hero-figure">
                  <Bytes value={plan.releasedBytes} />
                </span>
              </div>
              <div className="key-row">
                <span>Sum of single figures</span>
                <span className="value is-light">
                  <Bytes value={plan.singleSumBytes} />
                </span>
              </div>
              <div className="key-row">
                <span>Surplus, because they go together</span>
                <span className="value">
                  <Bytes isSigned value={plan.surplusBytes} />
                </span>
              </div>
            </section>
            <section>
              <WhyBox why={whyTogether(chosen, plan)} />
            </section>
          </>
        )}
        <section>
          {chosen.slice(0, MAX_ROWS).map((s) => (
            <ChosenRow isDoomed={isPreview} key={s.snapshotId} library={library} snapshot={s} />
          ))}
          {chosen.length > MAX_ROWS && (
            <p className="sec small">and {chosen.length - MAX_ROWS} more</p>
          )}
        </section>
        <section>
          <h3 className="inspector-lost">What would be lost</h3>
          <p>{lostWords(chosen, kept)}</p>
        </section>
      </div>
      {!isPreview && (
        <footer className="inspector-actions">
          <ActionButton
            actionId="deletion.preview"
            icon={<Trash2 size={16} />}
            label="Preview delete"
          />
          <ActionButton actionId="selection.none" />
        </footer>
      )}
    </>
  )
}

type RowProps = { library: LibraryView; snapshot: Snapshot; isDoomed: boolean }

function ChosenRow({ library, snapshot, isDoomed }: RowProps) {
  const tree = snapshotsOfTree(library, snapshot.volumeId)
  const [day, clock] = formatInstant(snapshot.startedAt).split(', ')
  const colour = isDoomed ? undefined : colourOf(tree, snapshot.snapshotId)
  return (
    <div className="key-row">
      <span className={isDoomed ? 'swatch is-released' : 'swatch'} style={{ background: colour }} />
      <Name as="b">{snapshot.name}</Name>
      <span className="sec chosen-when">
        {day}
        <span>, {clock}</span>
      </span>
      <span className="value is-light">
        stored <Bytes value={snapshot.storedHereBytes} />
      </span>
    </div>
  )
}
