import { basename, join } from 'node:path'
import type { BlockRecord } from '../blocks/block-record.ts'
import { Delta } from '../blocks/delta.ts'
import { decodeSets } from '../blocks/delta-codec.ts'
import type { Sources } from '../blocks/write-windows.ts'
import type { DataKeyRow } from '../catalog/data-keys.ts'
import type { LibraryRow } from '../catalog/library-row.ts'
import { unpackSet } from '../catalog/packed-set.ts'
import { FIRST_REGION } from '../catalog/regions.ts'
import type { SegmentPlace } from '../catalog/segments.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { VolumeLoadRow } from '../catalog/volume-loads.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { OWNER_ACCOUNT } from '../contract/account.ts'
import { StrataError } from '../contract/errors.ts'
import type { RegionName, SnapshotId, VolumeId } from '../contract/ids.ts'
import type { StorageTier } from '../contract/tiering.ts'
import { figuresOf } from '../lineage/figures.ts'
import { Lineage } from '../lineage/lineage.ts'
import { completed, direct, ownSnapshot, ownVolume, snapshotInReach, usable } from './access.ts'
import { AskedCatalog } from './asked-catalog.ts'
import { Keyring } from './keyring.ts'
import { segmentsDir, volumesDir } from './library-paths.ts'
import { isNode, nodeOf, type Sets } from './lineage-node.ts'
import { UnderWay } from './under-way.ts'

type LineageFigures = ReturnType<typeof figuresOf>

/**
 * An open library: its tables, and what follows from them, computed once and kept until the next
 * change. All writing goes through `change`.
 */
export class Library extends AskedCatalog {
  readonly underWay = new UnderWay()
  readonly keyring = new Keyring(this)
  /** Stored blocks were let go of by volumes that no longer have to load them. */
  hasFreedHolds = false
  readonly #sets = new Map<SnapshotId, Sets>()
  #volumeRows: Map<VolumeId, VolumeRow> | undefined
  #loadRows: Map<VolumeId, VolumeLoadRow> | undefined
  #snapshotRows: Map<SnapshotId, SnapshotRow> | undefined
  #dataKeyRows: Map<number, DataKeyRow> | undefined
  #segmentFiles: Map<number, string> | undefined
  #lineage: Lineage | undefined
  #lineageBefore: Lineage | undefined
  #figures: LineageFigures | undefined

  get name(): string {
    return basename(this.path).replace(/\.strata$/, '')
  }

  segmentsDir(region: RegionName, tier: StorageTier = 'standard'): string {
    return segmentsDir(this.path, region, tier)
  }

  begin(facts: Parameters<LibraryRow['begin']>[0]): void {
    this.change(() => {
      this.libraryRow.begin(facts)
      this.accounts.insert({ id: OWNER_ACCOUNT, name: '' }, facts.createdAt)
      this.regions.insert(FIRST_REGION, facts.createdAt)
    })
  }

  takeBlockIds(count: number): number {
    return this.libraryRow.takeBlockIds(count)
  }

  protected override forgetRows(): void {
    this.#volumeRows = undefined
    this.#loadRows = undefined
    this.#snapshotRows = undefined
    this.#dataKeyRows = undefined
    this.#segmentFiles = undefined
    this.#lineage = undefined
    this.#figures = undefined
  }

  volumeRows(): ReadonlyMap<VolumeId, VolumeRow> {
    this.#volumeRows ??= new Map(this.volumes.all().map((row) => [row.id, row]))
    return this.#volumeRows
  }

  /** An own one. @throws StrataError InvalidVolume.NotFound */
  volumeRow(id: VolumeId): VolumeRow {
    return ownVolume(this, id)
  }

  /** Of volumes that were made of a snapshot, whether all of it has been loaded or not. */
  loadRows(): ReadonlyMap<VolumeId, VolumeLoadRow> {
    this.#loadRows ??= new Map(this.loads.all().map((row) => [row.id, row]))
    return this.#loadRows
  }

  /** All, in any state, oldest first. */
  snapshotRows(): ReadonlyMap<SnapshotId, SnapshotRow> {
    this.#snapshotRows ??= new Map(
      this.snapshots
        .all()
        .flatMap((row) => this.#asEnded(row))
        .map((row) => [row.id, row]),
    )
    return this.#snapshotRows
  }

