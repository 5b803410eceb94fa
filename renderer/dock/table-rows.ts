import type { LibraryView, Snapshot, Volume, VolumeId } from '../../core/contract/model.ts'
import { formatInstant } from '../words/time-format.ts'

/** A row of the table: a volume, or one of its snapshots below it. */
export type TableRow =
  | { kind: 'volume'; volume: Volume; snapshotCount: number; isOpen: boolean }
  | { kind: 'snapshot'; snapshot: Snapshot }

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

/** @param closed volumes whose snapshots are folded away */
export function rowsOf(library: LibraryView, closed: ReadonlySet<VolumeId>): TableRow[] {
  return library.volumes.flatMap((volume): TableRow[] => {
    const own = library.snapshots.filter((s) => s.volumeId === volume.volumeId)
    const isOpen = !closed.has(volume.volumeId)
    const head = { kind: 'volume' as const, volume, snapshotCount: own.length, isOpen }
    if (!isOpen) return [head]
    return [head, ...own.map((snapshot) => ({ kind: 'snapshot' as const, snapshot }))]
  })
}

/**
 * Tab-separated values with a head line, for a spreadsheet: whole bytes, not rounded sizes.
 * Characters that would break a line or a cell, or start a formula, are made harmless.
 */
export function tsvOf(library: LibraryView, snapshots: readonly Snapshot[]): string {
  const volumeName = new Map(library.volumes.map((v) => [v.volumeId, v.name]))
  const head = ['Volume', 'Snapshot', 'Taken', ...COLUMNS.map((c) => `${c.label} (bytes)`)]
  const lines = snapshots.map((s) => [
    cell(volumeName.get(s.volumeId) ?? s.volumeId),
    cell(s.name),
    cell(formatInstant(s.startedAt)),
    ...COLUMNS.map((c) => String(s[c.key])),
  ])
  return [head, ...lines].map((line) => line.join('\t')).join('\n')
}

function cell(text: string): string {
  const flat = text.replaceAll(/[\t\r\n]/g, ' ')
  return /^[=+\-@]/.test(flat) ? `'${flat}` : flat
}
