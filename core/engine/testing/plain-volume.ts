import { BLOCK_BYTES } from '../../contract/units.ts'
import type { Cells, PlainSnapshot, Version } from './plain-model.ts'

export type PlainVolume = {
  id: string
  /** Where its snapshots are taken. */
  region: string
  kind: 'linked' | 'managed'
  sizeBytes: number
  /** Of a managed volume its blocks; of a linked one the bytes of its file. */
  cells: (Version | null)[]
  /** Where its cells still lie with the snapshot that it was made from. */
  unloaded: Set<number>
  base: PlainSnapshot | null
}

export function newVolume(
  given: Pick<PlainVolume, 'id' | 'region' | 'kind' | 'sizeBytes'>,
): PlainVolume {
  return { ...given, cells: [], unloaded: new Set(), base: null }
}

/** A block that no snapshot has stored yet. */
export const cellOf = (bytes: Buffer): Version => ({ bytes, writer: null })

/** Where a volume has something to load when it was made and nothing was loaded yet. */
export function toLoad(cells: Cells): Set<number> {
  const isStored = (cell: Version | null) => cell !== null && !isPattern(cell.bytes)
  return new Set([...cells.keys()].filter((index) => isStored(cells[index]!)))
}

/** What a volume still has to load. */
export function heldFor({ cells, unloaded }: PlainVolume): Set<Version> {
  return new Set([...unloaded].map((index) => cells[index]!))
}

const isPattern = (bytes: Buffer) => bytes.subarray(16).equals(bytes.subarray(0, -16))

/** Bytes past the end of a volume are zeros. */
export function cutTail(volume: PlainVolume): void {
  const last = volume.cells.length - 1
  const tail = volume.sizeBytes - last * BLOCK_BYTES
  const bytes = Buffer.alloc(BLOCK_BYTES)
  volume.cells[last]?.bytes.copy(bytes, 0, 0, tail)
  volume.cells[last] = cellOf(bytes)
}

/** What a volume of this size holds that grew from one with `cells`. */
export function grownTo(cells: Cells, sizeBytes: number): (Version | null)[] {
  const count = Math.ceil(sizeBytes / BLOCK_BYTES)
  return Array.from({ length: count }, (_, index) => cells[index] ?? null)
}

/** A write to a managed volume: each block that it touches is a new one. */
export function layOver(volume: PlainVolume, at: number, bytes: Buffer): void {
  const first = Math.floor(at / BLOCK_BYTES)
  const end = Math.ceil((at + bytes.length) / BLOCK_BYTES)
  for (let index = first; index < end; index += 1) {
    const block = Buffer.alloc(BLOCK_BYTES)
    volume.cells[index]?.bytes.copy(block)
    const from = Math.max(0, index * BLOCK_BYTES - at)
    bytes.copy(block, Math.max(0, at - index * BLOCK_BYTES), from)
    volume.cells[index] = cellOf(block)
    volume.unloaded.delete(index)
  }
}
