import type { Sealing } from '../blocks/sealed-writer.ts'
import type { DataKeyRow } from '../catalog/data-keys.ts'
import type { KeyGuard } from '../catalog/key-guards.ts'
import type { MasterKeyRow } from '../catalog/master-keys.ts'
import { StrataError } from '../contract/errors.ts'
import { DataKeyId, type KeyId, type SnapshotId, type VolumeId } from '../contract/ids.ts'
import type { Vault } from '../contract/keys.ts'
import { newStretch, stretched } from '../crypto/passphrase.ts'
import type { BlockKey } from '../crypto/sealed-block.ts'
import { contextOf, derivedKey, newKey, seal, unseal } from '../crypto/sealing.ts'
import { newId } from './ids.ts'
import type { KeyVault } from './key-vault.ts'
import type { Library } from './library.ts'
import { usableKey } from './master-key.ts'

/*
 * The keys of a library, in this process.
 * (1) A passphrase, or the system's store, opens the library's key; that wraps the master keys; one
 *     of them wraps each data key; a data key seals the blocks of one snapshot or volume.
 * (2) Only the library's key is kept in memory, and only until the library is closed or locked. All
 *     others are unwrapped when they are needed and wiped after.
 * (3) A data key is wrapped in the transaction that names it, with the version of its master key that
 *     holds then: a rotation meanwhile leaves nothing behind.
 * (4) Nothing here is ever part of an error, an event or the log.
 */

/** A data key that no row has yet. */
export type NewDataKey = { readonly id: DataKeyId; readonly bytes: Buffer }

export class Keyring {
  readonly #library: Library
  #vault: KeyVault = {}
  #libraryKey: Buffer | null = null
  #opening: Promise<void> | null = null

  constructor(library: Library) {
    this.#library = library
  }

  useVault(vault: KeyVault): void {
    this.#vault = vault
  }

  vault(): Vault {
    const guards = this.#library.keyGuards.all()
    const state = guards.length === 0 ? 'none' : this.#libraryKey === null ? 'locked' : 'open'
    return { state, isKeptBySystem: guards.some(({ kind }) => kind === 'system') }
  }

  /** Before something begins. @throws StrataError PASSPHRASE_MISSING, KEYS_LOCKED */
  assertOpenable(): void {
    const { passphrase, system } = this.#vault
    const { state, isKeptBySystem } = this.vault()
    if (state === 'open' || passphrase?.() !== undefined) return
    if (isKeptBySystem && system !== undefined) return
    throw new StrataError(state === 'none' ? 'PASSPHRASE_MISSING' : 'KEYS_LOCKED', {})
  }

