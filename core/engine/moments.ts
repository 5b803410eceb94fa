import type { Delta } from '../blocks/delta.ts'
import type { KeptBlocks } from '../blocks/kept-blocks.ts'
import type { SnapshotId, VolumeId } from '../contract/ids.ts'
import { EMPTY, type IndexSet, intersect, union, unionAll } from '../lineage/index-set.ts'
import type { ManagedHead } from './head.ts'
import type { OpenVolume } from './volume-file.ts'

/*
 * Managed volumes are written to while snapshots of them are pending.
 * (1) A moment is what a volume holds when a snapshot of it is asked for. What it needs of the
 *     volume's file stays until the snapshot has ended: of a plain volume a block is kept aside before
 *     it is overwritten, of an encrypted one its slot is not written to.
 * (2) Moments of a volume follow each other, and so do their snapshots: each says what was written
 *     between the one before it and its own. Where one is given up, the next says that too.
 * (3) While the volume is written to there is no moment: what is asked for then has that at which the
 *     write is over. Moments begin in the order in which they were asked for.
 * (4) The row of the volume says at any time what was written since its last complete snapshot. So
 *     nothing here has to outlive the program: what is pending then fails.
 */

/** What a managed volume holds when a snapshot of it is asked for. */
export type Moment = {
  readonly id: SnapshotId
  readonly volumeId: VolumeId
  readonly content: Delta
  /** What is overwritten; null: the volume is encrypted. */
  readonly kept: KeptBlocks | null
}

type Line = {
  readonly moments: { readonly moment: Moment; written: IndexSet }[]
  /** Since the last of them. */
  written: IndexSet
}

export class Moments {
  readonly #lines = new Map<VolumeId, Line>()
  readonly #later = new Map<VolumeId, Map<SnapshotId, () => void>>()

  /** @param dirty written since the last complete snapshot of the volume */
  begin(moment: Moment, dirty: IndexSet): void {
    this.beginLater(moment.volumeId)
    const line = this.#lines.get(moment.volumeId)
    if (line === undefined) {
      const moments = [{ moment, written: dirty }]
      this.#lines.set(moment.volumeId, { moments, written: EMPTY })
      return
    }
    line.moments.push({ moment, written: line.written })
    line.written = EMPTY
  }

  /** Has `begin` called when the write is over that is under way. See (3). */
  await(volumeId: VolumeId, id: SnapshotId, begin: () => void): void {
    const later = this.#later.get(volumeId) ?? new Map<SnapshotId, () => void>()
    this.#later.set(volumeId, later.set(id, begin))
  }

  /** Nothing is being written to the volume: all that waited for that begin. */
  beginLater(volumeId: VolumeId): void {
    const later = this.#later.get(volumeId)
    this.#later.delete(volumeId)
    for (const begin of later?.values() ?? []) begin()
  }

  /** A snapshot has ended that may still wait. */
  forget(volumeId: VolumeId, id: SnapshotId): void {
    this.#later.get(volumeId)?.delete(id)
  }

  /** What a snapshot has to say: all before it have ended. */
  headAt({ volumeId, id, content }: Moment): ManagedHead {
    const { moments } = this.#lines.get(volumeId)!
    const at = moments.findIndex(({ moment }) => moment.id === id)
    return { content, dirty: unionAll(moments.slice(0, at + 1).map(({ written }) => written)) }
  }

  /** What was written to the volume since. */
  writtenAfter({ volumeId, id }: Moment): IndexSet {
    const { moments, written } = this.#lines.get(volumeId)!
    const at = moments.findIndex(({ moment }) => moment.id === id)
    return unionAll([...moments.slice(at + 1).map((later) => later.written), written])
  }

  /** Its snapshot is complete: what comes later is incremental to it. */
  complete({ volumeId, id }: Moment): void {
    const line = this.#lines.get(volumeId)!
    const at = line.moments.findIndex(({ moment }) => moment.id === id)
    for (const { moment } of line.moments.splice(0, at + 1)) moment.kept?.drop()
    if (line.moments.length === 0) this.#lines.delete(volumeId)
  }

  /** Its snapshot is not going to be, if it is not complete. */
  end({ volumeId, id, kept }: Moment): void {
    kept?.drop()
    const line = this.#lines.get(volumeId)
    const at = line?.moments.findIndex(({ moment }) => moment.id === id) ?? -1
    if (line === undefined || at < 0) return
    const [gone] = line.moments.splice(at, 1)
    const next = line.moments[at] ?? line
    next.written = union(gone!.written, next.written)
    if (line.moments.length === 0) this.#lines.delete(volumeId)
  }

  /** Comes before the bytes change, or with the transaction that changes what the volume holds. */
  write(volumeId: VolumeId, blocks: IndexSet): void {
    const line = this.#lines.get(volumeId)
    if (line !== undefined) line.written = union(line.written, blocks)
  }

  /** The last complete snapshot of the volume is gone for good: what it said counts as written. */
  loseBase(volumeId: VolumeId, said: IndexSet): void {
    const first = this.#lines.get(volumeId)?.moments[0]
    if (first !== undefined) first.written = union(first.written, said)
  }

  /** What pending snapshots may have to read, of the blocks of a volume. */
  needed(volumeId: VolumeId, blocks: IndexSet): IndexSet {
    return unionAll(this.#of(volumeId).map(({ content }) => intersect(content.stored, blocks)))
  }

  /** What the volume held, at each of them. */
  contents(volumeId: VolumeId): Delta[] {
    return this.#of(volumeId).map(({ content }) => content)
  }

  /** Comes before these blocks of the volume's file are overwritten. See (1). */
  keep(volumeId: VolumeId, blocks: IndexSet, volume: OpenVolume): void {
    for (const { content, kept } of this.#of(volumeId)) {
      kept?.keep(intersect(content.stored, blocks), volume)
    }
  }

  #of(volumeId: VolumeId): Moment[] {
    return (this.#lines.get(volumeId)?.moments ?? []).map(({ moment }) => moment)
  }
}