  /** By their numbers. */
  dataKeyRows(): ReadonlyMap<number, DataKeyRow> {
    this.#dataKeyRows ??= new Map(this.dataKeys.all().map((row) => [row.number, row]))
    return this.#dataKeyRows
  }

  /** @throws StrataError LIBRARY_DAMAGED when the catalog has lost the block */
  blockRecord(blockId: number): BlockRecord {
    const record = this.blocks.get(blockId)
    if (record !== undefined) return record
    throw new StrataError('LIBRARY_DAMAGED', {
      path: this.path,
      problem: `its catalog does not say where stored block ${blockId} lies`,
    })
  }

  /** An own one. @throws StrataError InvalidSnapshot.NotFound, OperationNotPermitted */
  snapshotRow(id: SnapshotId): SnapshotRow {
    return ownSnapshot(this, id)
  }

  /** An own one. @throws StrataError as `snapshotRow`, and as `readableRow` */
  completedRow(id: SnapshotId): SnapshotRow {
    return usable(completed(ownSnapshot(this, id)))
  }

  /**
   * To read from; of others only what they share.
   *
   * @throws StrataError InvalidSnapshot.NotFound, SNAPSHOT_NOT_READY, SNAPSHOT_FAILED, SNAPSHOT_ARCHIVED
   */
  readableRow(id: SnapshotId): SnapshotRow {
    return usable(this.wholeRow(id))
  }

  /** To read its blocks as such. @throws StrataError ValidationException, or as `readableRow` */
  directRow(id: SnapshotId): SnapshotRow {
    return direct(this, this.readableRow(id))
  }

  /** To be looked at: in whatever tier. @throws StrataError as `readableRow` otherwise */
  wholeRow(id: SnapshotId): SnapshotRow {
    return completed(snapshotInReach(this, id))
  }

  deltaOf(id: SnapshotId): Delta {
    return Delta.decode(this.snapshots.storedOf(id).delta)
  }

  /** Completed and deleted snapshots as a tree. */
  lineage(): Lineage {
    this.#lineage ??= Lineage.after(
      this.#lineageBefore,
      [...this.snapshotRows().values()]
        .filter(isNode)
        .map((row) => nodeOf(row, this.#setsOf(row.id))),
    )
    this.#lineageBefore = this.#lineage
    return this.#lineage
  }

  figures(): LineageFigures {
    this.#figures ??= figuresOf(this.lineage())
    return this.#figures
  }

  /** Call when the delta of `id` was changed or removed. */
  forgetDelta(id: SnapshotId): void {
    this.#sets.delete(id)
  }

  segmentFile({ region, tier, file }: SegmentPlace): string {
    return join(this.segmentsDir(region, tier), file)
  }

  /** Looks up where a segment's file is, as of now. */
  segmentFiles(): (segmentId: number) => string {
    this.#segmentFiles ??= new Map(
      this.segments.all().map((row) => [row.id, this.segmentFile(row)]),
    )
    const files = this.#segmentFiles
    return (id) =>
      files.get(id) ?? join(this.path, `segment ${id}, which the catalog does not know`)
  }

  /** For reading stored blocks, sealed ones too. */
  sources(): Sources {
    return { segmentFile: this.segmentFiles(), keyOf: this.keyring.keyOf }
  }

  volumeFile(id: VolumeId): string {
    return join(volumesDir(this.path), `${id}.img`)
  }

  /** Where the disk had no room to write down how it ended, too, it did so all the same. */
  #asEnded(row: SnapshotRow): SnapshotRow[] {
    const end = this.endOf(row.id)
    if (end === undefined) return [row]
    if (end.message === null) return []
    const state = row.deletionId === null ? 'error' : 'deleted'
    return [{ ...row, state, stateMessage: end.message, parentId: null }]
  }

  #setsOf(id: SnapshotId): Sets {
    const kept = this.#sets.get(id)
    if (kept !== undefined) return kept
    const stored = this.snapshots.storedOf(id)
    const sets = { ...decodeSets(stored.delta), adopted: unpackSet(stored.adopted) }
    this.#sets.set(id, sets)
    return sets
  }
}
