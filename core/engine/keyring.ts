import type { Sealing } from '../blocks/sealed-writer.ts'
import type { DataKeyRow } from '../catalog/data-keys.ts'
import type { MasterKeyRow } from '../catalog/master-keys.ts'
import { StrataError } from '../contract/errors.ts'
import { DataKeyId, type KeyId, type SnapshotId, type VolumeId } from '../contract/ids.ts'
import type { BlockKey } from '../crypto/sealed-block.ts'
import { contextOf, derivedKey, newKey, seal, unseal } from '../crypto/sealing.ts'
import { HeldKeys } from './held-keys.ts'
import { newId } from './ids.ts'
import { isDamage } from './library-damage.ts'
import { LibraryKey } from './library-key.ts'
import { usableKey } from './master-key.ts'

/*
 * The keys of a library, in this process.
 * (1) The library's key wraps the master keys; one of them wraps each data key; a data key seals the
 *     blocks of one snapshot or volume.
 * (2) Only the library's key is kept in memory, and only until the library is closed or locked. All
 *     others are unwrapped when they are needed and wiped after. So long are held, too, the data
 *     keys of volumes that were on an instance when their master key could be used no more, and of
 *     blocks that they had not loaded by then.
 * (3) A data key is wrapped in the transaction that names it, with the version of its master key that
 *     holds then: a rotation meanwhile leaves nothing behind.
 * (4) Of what a volume under another key has yet to load the data keys are wrapped with the volume's
 *     (`load-keys.ts`).
 * (5) Nothing here is ever part of an error, an event or the log.
 */

/** A data key that no row has yet. */
export type NewDataKey = { readonly id: DataKeyId; readonly bytes: Buffer }

export class Keyring extends LibraryKey {
  /** (2) */
  readonly #held = new HeldKeys()

  override lock(): void {
    this.#held.letGoOfAll()
    super.lock()
  }

  /** For what this volume alone reads and writes. What does not open now is not in use. */
  hold(volumeId: VolumeId, number: number): void {
    if (this.isHeld(volumeId, number) || this.vault().state !== 'open') return
    try {
      this.#held.hold(volumeId, number, this.keyOf(number).bytes)
    } catch (error) {
      if (!(error instanceof StrataError)) throw error
    }
  }

  isHeld(volumeId: VolumeId, number: number): boolean {
    return this.#held.of(volumeId, number) !== undefined
  }

  /** @param but is held on; null: none is */
  letGo(volumeId: VolumeId, but: number | null = null): void {
    this.#held.letGo(volumeId, but)
  }

