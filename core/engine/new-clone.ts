import { Delta, type DeltaRun } from '../blocks/delta.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { show } from '../contract/show.ts'
import { snapshotInReach } from './access.ts'
import { BlockMap } from './block-map.ts'
import { commandOf, optionOf } from './command-line.ts'
import type { Context } from './context.ts'
import {
  assertSize,
  encryptionOptions,
  freeVolumeName,
  managedRow,
  type NewVolume,
} from './create-volume.ts'
import type { Library } from './library.ts'
import { assertRate } from './load-volume.ts'

/** A volume of a snapshot that is about to be made. */
export type Clone = {
  readonly origin: SnapshotRow
  readonly row: NewVolume
  /** What to ask for on a command line, beside its name and its snapshot. */
  readonly options: readonly string[]
  /** What else the transaction does that makes it. */
  readonly alongside: (row: NewVolume) => void
}

/** @throws StrataError IncorrectState, InvalidSnapshot.NotFound, SIZE_REFUSED, RATE_REFUSED, NAME_TAKEN */
export function newClone(
  { library, clock }: Context,
  input: Input<'createVolumeFromSnapshot'>,
): Omit<Clone, 'alongside'> {
  const origin = completedOrigin(library, input.snapshotId)
  const { sizeBytes = origin.volumeSizeBytes, rateMiBPerS = null } = input
  assertSize(sizeBytes, origin.volumeSizeBytes)
  assertRate(rateMiBPerS)
  const name = freeVolumeName(library, input.name)
  const blank = managedRow(library, name, sizeBytes, clock())
  const row = {
    ...blank,
    region: origin.region,
    originId: origin.id,
    baseId: origin.ownerId === blank.ownerId ? origin.id : null,
    content: contentOf(BlockMap.of(library, origin.id)).encode(),
  }
  const size = sizeBytes === origin.volumeSizeBytes ? [] : ['--size', String(sizeBytes)]
  const rate = optionOf('--rate', rateMiBPerS)
  return { origin, row, options: [...size, ...rate, ...encryptionOptions(input)] }
}

export function stepOf(library: Library, { origin, row, options }: Omit<Clone, 'alongside'>) {
  return {
    at: row.createdAt,
    title: `Made volume ${show(row.name)} from ${show(origin.name)}`,
    command: commandOf(
      library,
      ...['volume', 'create', { argument: row.name }, '--snapshot', origin.id],
      ...options,
    ),
    storedDeltaBytes: 0,
    deletionId: null,
  }
}

function completedOrigin(library: Library, id: SnapshotId): SnapshotRow {
  const row = snapshotInReach(library, id, 'volume')
  if (row.state === 'completed') return library.readableRow(id)
  throw new StrataError('IncorrectState', { snapshot: row.name, state: row.state })
}

function contentOf({ pieces }: BlockMap): Delta {
  return Delta.of(
    pieces.map(
      (piece): DeltaRun =>
        piece.kind === 'fill' ? piece : { ...piece, firstBlockId: piece.start },
    ),
  )
}