  /**
   * Comes before anything that needs a key.
   *
   * @param begins sets the keys up with the passphrase that was given, where there are none yet
   * @throws StrataError PASSPHRASE_MISSING, KEYS_LOCKED, PASSPHRASE_WRONG
   */
  async ready(begins = false): Promise<void> {
    if (this.#libraryKey !== null) return
    this.#opening ??= this.#open(begins).finally(() => {
      this.#opening = null
    })
    await this.#opening
  }

  /** @throws StrataError PASSPHRASE_WRONG, PASSPHRASE_MISSING when none was ever set */
  async unlock(passphrase: string): Promise<void> {
    const guard = this.#guard('passphrase')
    if (guard?.kind !== 'passphrase') throw new StrataError('PASSPHRASE_MISSING', {})
    const key = await this.#stretched(passphrase, guard.stretch)
    const opened = unseal(key, guard.wrapped, this.#guardContext('passphrase'))
    key.fill(0)
    if (opened === null) throw new StrataError('PASSPHRASE_WRONG', {})
    this.#libraryKey = opened
  }

  /** The first passphrase, or in place of the one that was: keys have to be open then. */
  async setPassphrase(passphrase: string): Promise<void> {
    if (passphrase.length < LEAST_PASSPHRASE) {
      throw new StrataError('PASSPHRASE_REFUSED', { least: LEAST_PASSPHRASE })
    }
    if (this.vault().state !== 'none') await this.ready()
    const libraryKey = this.#libraryKey ?? newKey()
    const stretch = newStretch(this.#vault.cost)
    const key = await this.#stretched(passphrase, stretch)
    const wrapped = seal(key, libraryKey, this.#guardContext('passphrase'))
    key.fill(0)
    const ofSystem = await this.#vault.system?.seal(libraryKey)
    this.#library.change(() => {
      this.#library.keyGuards.set({ kind: 'passphrase', stretch, wrapped })
      if (ofSystem !== undefined) {
        this.#library.keyGuards.set({ kind: 'system', stretch: null, wrapped: ofSystem })
      }
    })
    this.#libraryKey = libraryKey
  }

  lock(): void {
    this.#libraryKey?.fill(0)
    this.#libraryKey = null
  }

  /** Material of a master key as it is kept. Keys have to be open. */
  wrappedMaterial(row: Pick<MasterKeyRow, 'id' | 'version'>, material: Buffer): Buffer {
    return seal(this.#materialKey(), material, this.#materialContext(row))
  }

  /** What tells one material from another without giving either away. */
  fingerprintOf(id: KeyId, material: Buffer): Buffer {
    return derivedKey(material, contextOf(this.#libraryId, id), 'strata/fingerprint/v1')
  }

  newDataKey(): NewDataKey {
    return { id: newId(DataKeyId, 'dek'), bytes: newKey() }
  }

  /** Keeps a new data key, within the change that names it. @returns its number */
  keep({ id, bytes }: NewDataKey, owner: SnapshotId | VolumeId, keyId: KeyId): number {
    const master = usableKey(this.#library, keyId)
    const row = { id, owner, keyId, keyVersion: master.version }
    const wrapped = this.#withMaster(master, (key) => seal(key, bytes, this.#dataContext(row)))
    return this.#library.dataKeys.insert({ ...row, wrapped })
  }

  /**
   * @param number of a data key
   * @throws StrataError KMSInvalidStateException, KEY_DELETED, KEYS_LOCKED
   */
  readonly keyOf = (number: number): BlockKey => {
    const row = this.#rowOf(number)
    const master = usableKey(this.#library, row.keyId)
    const bytes = this.#withMaster(master, (key) =>
      unseal(key, row.wrapped, this.#dataContext(row)),
    )
    if (bytes === null) throw this.#damaged(`data key ${row.id} does not open`)
    return { library: this.#libraryId, id: row.id, bytes }
  }

  /** How the blocks of a new owner are sealed. @param origin null: it is an origin itself */
  sealingWith({ id, bytes }: NewDataKey, origin: number | null): Sealing {
    const key = { library: this.#libraryId, id, bytes }
    return { key, identityKey: this.identityKeyOf(origin === null ? key : this.keyOf(origin)) }
  }

  /** What equal blocks of one origin are known by. */
  identityKeyOf(origin: BlockKey): Buffer {
    return derivedKey(origin.bytes, contextOf(origin.library, origin.id), 'strata/identity/v1')
  }

  /** Wraps every data key of a master key anew, with another version of it. Within a change. */
  rewrapAll(from: MasterKeyRow, to: MasterKeyRow): void {
    const rows = [...this.#library.dataKeyRows().values()].filter(({ keyId }) => keyId === from.id)
    for (const row of rows) {
      const bytes = this.#withMaster(from, (key) =>
        unseal(key, row.wrapped, this.#dataContext(row)),
      )
      if (bytes === null) throw this.#damaged(`data key ${row.id} does not open`)
      const next = { ...row, keyVersion: to.version }
      const wrapped = this.#withMaster(to, (key) => seal(key, bytes, this.#dataContext(next)))
      bytes.fill(0)
      this.#library.dataKeys.rewrap({ ...next, wrapped })
    }
  }

  get #libraryId(): string {
    return this.#library.facts().libraryId
  }

  async #open(begins: boolean): Promise<void> {
    const { passphrase, system } = this.#vault
    const kept = this.#guard('system')
    if (kept !== undefined && system !== undefined) {
      // Of another user or another machine: the passphrase opens it there.
      this.#libraryKey = await system.unseal(kept.wrapped).catch(() => null)
      if (this.#libraryKey !== null) return
    }
    const given = passphrase?.()
    const isBegun = this.vault().state !== 'none'
    if (given === undefined)
      throw new StrataError(isBegun ? 'KEYS_LOCKED' : 'PASSPHRASE_MISSING', {})
    if (isBegun) await this.unlock(given)
    else if (begins) await this.setPassphrase(given)
    else throw new StrataError('PASSPHRASE_MISSING', {})
  }

  async #stretched(passphrase: string, stretch: Parameters<typeof stretched>[1]): Promise<Buffer> {
    try {
      return await stretched(passphrase, stretch)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw this.#damaged(`of its passphrase it says what cannot be (${error.message})`)
    }
  }

  #withMaster<T>(row: MasterKeyRow, use: (wrappingKey: Buffer) => T): T {
    const material =
      row.material && unseal(this.#materialKey(), row.material, this.#materialContext(row))
    if (!material) throw this.#damaged(`key ${row.id} does not open`)
    const salt = contextOf(this.#libraryId, row.id, row.version)
    const key = derivedKey(material, salt, 'strata/wrap/v1')
    try {
      return use(key)
    } finally {
      material.fill(0)
      key.fill(0)
    }
  }

  #materialKey(): Buffer {
    if (this.#libraryKey === null) throw new StrataError('KEYS_LOCKED', {})
    return derivedKey(this.#libraryKey, contextOf(this.#libraryId), 'strata/material/v1')
  }

  #materialContext({ id, version }: Pick<MasterKeyRow, 'id' | 'version'>): Buffer {
    return contextOf('strata/material/v1', this.#libraryId, id, version)
  }

  #dataContext({ id, owner, keyId, keyVersion }: Omit<DataKeyRow, 'number' | 'wrapped'>): Buffer {
    return contextOf('strata/data-key/v1', this.#libraryId, id, owner, keyId, keyVersion)
  }

  #guardContext(kind: KeyGuard['kind']): Buffer {
    return contextOf('strata/guard/v1', this.#libraryId, kind)
  }

  #guard(kind: KeyGuard['kind']): KeyGuard | undefined {
    return this.#library.keyGuards.all().find((guard) => guard.kind === kind)
  }

  #rowOf(number: number): DataKeyRow {
    const row = this.#library.dataKeyRows().get(number)
    if (row === undefined) throw this.#damaged(`it has lost data key ${number}`)
    return row
  }

  #damaged(problem: string): StrataError {
    return new StrataError('LIBRARY_DAMAGED', { path: this.#library.path, problem })
  }
}

/** Shorter ones are tried out in no time. */
const LEAST_PASSPHRASE = 8
