import type { Snapshot } from '../../core/contract/model.ts'
import { formatBytes } from './byte-format.ts'

/** A figure that can be asked what it means. */
export type FigureKind =
  | 'full'
  | 'added'
  | 'inherited'
  | 'storedHere'
  | 'borrowed'
  | 'released'
  | 'shared'
  | 'fairShare'

export type Explained = { formula: string; sentence: string }

/** What a figure of this snapshot means, as a formula and in words. */
export function explainFigure(kind: FigureKind, s: Snapshot): Explained {
  const bytes = formatBytes
  const borrowedBytes = s.fullBytes - s.storedHereBytes
  switch (kind) {
    case 'full':
      return {
        formula: `stored here ${bytes(s.storedHereBytes)} + borrowed ${bytes(borrowedBytes)}`,
        sentence: `Restoring ${s.name} writes ${bytes(s.fullBytes)} of data.`,
      }
    case 'added':
      return {
        formula: 'blocks written newly, still held',
        sentence: `When ${s.name} was taken, ${bytes(s.addedBytes)} were new, and it still holds them.`,
      }
    case 'inherited':
      return {
        formula: 'blocks of snapshots that are gone, taken over',
        sentence:
          s.inheritedBytes === 0
            ? `${s.name} has taken nothing over from a snapshot that is gone.`
            : `An older snapshot wrote ${bytes(s.inheritedBytes)} and was deleted or archived; ${s.name} is now the oldest that reads them.`,
      }
    case 'storedHere':
      return {
        formula: `added ${bytes(s.addedBytes)} + inherited ${bytes(s.inheritedBytes)}`,
        sentence: `${bytes(s.storedHereBytes)} are put down to ${s.name}. Over all snapshots this adds up to what is stored.`,
      }
    case 'borrowed':
      return {
        formula: `full size ${bytes(s.fullBytes)} − stored here ${bytes(s.storedHereBytes)}`,
        sentence: `${s.name} reads ${bytes(borrowedBytes)} that other snapshots store.`,
      }
    case 'released':
      return {
        formula: `full size ${bytes(s.fullBytes)} − shared ${bytes(s.sharedBytes)}`,
        sentence: `Only ${s.name} holds ${bytes(s.releasedIfDeletedBytes)}; that is what deleting it alone gives back.`,
      }
    case 'shared':
      return {
        formula: `full size ${bytes(s.fullBytes)} − released ${bytes(s.releasedIfDeletedBytes)}`,
        sentence: `Other snapshots hold ${bytes(s.sharedBytes)} of ${s.name} too, so they stay.`,
      }
    case 'fairShare':
      return {
        formula: 'each block divided by its holders',
        sentence: `Splitting every block evenly among its holders, ${s.name} carries ${bytes(s.fairShareBytes)}. Over all snapshots this adds up to what is stored.`,
      }
  }
}
