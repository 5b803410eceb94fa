import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { colourOf, colourOfGeneration, generationsOf } from '../stage/colours.ts'
import type { Sharing } from '../state/insight.ts'
import { snapshotsOfTree } from '../state/tree.ts'
import { Bytes } from '../ui/Bytes.tsx'
import { type BarPart, StackBar } from '../ui/StackBar.tsx'
import { count, joinNames } from '../words/names.ts'
import { type Lender, lendersOf } from './borrowed.ts'
import { KeyRow } from './KeyRow.tsx'

/** Lenders that a bar shows one by one; more are grouped by age. */
const MAX_LENDERS = 3
/** Characters of names that a line has room for beside a size; else lenders are counted. */
const MAX_NAMES_LENGTH = 12

type Props = { library: LibraryView; snapshot: Snapshot; sharing: Sharing | null }

/** What a restore would write. */
export function FullSize({ snapshot }: { snapshot: Snapshot }) {
  return (
    <div className="key-row inspector-hero">
      <h3>Full size</h3>
      <span className="value">
        <Bytes value={snapshot.fullBytes} />
      </span>
    </div>
  )
}

/** The full size, split by who stores it. */
export function WhoStores({ library, snapshot, sharing }: Props) {
  const tree = snapshotsOfTree(library, snapshot.volumeId)
  const lenders = sharing === null ? [] : lendersOf(snapshot, library, sharing)
  const own = colourOf(tree, snapshot.snapshotId)
  const borrowedBytes = snapshot.fullBytes - snapshot.storedHereBytes
  const parts: BarPart[] = [
    { key: 'own', bytes: snapshot.storedHereBytes, colour: own },
    ...lenderParts(lenders, tree, borrowedBytes),
  ]
  return (
    <>
      <FullSize snapshot={snapshot} />
      <p className="sec small">Who stores it</p>
      <StackBar parts={parts} />
      <KeyRow colour={own} label="Stored here" value={snapshot.storedHereBytes} />
      {borrowedBytes > 0 && (
        <KeyRow
          colour={lenderColour(parts.slice(1))}
          label={borrowedLabel(lenders)}
          value={borrowedBytes}
        />
      )}
    </>
  )
}

/** The full size, split by what would become of it. */
export function IfDeleted({ snapshot }: { snapshot: Snapshot }) {
  const { releasedIfDeletedBytes, heldIfDeletedBytes, sharedBytes } = snapshot
  return (
    <>
      <p className="sec small inspector-second">If {snapshot.name} alone is deleted</p>
      <StackBar
        parts={[
          { key: 'released', bytes: releasedIfDeletedBytes, className: 'is-released' },
          { key: 'held', bytes: heldIfDeletedBytes, className: 'is-kept' },
          { key: 'kept', bytes: sharedBytes, className: 'is-kept' },
        ]}
      />
      <KeyRow className="is-released" label="Released" value={releasedIfDeletedBytes} />
      {heldIfDeletedBytes > 0 && (
        <KeyRow className="is-kept" label="Held by loading volumes" value={heldIfDeletedBytes} />
      )}
      <KeyRow className="is-kept" label="Shared, stays" value={sharedBytes} />
    </>
  )
}

function borrowedLabel(lenders: readonly Lender[]): string {
  if (lenders.length === 0) return 'Borrowed'
  const names = joinNames(lenders.map((l) => l.snapshot.name))
  if (lenders.length === 1 || names.length <= MAX_NAMES_LENGTH) return `Borrowed from ${names}`
  return `Borrowed from ${count(lenders.length, 'older one')}`
}

function lenderParts(
  lenders: readonly Lender[],
  tree: readonly Snapshot[],
  borrowedBytes: number,
): BarPart[] {
  const known = lenders.reduce((sum, l) => sum + l.bytes, 0)
  const rest = { key: 'rest', bytes: borrowedBytes - known, colour: 'var(--neutral)' }
  if (lenders.length <= MAX_LENDERS) {
    const each = lenders.map(({ snapshot, bytes }) => ({
      key: snapshot.snapshotId,
      bytes,
      colour: colourOf(tree, snapshot.snapshotId),
    }))
    return [...each, rest]
  }
  const generations = generationsOf(tree)
  const sums = new Map<number, number>()
  for (const { snapshot, bytes } of lenders) {
    const generation = generations.get(snapshot.snapshotId) ?? 0
    sums.set(generation, (sums.get(generation) ?? 0) + bytes)
  }
  const byAge = [...sums].toSorted(([a], [b]) => a - b)
  return [
    ...byAge.map(([generation, bytes]) => ({
      key: String(generation),
      bytes,
      colour: colourOfGeneration(generation),
    })),
    rest,
  ]
}

/** One swatch for all lenders: their colours side by side. */
function lenderColour(parts: readonly BarPart[]): string {
  const colours = parts.flatMap((part) => (part.bytes > 0 && part.colour ? [part.colour] : []))
  const [first, ...more] = colours
  if (first === undefined) return 'var(--neutral)'
  if (more.length === 0) return first
  const share = 100 / colours.length
  const stops = colours.map((c, i) => `${c} ${i * share}% ${(i + 1) * share}%`)
  return `linear-gradient(90deg, ${stops.join(', ')})`
}
