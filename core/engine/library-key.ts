import type { KeyGuard } from '../catalog/key-guards.ts'
import { StrataError } from '../contract/errors.ts'
import type { Vault } from '../contract/keys.ts'
import { newStretch, stretched } from '../crypto/passphrase.ts'
import { contextOf, derivedKey, KEY_BYTES, newKey, seal, unseal } from '../crypto/sealing.ts'
import type { KeyVault } from './key-vault.ts'
import type { Library } from './library.ts'

/*
 * The key of a library, which wraps all its others, in this process.
 * (1) A passphrase opens it, and there always is one: a system's store can be lost with its user.
 * (2) Where whoever runs the engine has such a store, that keeps the key, too, from the first time
 *     on that the passphrase was given there. One library has one such place: the last.
 * (3) Once locked by hand only the passphrase opens it again, until the library is closed.
 * (4) Opening it and changing the passphrase take time, so they take turns; what was locked
 *     meanwhile stays locked. They work on a key of their own: locking overwrites the one in use.
 */
export class LibraryKey {
  protected readonly library: Library
  #vault: KeyVault = {}
  #key: Buffer | null = null
  #opening: Promise<void> | null = null
  #turn: Promise<unknown> = Promise.resolve()
  #lockCount = 0
  #isLockedByHand = false
  /** What the system's store has sealed opens elsewhere, but not here. */
  #isOfAnotherSystem = false

  constructor(library: Library) {
    this.library = library
  }

  useVault(vault: KeyVault): void {
    this.#vault = vault
  }

  vault(): Vault {
    const isBegun = this.#guard('passphrase') !== undefined
    const state = !isBegun ? 'none' : this.#key === null ? 'locked' : 'open'
    return { state, isKeptBySystem: this.#isOpenedBySystem() }
  }

  /** Before something begins. @throws StrataError PASSPHRASE_MISSING, KEYS_LOCKED */
  assertOpenable(): void {
    if (this.isOpenable()) return
    const isNone = this.vault().state === 'none'
    throw new StrataError(isNone ? 'PASSPHRASE_MISSING' : 'KEYS_LOCKED', {})
  }

  /** Keys are open, or need nobody to be opened. */
  isOpenable(): boolean {
    const { state, isKeptBySystem } = this.vault()
    return state === 'open' || isKeptBySystem || this.#given() !== undefined
  }

  /**
   * Comes before anything that needs a key.
   *
   * @param begins sets the keys up with the passphrase that was given, where there are none yet
   * @throws StrataError PASSPHRASE_MISSING, KEYS_LOCKED, PASSPHRASE_WRONG
   */
  async ready(begins = false): Promise<void> {
    if (this.#key !== null) return
    this.#opening ??= this.#inTurn((lockCount) => this.#open(begins, lockCount)).finally(() => {
      this.#opening = null
    })
    await this.#opening
  }

  /** @throws StrataError PASSPHRASE_WRONG, PASSPHRASE_MISSING when none was ever set */
  async unlock(passphrase: string): Promise<void> {
    await this.#inTurn((lockCount) => this.#unlock(passphrase, lockCount))
  }

  /** The first passphrase, or in place of the one that was: keys have to be open then. */
  async setPassphrase(passphrase: string): Promise<void> {
    await this.#inTurn((lockCount) => this.#setPassphrase(passphrase, lockCount))
  }

  lock(): void {
    this.#key?.fill(0)
    this.#key = null
    this.#isLockedByHand = true
    this.#lockCount += 1
  }

