import { BLOCK_BYTES } from '../../contract/units.ts'
import { heldFor, type PlainVolume } from './plain-volume.ts'

/** One block as it was stored once. Two that are equal are the same object. */
export type Version = { readonly bytes: Buffer; writer: PlainSnapshot | null }
/** By index; null: nothing is there, it reads as zeros. */
export type Cells = readonly (Version | null)[]

export type PlainSnapshot = {
  id: string
  region: string
  /** Whose state it shows. */
  volumeId: string
  name: string
  order: number
  parent: PlainSnapshot | null
  isAlive: boolean
  sizeBytes: number
  cells: Cells
}

/** A library as plain arrays: each snapshot has every block, and every figure is counted. */
export class PlainModel {
  readonly volumes: PlainVolume[] = []
  readonly snapshots: PlainSnapshot[] = []
  /** By volume and region, whether or not it is still there. */
  readonly #newestCopies = new Map<string, PlainSnapshot>()

  get living(): PlainSnapshot[] {
    return this.snapshots.filter(({ isAlive }) => isAlive)
  }

  /** What the next snapshot of a volume is incremental to. */
  baseOf(volume: PlainVolume): PlainSnapshot | null {
    let base = volume.base
    while (base !== null && !base.isAlive) base = base.parent
    return base
  }

  snapshot(volume: PlainVolume, id: string, name: string): PlainSnapshot {
    const parent = this.baseOf(volume)
    const snapshot: PlainSnapshot = {
      id,
      region: volume.region,
      volumeId: volume.id,
      name,
      order: this.snapshots.length,
      parent,
      isAlive: true,
      sizeBytes: volume.sizeBytes,
      cells: [],
    }
    snapshot.cells = volume.cells.map((cell, index) => {
      const before = parent?.cells[index] ?? null
      if (cell === null || (volume.kind === 'linked' && isZero(cell.bytes))) return null
      const isSame =
        volume.kind === 'linked' ? before?.bytes.equals(cell.bytes) === true : before === cell
      // To be stored it is read, and to be read it is loaded.
      if (!isSame) volume.unloaded.delete(index)
      return isSame ? before : { bytes: cell.bytes, writer: snapshot }
    })
    // What was stored is what the head holds from now on.
    if (volume.kind === 'managed') volume.cells = [...snapshot.cells]
    volume.base = snapshot
    this.snapshots.push(snapshot)
    return snapshot
  }

  /** @returns how many blocks had to move */
  copy(source: PlainSnapshot, id: string, name: string, region: string): number {
    const key = `${source.volumeId} ${region}`
    const newest = this.#newestCopies.get(key)
    const isHere = source.region === region
    const base = isHere ? source : newest?.isAlive === true ? newest : null
    const copy: PlainSnapshot = {
      ...source,
      id,
      region,
      name,
      order: this.snapshots.length,
      parent: base,
      isAlive: true,
    }
    copy.cells = source.cells.map((cell, index) => {
      const before = base?.cells[index] ?? null
      if (cell === null || before?.bytes.equals(cell.bytes) === true) return cell && before
      return { bytes: cell.bytes, writer: copy }
    })
    if (!isHere) this.#newestCopies.set(key, copy)
    this.snapshots.push(copy)
    return copy.cells.filter((cell) => cell?.writer === copy).length
  }

  /** Distinct blocks that the living snapshots of a region read. */
  storedIn(region: string): number {
    return [...this.holders().values()].filter((holders) => holders[0]!.region === region).length
  }

  /** Everything that living snapshots read, with those that do, oldest first. */
  holders(without: ReadonlySet<PlainSnapshot> = new Set()): Map<Version, PlainSnapshot[]> {
    const held = new Map<Version, PlainSnapshot[]>()
    for (const snapshot of this.living) {
      if (without.has(snapshot)) continue
      for (const cell of snapshot.cells) {
        if (cell !== null) held.set(cell, [...(held.get(cell) ?? []), snapshot])
      }
    }
    return held
  }

