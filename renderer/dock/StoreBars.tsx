import type { DeletionPlan, LibraryView, Snapshot } from '../../core/contract/model.ts'
import { Bytes } from '../ui/Bytes.tsx'
import { formatBytes, formatDelta } from '../words/byte-format.ts'

/** Snapshots that a bar names; the rest is one part. */
const MAX_PARTS = 8

/** Share of the bar that a size needs to be read in it. */
const MIN_LABELLED_SHARE = 0.28

type Part = { key: string; label: string; bytes: number; className: string }

/** What is stored before and after, put down to who stores it. */
export function StoreBars({ library, plan }: { library: LibraryView; plan: DeletionPlan }) {
  const doomed = new Set(plan.snapshotIds)
  const gains = new Map(plan.heirs.map((h) => [h.snapshotId, h.inheritedBytes]))
  const classOf = (s: Snapshot) => {
    if (doomed.has(s.snapshotId)) return plan.releasedBytes > 0 ? 'is-released' : 'is-heir'
    return 'is-kept'
  }
  const before = library.snapshots.map((s) => ({
    key: s.snapshotId,
    label: s.name,
    bytes: s.storedHereBytes,
    className: classOf(s),
  }))
  const after = library.snapshots
    .filter((s) => !doomed.has(s.snapshotId))
    .flatMap((s): Part[] => {
      const gained = gains.get(s.snapshotId) ?? 0
      return [
        { key: s.snapshotId, label: s.name, bytes: s.storedHereBytes, className: 'is-kept' },
        {
          key: `${s.snapshotId}+`,
          label: gainLabel(gained, plan),
          bytes: gained,
          className: 'is-heir',
        },
      ]
    })
  const free = {
    key: 'free',
    label: `${formatBytes(plan.releasedBytes)} free`,
    bytes: plan.releasedBytes,
    className: 'is-free',
  }
  return (
    <section aria-label="The store" className="store-bars">
      <h3 className="ledger-head">The store</h3>
      <StoreBar label="Before" parts={grouped(before)} totalBytes={plan.storedBytesBefore} />
      <StoreBar
        label="After"
        parts={[...grouped(after), free]}
        totalBytes={plan.storedBytesAfter}
      />
    </section>
  )
}

/** Written into the bar where it is wide enough for it. */
function gainLabel(bytes: number, plan: DeletionPlan): string {
  return bytes / plan.storedBytesBefore < MIN_LABELLED_SHARE ? '' : formatDelta(bytes)
}

type BarProps = { label: string; totalBytes: number; parts: readonly Part[] }

function StoreBar({ label, totalBytes, parts }: BarProps) {
  return (
    <>
      <div className="key-row">
        <span>{label}</span>
        <span className="value">
          <Bytes value={totalBytes} />
        </span>
      </div>
      <div aria-hidden className="store-bar">
        {parts
          .filter((part) => part.bytes > 0)
          .map((part) => (
            <span
              className={part.className}
              key={part.key}
              style={{ flexGrow: part.bytes }}
              title={part.label}
            >
              {part.label !== '' && <span className="store-bar-label">{part.label}</span>}
            </span>
          ))}
      </div>
    </>
  )
}

/** Neighbours of one state become one part when there are too many to name. */
function grouped(parts: readonly Part[]): Part[] {
  const stored = parts.filter((part) => part.bytes > 0)
  if (stored.length <= MAX_PARTS) return stored
  const groups = new Map<string, Part & { members: number }>()
  for (const part of stored) {
    const group = groups.get(part.className)
    if (group === undefined) groups.set(part.className, { ...part, members: 1 })
    else {
      group.bytes += part.bytes
      group.members++
    }
  }
  return [...groups.values()].map(({ members, ...group }) => ({
    ...group,
    label: members === 1 ? group.label : `${members}`,
  }))
}
