import type { DescribedSnapshot } from '../../core/contract/described-snapshot.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { formatBytes } from './byte-format.ts'
import { explainFigure, type FigureKind } from './explain.ts'

/** `meaning` is for eyes: it is not part of what EC2 tells. */
export type Field = { name: string; value: string; meaning: string | null }

/** What EC2 tells, under its names and in its units, in its order. */
export function fieldsOf(described: DescribedSnapshot): readonly Field[] {
  return Object.entries(described).map(([name, value]) => ({
    name,
    value: Array.isArray(value)
      ? value.map(({ Key, Value }) => `${Key}=${Value}`).join(', ')
      : String(value),
    meaning: meaningOf(name, described),
  }))
}

function meaningOf(name: string, { FullSnapshotSizeInBytes: full }: DescribedSnapshot) {
  if (name === 'VolumeSize') return 'GiB'
  if (name === 'FullSnapshotSizeInBytes' && full !== undefined) return formatBytes(full)
  return null
}

/** The whole answer, as `strata describe snapshots --json` prints it. */
export function describedJson(described: DescribedSnapshot): string {
  return JSON.stringify({ Snapshots: [described] }, null, 2)
}

export type Untold = { label: string; bytes: number; formula: string }

/** What no field of EC2's tells, though it decides what a snapshot costs and what deleting it frees. */
export function untoldFigures(snapshot: Snapshot): readonly Untold[] {
  const figure = (kind: FigureKind, label: string, bytes: number): Untold => ({
    label,
    bytes,
    formula: explainFigure(kind, snapshot).formula,
  })
  return [
    figure('added', 'Added', snapshot.addedBytes),
    figure('inherited', 'Inherited', snapshot.inheritedBytes),
    figure('storedHere', 'Stored here', snapshot.storedHereBytes),
    figure('borrowed', 'Borrowed', snapshot.fullBytes - snapshot.storedHereBytes),
    figure('shared', 'Shared', snapshot.sharedBytes),
    figure('released', 'Released if deleted', snapshot.releasedIfDeletedBytes),
    figure('fairShare', 'Fair share', snapshot.fairShareBytes),
  ]
}
