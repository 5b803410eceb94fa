import { Delta, type DeltaRun } from '../blocks/delta.ts'
import type { SnapshotId } from '../contract/ids.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { identityOf, sha256Of } from '../crypto/sealed-block.ts'
import { BlockMap, type Piece } from '../engine/block-map.ts'
import type { Library } from '../engine/library.ts'
import { inStep } from './copy-changes.ts'

/** What an encrypted copy has to say. */
export type SealedChanges = {
  /** Blocks to seal anew, as the source holds them; fills too: a pattern would tell what they hold. */
  moved: BlockMap
  movedBlocks: number
  /** Where only the base has data. */
  holes: DeltaRun[]
}

/**
 * As `copyChangesOf`, for a copy under a key.
 *
 * @param baseId a copy under the same key, whose blocks are all sealed. Where the source is plain, the
 *   keys have to be open to compare with it
 */
export function sealedChangesOf(
  library: Library,
  sourceId: SnapshotId,
  baseId: SnapshotId | null,
): SealedChanges {
  const ours = BlockMap.of(library, sourceId).pieces
  const theirs = baseId === null ? [] : BlockMap.of(library, baseId).pieces
  const isSame = baseId === null ? () => false : comparerOf(library, baseId)
  const moved: DeltaRun[] = []
  const holes: DeltaRun[] = []
  for (const [start, end, our, their] of inStep(ours, theirs)) {
    if (our === undefined) holes.push({ kind: 'hole', start, end })
    else if (their === undefined) moved.push(part(our, start, end))
    else {
      for (let index = start; index < end; index += 1) {
        if (!isSame(our, their, index)) moved.push(part(our, index, index + 1))
      }
    }
  }
  // Joined where one goes on with the other.
  const pieces = Delta.of(moved).runs() as readonly Piece[]
  const movedBlocks = pieces.reduce((sum, { start, end }) => sum + end - start, 0)
  return { moved: new BlockMap(library, pieces), movedBlocks, holes }
}

function part(piece: Piece, start: number, end: number): Piece {
  if (piece.kind === 'fill') return { ...piece, start, end }
  return { ...piece, start, end, firstBlockId: piece.firstBlockId + start - piece.start }
}

/** Tells whether a base holds at an index what the source holds there. */
function comparerOf(
  library: Library,
  baseId: SnapshotId,
): (our: Piece, their: Piece, index: number) => boolean {
  let identityKey: Buffer | undefined
  const ofFills = new Map<string, Buffer>()
  const keyed = (sha256: Uint8Array) => {
    const { originKey } = library.snapshotRow(baseId)
    identityKey ??= library.keyring.identityKeyOf(library.keyring.keyOf(originKey!))
    return identityOf(identityKey, sha256)
  }
  const identityAt = (our: Piece, index: number): Buffer => {
    if (our.kind === 'data') {
      const { seal, sha256 } = recordAt(library, our, index)
      return seal?.identity ?? keyed(sha256)
    }
    const name = our.pattern.toString('latin1')
    const known = ofFills.get(name) ?? keyed(sha256Of(Buffer.alloc(BLOCK_BYTES, our.pattern)))
    ofFills.set(name, known)
    return known
  }
  return (our, their, index) => {
    if (their.kind === 'fill') return false
    const { seal } = recordAt(library, their, index)
    return seal?.identity.equals(identityAt(our, index)) === true
  }
}

function recordAt(library: Library, piece: Piece & { kind: 'data' }, index: number) {
  return library.blockRecord(piece.firstBlockId + index - piece.start)
}