  /** What wraps the material of master keys. @throws StrataError KEYS_LOCKED */
  protected materialKey(): Buffer {
    if (this.#key === null) throw new StrataError('KEYS_LOCKED', {})
    return derivedKey(this.#key, contextOf(this.libraryId), 'strata/material/v1')
  }

  protected get libraryId(): string {
    return this.library.facts().libraryId
  }

  protected damaged(problem: string): StrataError {
    return new StrataError('LIBRARY_DAMAGED', { path: this.library.path, problem })
  }

  async #open(begins: boolean, lockCount: number): Promise<void> {
    if (this.#key !== null) return
    if (this.#isOpenedBySystem()) {
      const kept = await this.#fromSystem()
      if (kept !== null) return this.#use(kept, lockCount)
      this.#isOfAnotherSystem = true
    }
    const given = this.#given()
    const isBegun = this.vault().state !== 'none'
    if (given === undefined)
      throw new StrataError(isBegun ? 'KEYS_LOCKED' : 'PASSPHRASE_MISSING', {})
    if (isBegun) await this.#unlock(given, lockCount)
    else if (begins) await this.#setPassphrase(given, lockCount)
    else throw new StrataError('PASSPHRASE_MISSING', {})
  }

  async #unlock(passphrase: string, lockCount: number): Promise<void> {
    const guard = this.#guard('passphrase')
    if (guard?.kind !== 'passphrase') throw new StrataError('PASSPHRASE_MISSING', {})
    const key = await this.#stretched(passphrase, guard.stretch)
    const opened = unseal(key, guard.wrapped, this.#guardContext())
    key.fill(0)
    if (opened === null) throw new StrataError('PASSPHRASE_WRONG', {})
    if (!this.#isKeptBySystem()) await this.#keepInSystem(opened)
    this.#use(opened, lockCount)
  }

  async #setPassphrase(passphrase: string, lockCount: number): Promise<void> {
    if (passphrase.length < LEAST_PASSPHRASE) {
      throw new StrataError('PASSPHRASE_REFUSED', { least: LEAST_PASSPHRASE })
    }
    const isFirst = this.vault().state === 'none'
    if (!isFirst) await this.#open(false, lockCount)
    if (!isFirst && this.#key === null) throw new StrataError('KEYS_LOCKED', {})
    const libraryKey = this.#key === null ? newKey() : Buffer.from(this.#key)
    const stretch = newStretch(this.#vault.cost)
    const key = await this.#stretched(passphrase, stretch)
    const wrapped = seal(key, libraryKey, this.#guardContext())
    key.fill(0)
    this.library.change(() => {
      this.library.keyGuards.set({ kind: 'passphrase', stretch, wrapped })
    })
    await this.#keepInSystem(libraryKey)
    this.#use(libraryKey, lockCount)
  }

  /** (4) @param lockCount of when it was asked for */
  #use(key: Buffer, lockCount: number): void {
    if (lockCount !== this.#lockCount || this.#key !== null) {
      key.fill(0)
      return
    }
    this.#key = key
    this.#isLockedByHand = false
  }

  async #inTurn(work: (lockCount: number) => Promise<void>): Promise<void> {
    const lockCount = this.#lockCount
    const turn = this.#turn.then(() => work(lockCount))
    this.#turn = turn.catch(() => {})
    await turn
  }

  #given(): string | undefined {
    return this.#vault.passphrase?.()
  }

  #isOpenedBySystem(): boolean {
    return this.#isKeptBySystem() && !this.#isLockedByHand
  }

  #isKeptBySystem(): boolean {
    if (this.#vault.system === undefined || this.#isOfAnotherSystem) return false
    return this.#guard('system') !== undefined
  }

  /** null: it was sealed by another user or on another machine. The passphrase opens it there. */
  async #fromSystem(): Promise<Buffer | null> {
    const { system } = this.#vault
    const kept = this.#guard('system')
    if (kept === undefined || system === undefined) return null
    const key = await system.unseal(kept.wrapped).catch(() => null)
    return key?.length === KEY_BYTES ? key : null
  }

  /** Without it the passphrase is asked for again: that is not worth failing for. */
  async #keepInSystem(key: Buffer): Promise<void> {
    const wrapped = await this.#vault.system?.seal(key).catch(() => undefined)
    if (wrapped === undefined) return
    this.library.change(() =>
      this.library.keyGuards.set({ kind: 'system', stretch: null, wrapped }),
    )
    this.#isOfAnotherSystem = false
  }

  async #stretched(passphrase: string, stretch: Parameters<typeof stretched>[1]): Promise<Buffer> {
    try {
      return await stretched(passphrase, stretch)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      throw this.damaged(`of its passphrase it says what cannot be (${error.message})`)
    }
  }

  #guardContext(): Buffer {
    return contextOf('strata/guard/v1', this.libraryId, 'passphrase')
  }

  #guard(kind: KeyGuard['kind']): KeyGuard | undefined {
    return this.library.keyGuards.all().find((guard) => guard.kind === kind)
  }
}

/** Shorter ones are tried out in no time. */
const LEAST_PASSPHRASE = 8