  /** Material of a master key as it is kept. Keys have to be open. */
  wrappedMaterial(row: Pick<MasterKeyRow, 'id' | 'version'>, material: Buffer): Buffer {
    return seal(this.materialKey(), material, this.#materialContext(row))
  }

  /** What tells one material from another without giving either away. */
  fingerprintOf(id: KeyId, material: Buffer): Buffer {
    return derivedKey(material, contextOf(this.libraryId, id), 'strata/fingerprint/v1')
  }

  newDataKey(): NewDataKey {
    return { id: newId(DataKeyId, 'dek'), bytes: newKey() }
  }

  /** Keeps a new data key, within the change that names it. @returns its number */
  keep({ id, bytes }: NewDataKey, owner: SnapshotId | VolumeId, keyId: KeyId): number {
    const master = usableKey(this.library, keyId)
    const row = { id, owner, keyId, keyVersion: master.version, format: 2 as const }
    const wrapped = this.#withMaster(master, (key) => seal(key, bytes, this.#dataContext(row)))
    return this.library.dataKeys.insert({ ...row, wrapped })
  }

  /**
   * @param number of a data key
   * @param volumeId what it is for, which may have it held
   * @throws StrataError KMSInvalidStateException, KEY_DELETED, KEYS_LOCKED
   */
  readonly keyOf = (number: number, volumeId?: VolumeId): BlockKey => {
    const row = this.#rowOf(number)
    const held = volumeId && this.#held.of(volumeId, number)
    if (held !== undefined) {
      return { library: this.libraryId, id: row.id, bytes: Buffer.from(held) }
    }
    return this.#opened(row, usableKey(this.library, row.keyId))
  }

  /** The same, also of a key that may not be used now, for what reads no data. */
  keyInAnyStateOf(number: number): BlockKey {
    const row = this.#rowOf(number)
    const master = this.library.masterKeys.get(row.keyId)
    if (master === undefined) throw new StrataError('KEY_DELETED', { key: row.keyId })
    return this.#opened(row, master)
  }

  /** How the blocks of a new owner are sealed. @param origin null: it is an origin itself */
  sealingWith(dataKey: NewDataKey, origin: number | null): Sealing {
    const key = { library: this.libraryId, id: dataKey.id, bytes: dataKey.bytes }
    return { key, identityKey: this.identityKeyOf(this.originOf(dataKey, origin)) }
  }

  /** What goes for all that goes back to one volume. @param origin null: this is the first of it */
  originOf({ id, bytes }: NewDataKey, origin: number | null): BlockKey {
    return origin === null ? { library: this.libraryId, id, bytes } : this.keyOf(origin)
  }

  /** What equal blocks of one origin are known by. */
  identityKeyOf(origin: BlockKey): Buffer {
    return derivedKey(origin.bytes, contextOf(origin.library, origin.id), 'strata/identity/v1')
  }

  /** Wraps every data key of a master key anew, with another version of it. Within a change. */
  rewrapAll(from: MasterKeyRow, to: MasterKeyRow): void {
    const rows = [...this.library.dataKeyRows().values()].filter(({ keyId }) => keyId === from.id)
    for (const row of rows) this.#rewrap(row, from, to, row.format)
  }

  /**
   * Of what these sealed manifests are demanded from now on. Within a change. One that does not open stays
   * as it is: nothing that it sealed can be read.
   *
   * @param numbers of data keys
   */
  demandManifests(numbers: ReadonlySet<number>): void {
    for (const row of this.library.dataKeys.all()) {
      const master = this.library.masterKeys.get(row.keyId)
      if (row.format !== 1 || !numbers.has(row.number) || !master?.material) continue
      try {
        this.#rewrap(row, master, master, 2)
      } catch (error) {
        if (!isDamage(error)) throw error
      }
    }
  }

  #rewrap(
    row: DataKeyRow,
    from: MasterKeyRow,
    to: MasterKeyRow,
    format: DataKeyRow['format'],
  ): void {
    const { bytes } = this.#opened(row, from)
    const next = { ...row, keyVersion: to.version, format }
    const wrapped = this.#withMaster(to, (key) => seal(key, bytes, this.#dataContext(next)))
    bytes.fill(0)
    this.library.dataKeys.rewrap({ ...next, wrapped })
  }

  #opened(row: DataKeyRow, master: MasterKeyRow): BlockKey & { bytes: Buffer } {
    const bytes = this.#withMaster(master, (key) =>
      unseal(key, row.wrapped, this.#dataContext(row)),
    )
    if (bytes === null) throw this.damaged(`data key ${row.id} does not open`)
    return { library: this.libraryId, id: row.id, bytes }
  }

  #withMaster<T>(row: MasterKeyRow, use: (wrappingKey: Buffer) => T): T {
    const material =
      row.material && unseal(this.materialKey(), row.material, this.#materialContext(row))
    if (!material) throw this.damaged(`key ${row.id} does not open`)
    const salt = contextOf(this.libraryId, row.id, row.version)
    const key = derivedKey(material, salt, 'strata/wrap/v1')
    try {
      return use(key)
    } finally {
      material.fill(0)
      key.fill(0)
    }
  }

  #materialContext({ id, version }: Pick<MasterKeyRow, 'id' | 'version'>): Buffer {
    return contextOf('strata/material/v1', this.libraryId, id, version)
  }

  #dataContext(row: Omit<DataKeyRow, 'number' | 'wrapped'>): Buffer {
    const { id, owner, keyId, keyVersion, format } = row
    return contextOf(`strata/data-key/v${format}`, this.libraryId, id, owner, keyId, keyVersion)
  }

  #rowOf(number: number): DataKeyRow {
    const row = this.library.dataKeyRows().get(number)
    if (row === undefined) throw this.damaged(`it has lost data key ${number}`)
    return row
  }
}
