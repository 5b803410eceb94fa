import { Delta } from '../blocks/delta.ts'
import { packSet, unpackSet } from '../catalog/packed-set.ts'
import type { VolumeLoadRow } from '../catalog/volume-loads.ts'
import type { VolumeId } from '../contract/ids.ts'
import {
  EMPTY,
  type IndexSet,
  intersect,
  isEmpty,
  minus,
  sizeOf,
  union,
} from '../lineage/index-set.ts'
import { buryBlocks, recordsIn } from './bury-blocks.ts'
import type { Library } from './library.ts'

/*
 * What volumes that were made of a snapshot have not copied to their files yet.
 * (1) Their content names such a block as theirs; only here it says that it is still elsewhere.
 * (2) A block leaves this list after it is in the file, synced, or in the transaction that says what
 *     replaced it.
 * (3) While it is listed its stored block stays, whatever becomes of the snapshots: it is *held*.
 *     Where no snapshot has it any more, it goes with the last volume that lists it.
 * (4) A fill is listed for encrypted volumes alone: it has no stored block, but is to be sealed.
 */

/** Of one volume: which stored block belongs at which index. */
export type Hold = { readonly volumeId: VolumeId; readonly unloaded: Delta }

/** What is to be loaded to a volume; nothing for one that was not made of a snapshot. */
export function unloadedOf(library: Library, volumeId: VolumeId): Delta {
  const row = library.loadRows().get(volumeId)
  return row === undefined ? Delta.EMPTY : Delta.decode(row.unloaded)
}

/** What could not be read of it when its turn came: all that is left to load, or nothing. */
export function damagedOf(library: Library, volumeId: VolumeId): IndexSet {
  const row = library.loadRows().get(volumeId)
  return row === undefined ? EMPTY : unpackSet(row.damaged)
}

/** Says so, or that it is tried again. A change of its own. */
export function setDamaged(library: Library, volumeId: VolumeId, blocks: IndexSet): void {
  const row = library.loadRows().get(volumeId)
  // It may have been removed meanwhile, or what is damaged have been written over.
  if (row === undefined) return
  const damaged = packSet(intersect(blocks, Delta.decode(row.unloaded).data))
  if (!damaged.equals(row.damaged)) library.change(() => library.loads.update({ ...row, damaged }))
}

/** Of all volumes that have something to load. */
export function holdsOf(library: Library): Hold[] {
  return holdsIn(library.loadRows().values())
}

function holdsIn(rows: Iterable<VolumeLoadRow>): Hold[] {
  return [...rows]
    .map(({ id, unloaded }) => ({ volumeId: id, unloaded: Delta.decode(unloaded) }))
    .filter(({ unloaded }) => !isEmpty(unloaded.stored))
}

/** Blocks of a delta that volumes still have to load. */
export function heldIn(delta: Delta, holds: readonly Hold[]): IndexSet {
  return holds.reduce((held, { unloaded }) => union(held, delta.sameBlocks(unloaded)), EMPTY)
}

/** How many were copied, and why: see `VolumeLoadRow`. */
export type Copied = { touchedBlocks: number; backgroundBlocks: number }
const NONE: Copied = { touchedBlocks: 0, backgroundBlocks: 0 }

/**
 * Says that these blocks need no loading any more, as part of a transaction. What nobody else needs
 * leaves the catalog.
 */
export function forgetUnloaded(
  library: Library,
  volumeId: VolumeId,
  blocks: IndexSet,
  copied: Copied = NONE,
): void {
  const row = library.loadRows().get(volumeId)
  if (row === undefined) return
  const unloaded = Delta.decode(row.unloaded)
  const givenUp = unpackSet(row.givenUp)
  freeHolds(library, row, intersect(intersect(givenUp, unloaded.stored), blocks))
  const left = minus(unloaded.data, blocks)
  if (isEmpty(left)) library.loadKeys.remove(volumeId)
  library.loads.update({
    ...row,
    unloaded: unloaded.restrict(left).encode(),
    givenUp: packSet(minus(givenUp, blocks)),
    damaged: packSet(minus(unpackSet(row.damaged), blocks)),
    touchedBlocks: row.touchedBlocks + copied.touchedBlocks,
    backgroundBlocks: row.backgroundBlocks + copied.backgroundBlocks,
  })
}

/** Nothing of the volume is needed any more, as part of the transaction that removes it. */
export function forgetLoad(library: Library, volumeId: VolumeId): void {
  forgetUnloaded(library, volumeId, unloadedOf(library, volumeId).data)
  library.loads.remove(volumeId)
}

/** Blocks that a contraction of the lineage gives up and volumes still need: theirs alone from now on. */
export function passToHolds(
  library: Library,
  dead: Iterable<{ delta: Delta; data: IndexSet }>,
): void {
  const passed = new Map<VolumeId, IndexSet>()
  const holds = holdsOf(library)
  for (const { delta, data } of holds.length === 0 ? [] : dead) {
    for (const { volumeId, unloaded } of holds) {
      const needed = intersect(data, delta.sameBlocks(unloaded))
      passed.set(volumeId, union(passed.get(volumeId) ?? EMPTY, needed))
    }
  }
  for (const [volumeId, set] of passed) {
    const row = library.loadRows().get(volumeId)!
    library.loads.update({ ...row, givenUp: packSet(union(unpackSet(row.givenUp), set)) })
  }
}

/** How many stored blocks are kept for loads alone: no snapshot has them, not even a deleted one. */
export function countOrphans(library: Library): number {
  const seen: Delta[] = []
  let count = 0
  for (const row of library.loadRows().values()) {
    const orphans = orphansOf(row)
    count += sizeOf(minus(orphans.stored, heldIn(orphans, asHolds(row.id, seen))))
    seen.push(orphans)
  }
  return count
}

/** The last volume that needed them does so no more. */
function freeHolds(library: Library, row: VolumeLoadRow, orphans: IndexSet): void {
  if (isEmpty(orphans)) return
  const unloaded = Delta.decode(row.unloaded)
  // As of now: another one may have been removed earlier in this transaction.
  const others = holdsIn(library.loads.all()).filter(({ volumeId }) => volumeId !== row.id)
  const free = minus(orphans, heldIn(unloaded, others))
  buryBlocks(library, [...recordsIn(library, unloaded, free)])
  library.hasFreedHolds = true
}

function orphansOf({ unloaded, givenUp }: VolumeLoadRow): Delta {
  return Delta.decode(unloaded).restrict(unpackSet(givenUp))
}

function asHolds(volumeId: VolumeId, deltas: readonly Delta[]): Hold[] {
  return deltas.map((unloaded) => ({ volumeId, unloaded }))
}