  figures() {
    const read = [...this.holders()]
    const needed = new Set(this.volumes.flatMap((volume) => [...heldFor(volume)]))
    return this.living.map((snapshot) => {
      const mine = read.filter(([, holders]) => holders.includes(snapshot))
      const charged = mine.filter(([version, holders]) => ownerOf(version, holders) === snapshot)
      const added = charged.filter(([{ writer }]) => writer === snapshot).length
      const only = mine.filter(([, holders]) => holders.length === 1)
      const released = only.length
      const held = only.filter(([version]) => needed.has(version)).length
      return {
        snapshotId: snapshot.id,
        name: snapshot.name,
        parentId: livingParent(snapshot)?.id ?? null,
        volumeSizeBytes: snapshot.sizeBytes,
        fullBytes: mine.length * BLOCK_BYTES,
        addedBytes: added * BLOCK_BYTES,
        inheritedBytes: (charged.length - added) * BLOCK_BYTES,
        storedHereBytes: charged.length * BLOCK_BYTES,
        sharedBytes: (mine.length - released) * BLOCK_BYTES,
        releasedIfDeletedBytes: (released - held) * BLOCK_BYTES,
        heldIfDeletedBytes: held * BLOCK_BYTES,
      }
    })
  }

  fairShares(): number[] {
    const held = [...this.holders().values()]
    return this.living.map((snapshot) =>
      held
        .filter((holders) => holders.includes(snapshot))
        .reduce((sum, holders) => sum + BLOCK_BYTES / holders.length, 0),
    )
  }

  plan(doomed: readonly PlainSnapshot[]) {
    const gone = new Set(doomed)
    const before = this.holders()
    const after = this.holders(gone)
    const loading = this.volumes.map((volume) => ({ id: volume.id, needs: heldFor(volume) }))
    const isHeld = (version: Version) => loading.some(({ needs }) => needs.has(version))
    const goneWith = (set: ReadonlySet<PlainSnapshot>) => {
      const left = this.holders(set)
      return [...before.keys()].filter((version) => !left.has(version))
    }
    const freed = (versions: Version[]) => versions.filter((version) => !isHeld(version)).length
    const lost = goneWith(gone)
    const singleSum = doomed.reduce((sum, one) => sum + freed(goneWith(new Set([one]))), 0)
    const released = freed(lost)
    const heldBy = loading.flatMap(({ id, needs }) => {
      const count = lost.filter((version) => needs.has(version)).length
      return count === 0 ? [] : [[id, count * BLOCK_BYTES] as const]
    })
    let kept = 0
    const inherited = new Map<string, number>()
    for (const [version, holders] of before) {
      const left = after.get(version)
      if (left === undefined) continue
      if (left.length < holders.length) kept += 1
      if (!gone.has(ownerOf(version, holders))) continue
      const heir = ownerOf(version, left).id
      inherited.set(heir, (inherited.get(heir) ?? 0) + BLOCK_BYTES)
    }
    return {
      releasedBytes: released * BLOCK_BYTES,
      heldBytes: (lost.length - released) * BLOCK_BYTES,
      heldBy: heldBy.sort(),
      singleSumBytes: singleSum * BLOCK_BYTES,
      surplusBytes: (released - singleSum) * BLOCK_BYTES,
      keptBytes: kept * BLOCK_BYTES,
      storedBytesBefore: before.size * BLOCK_BYTES,
      storedBytesAfter: after.size * BLOCK_BYTES,
      heirs: inherited,
    }
  }
}

/** What a snapshot restores to. */
export function bytesOf({ cells, sizeBytes }: Pick<PlainSnapshot, 'cells' | 'sizeBytes'>): Buffer {
  const bytes = Buffer.alloc(cells.length * BLOCK_BYTES)
  for (const [index, cell] of cells.entries()) cell?.bytes.copy(bytes, index * BLOCK_BYTES)
  return bytes.subarray(0, sizeBytes)
}

function livingParent(snapshot: PlainSnapshot): PlainSnapshot | null {
  let parent = snapshot.parent
  while (parent !== null && !parent.isAlive) parent = parent.parent
  return parent
}

/** Whoever wrote it, as long as it is there, else the oldest that reads it. */
function ownerOf({ writer }: Version, holders: readonly PlainSnapshot[]): PlainSnapshot {
  return holders.find((holder) => holder === writer) ?? holders[0]!
}

const ZEROS = Buffer.alloc(BLOCK_BYTES)
const isZero = (bytes: Buffer) => bytes.equals(ZEROS)
