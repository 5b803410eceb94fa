import type { DeletionPlan } from '../../core/contract/deletion.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import type { DeletionSaving } from '../../core/contract/money.ts'
import { MIN_ARCHIVE_DAYS } from '../../core/contract/tiering.ts'
import { MoneyFigure } from '../inspector/MoneyFigure.tsx'
import { namerOf } from '../state/lanes.ts'
import { Bytes } from '../ui/Bytes.tsx'
import { byteText, formatBytes } from '../words/byte-format.ts'
import { count } from '../words/names.ts'
import { binnedWhole } from '../words/plan-words.ts'

/** Snapshots that a bar names; the rest is one part. */
const MAX_PARTS = 8

/** Of the bar, and of a character in it, pixels: roughly, a label that is too long is left out. */
const BAR_WIDTH = 190
const CHARACTER_WIDTH = 7

/** `label` is what fits, `says` is all of it. */
type Part = { key: string; label: string; says: string; bytes: number; className: string }

type Stored = Pick<Snapshot, 'snapshotId' | 'name' | 'region' | 'storedHereBytes'>

type Props = { library: LibraryView; plan: DeletionPlan; saving: DeletionSaving | null }

/** What is stored before and after, put down to who stores it, and what that saves. */
export function StoreBars({ library, plan, saving }: Props) {
  const doomed = new Set(plan.snapshotIds)
  const isBinned = binnedWhole(plan).length > 0
  // What lies in the bin is stored, and may take over.
  const inBin = library.remnants.filter(({ inBinUntil }) => inBinUntil !== null)
  const stored: Stored[] = [
    ...library.snapshots,
    ...inBin.map(({ heldBytes, ...remnant }) => ({ ...remnant, storedHereBytes: heldBytes })),
  ]
  const nameOf = namerOf(stored)
  const gains = new Map(plan.heirs.map((h) => [h.snapshotId, h.inheritedBytes]))
  const classOf = (s: Stored) => {
    if (doomed.has(s.snapshotId)) return plan.releasedBytes > 0 ? 'is-released' : 'is-heir'
    return 'is-kept'
  }
  const before = stored.map((s) => ({
    key: s.snapshotId,
    label: longest([s.name], roomOf(s.storedHereBytes, plan)),
    says: `${nameOf(s)}, ${formatBytes(s.storedHereBytes)}`,
    bytes: s.storedHereBytes,
    className: classOf(s),
  }))
  const after = stored
    .filter((s) => !doomed.has(s.snapshotId))
    .flatMap((s): Part[] => {
      const gained = gains.get(s.snapshotId) ?? 0
      return [
        {
          key: s.snapshotId,
          label: longest([s.name], roomOf(s.storedHereBytes, plan)),
          says: `${nameOf(s)}, ${formatBytes(s.storedHereBytes)}`,
          bytes: s.storedHereBytes,
          className: 'is-kept',
        },
        {
          key: `${s.snapshotId}+`,
          label: gainLabel(s.name, gained, plan),
          says: `${nameOf(s)} takes over ${formatBytes(gained)}`,
          bytes: gained,
          className: 'is-heir',
        },
      ]
    })
  const free = {
    key: 'free',
    label: longest(
      [`${formatBytes(plan.releasedBytes)} free`, formatBytes(plan.releasedBytes), 'free'],
      roomOf(plan.releasedBytes, plan),
    ),
    says: `${formatBytes(plan.releasedBytes)} come back${isBinned ? ' once the Recycle Bin is left' : ''}`,
    bytes: plan.releasedBytes,
    className: 'is-free',
  }
  return (
    <section aria-label="The store" className="store-bars">
      <h3 className="ledger-head">The store</h3>
      <StoreBar label="Before" parts={grouped(before, plan)} totalBytes={plan.storedBytesBefore} />
      <StoreBar
        label={isBinned ? 'After the bin' : 'After'}
        parts={[...grouped(after, plan), free]}
        totalBytes={plan.storedBytesAfter}
      />
      {saving !== null && (
        <MoneyFigure
          label={isBinned ? 'Saves a month then' : 'Saves a month'}
          money={isBinned ? saving.inTheEnd : saving.atOnce}
          prices={saving.prices}
          sentence="What comes back, at the price of a GiB and month of its tier."
        />
      )}
      {saving !== null && (saving.earlyDeletion?.amount ?? 0) > 0 && (
        <MoneyFigure
          label="Asked once"
          money={saving.earlyDeletion!}
          prices={saving.prices}
          sentence={`What leaves the archive before ${MIN_ARCHIVE_DAYS} days are over pays for the rest of them.`}
        />
      )}
    </section>
  )
}

/** Of a part of a bar for words, pixels. */
function roomOf(bytes: number, plan: DeletionPlan): number {
  return (bytes / plan.storedBytesBefore) * BAR_WIDTH - 8
}

/** "C +4 GiB", or as much of it as its part of the bar has room for. */
export function gainLabel(name: string, bytes: number, plan: DeletionPlan): string {
  const { value, unit } = byteText(bytes)
  const room = roomOf(bytes, plan)
  return longest([`${name} +${value}\u00a0${unit}`, `${name} +${value}`, `+${value}`], room)
}

/** The longest wording that has room; none where none has. */
function longest(wordings: readonly string[], room: number): string {
  return wordings.find((words) => words.length * CHARACTER_WIDTH <= room) ?? ''
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
              title={part.says}
            >
              {part.label !== '' && <span className="store-bar-label">{part.label}</span>}
            </span>
          ))}
      </div>
    </>
  )
}

/** Neighbours of one state become one part when there are too many to name. */
function grouped(parts: readonly Part[], plan: DeletionPlan): Part[] {
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
    label:
      members === 1
        ? group.label
        : longest([count(members, 'snapshot'), String(members)], roomOf(group.bytes, plan)),
    says: members === 1 ? group.says : count(members, 'snapshot'),
  }))
}
