import type { LibraryView, Snapshot } from '../../core/contract/model.ts'

/** A snapshot that is not completed, in words: short for lists, a sentence for the inspector. */
export type Unfinished = { chip: string; title: string; body: string }

export function unfinishedWords(library: LibraryView, snapshot: Snapshot): Unfinished {
  if (snapshot.state === 'error') return failedWords(snapshot)
  const before = library.snapshots.find((s) => s.snapshotId === snapshot.parentId)
  const isWaiting = before?.state === 'pending'
  const doing = snapshot.copiedFrom === null ? 'taken' : 'copied'
  const chip = isWaiting ? 'waiting' : `${snapshot.progress} % ${doing}`
  const body = isWaiting
    ? `It comes after ${before.name}, and holds the volume as it was when it was asked for. ${meanwhile(library, snapshot)}`
    : 'Its figures are known when it is complete.'
  if (!snapshot.isToBeDeleted) {
    return { chip, title: isWaiting ? 'Waiting for its turn' : `Being ${doing}`, body }
  }
  return {
    chip,
    title: 'Will be deleted when complete',
    body: 'Until then it counts among the five pending snapshots that a volume may have. Undoing the deletion keeps it.',
  }
}

/** What keeps that moment until it is read. */
function meanwhile({ volumes }: LibraryView, { volumeId }: Snapshot): string {
  const volume = volumes.find((v) => v.volumeId === volumeId)
  return volume?.kind === 'linked'
    ? 'If its image changes before it is read, it fails.'
    : 'Nothing is written to it meanwhile.'
}

function failedWords({ copiedFrom, stateMessage }: Snapshot): Unfinished {
  const what = copiedFrom === null ? 'take it again' : 'copy it again'
  return {
    chip: 'failed',
    title: stateMessage ?? '',
    body: `There is nothing in it, and its name is free: delete it, and ${what}.`,
  }
}

/** In a list: "s2, failed". */
export function unfinishedLabel(library: LibraryView, snapshot: Snapshot): string {
  const { chip } = unfinishedWords(library, snapshot)
  return snapshot.isToBeDeleted ? `${chip}, to be deleted` : chip
}
