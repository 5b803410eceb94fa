import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import { isForeign } from '../state/accounts.ts'
import { hasRegions, type Lane, type LaneKey, laneKeyOf, lanesOf } from '../state/lanes.ts'
import { type Mark, marksOf } from '../state/marks.ts'
import { formatInstant } from '../words/time-format.ts'

/** A row of the table: a lane, which is a volume in a region, or one of its snapshots below it. */
export type TableRow =
  | { kind: 'lane'; lane: Lane; region: string | null; snapshotCount: number; isOpen: boolean }
  | { kind: 'snapshot'; snapshot: Snapshot; marks: readonly Mark[]; isForeign: boolean }

/** The figures in their order, with the words that the rest of the window uses for them. */
export const COLUMNS = [
  { key: 'fullBytes', label: 'Full size' },
  { key: 'addedBytes', label: 'Added' },
  { key: 'inheritedBytes', label: 'Inherited' },
  { key: 'storedHereBytes', label: 'Stored here' },
  { key: 'sharedBytes', label: 'Shared' },
  { key: 'releasedIfDeletedBytes', label: 'Released if deleted' },
  { key: 'fairShareBytes', label: 'Fair share' },
] as const satisfies readonly { key: keyof Snapshot; label: string }[]

/** @param closed lanes whose snapshots are folded away */
export function rowsOf(library: LibraryView, closed: ReadonlySet<LaneKey>): TableRow[] {
  const isTold = hasRegions(library)
  const marks = marksOf(library, library.snapshots, Date.now())
  const rowOf = (snapshot: Snapshot) => ({
    kind: 'snapshot' as const,
    snapshot,
    marks: marks.get(snapshot.snapshotId) ?? [],
    isForeign: isForeign(library, snapshot),
  })
  return lanesOf(library.volumes, library.snapshots, library.regions).flatMap(
    (lane): TableRow[] => {
      const own = library.snapshots.filter((s) => laneKeyOf(s) === lane.key)
      const isOpen = !closed.has(lane.key)
      const region = isTold ? lane.region : null
      const head = { kind: 'lane' as const, lane, region, snapshotCount: own.length, isOpen }
      if (!isOpen) return [head]
      return [head, ...own.map(rowOf)]
    },
  )
}

/** What others' accounts store is not told, only how much a snapshot of theirs holds. */
export function isKnown(key: (typeof COLUMNS)[number]['key'], isForeign: boolean): boolean {
  return !isForeign || key === 'fullBytes'
}

/**
 * Tab-separated values with a head line, for a spreadsheet: whole bytes, not rounded sizes.
 * Characters that would break a line or a cell, or start a formula, are made harmless.
 */
export function tsvOf(library: LibraryView, snapshots: readonly Snapshot[]): string {
  const volumeName = new Map(library.volumes.map((v) => [v.volumeId, v.name]))
  const isTold = hasRegions(library)
  const marks = marksOf(library, snapshots, Date.now())
  const head = [
    'Volume',
    ...(isTold ? ['Region'] : []),
    'Snapshot',
    'Taken',
    'Marks',
    ...COLUMNS.map((c) => `${c.label} (bytes)`),
  ]
  const lines = snapshots.map((s) => [
    cell(volumeName.get(s.volumeId) ?? s.volumeId),
    ...(isTold ? [cell(s.region)] : []),
    cell(s.name),
    cell(formatInstant(s.startedAt)),
    cell((marks.get(s.snapshotId) ?? []).map(({ word }) => word).join('; ')),
    ...COLUMNS.map((c) => (isKnown(c.key, isForeign(library, s)) ? String(s[c.key]) : '')),
  ])
  return [head, ...lines].map((line) => line.join('\t')).join('\n')
}

function cell(text: string): string {
  const flat = text.replaceAll(/[\t\r\n]/g, ' ')
  return /^[=+\-@]/.test(flat) ? `'${flat}` : flat
}
