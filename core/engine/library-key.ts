import { StrataError } from '../contract/errors.ts'
import type { Vault } from '../contract/keys.ts'
import { contextOf, derivedKey, newKey } from '../crypto/sealing.ts'
import type { KeyVault } from './key-vault.ts'
import type { Library } from './library.ts'
import {
  assertLongEnough,
  byPassphrase,
  byRecoveryKey,
  underPassphrase,
} from './library-key-guards.ts'
import { ShownRecoveryKey } from './shown-recovery-key.ts'
import { SystemGuard } from './system-guard.ts'

/*
 * The key of a library, which wraps all its others, in this process.
 * (1) A passphrase opens it, and there always is one: a system's store can be lost with its user. So
 *     does a recovery key, where one was made. The key itself stays the same whatever opens it.
 * (2) Where whoever runs the engine has such a store, that keeps the key, too, from the first time
 *     on that the passphrase was given there. One library has one such place: the last.
 * (3) Once locked by hand only the passphrase or the recovery key opens it again, until the library
 *     is closed.
 * (4) Opening it and changing the passphrase take time, so they take turns; what was locked
 *     meanwhile stays locked. They work on a key of their own: locking overwrites the one in use.
 */
export class LibraryKey {
  protected readonly library: Library
  /** A recovery key that is being written down. Locking forgets it. */
  readonly shownRecovery: ShownRecoveryKey
  #vault: KeyVault = {}
  #system: SystemGuard
  #key: Buffer | null = null
  #opening: Promise<void> | null = null
  #turn: Promise<unknown> = Promise.resolve()
  #lockCount = 0
  #isLockedByHand = false

  constructor(library: Library) {
    this.library = library
    this.#system = new SystemGuard(library)
    this.shownRecovery = new ShownRecoveryKey(library)
  }

  useVault(vault: KeyVault): void {
    this.#vault = vault
    this.#system = new SystemGuard(this.library, vault.system)
  }

  vault(): Vault {
    const { keyGuards } = this.library
    const isBegun = keyGuards.of('passphrase') !== undefined
    return {
      state: !isBegun ? 'none' : this.#key === null ? 'locked' : 'open',
      isKeptBySystem: this.#isOpenedBySystem(),
      recoveryKeyMadeAt: keyGuards.of('recovery')?.madeAt ?? null,
    }
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
    if (state === 'open' || isKeptBySystem || this.#given() !== undefined) return true
    return state === 'locked' && this.#givenRecovery() !== undefined
  }

  /**
   * Comes before anything that needs a key.
   *
   * @param begins sets the keys up with the passphrase that was given, where there are none yet
   * @throws StrataError PASSPHRASE_MISSING, KEYS_LOCKED, PASSPHRASE_WRONG, RECOVERY_KEY_MISSING,
   *   RECOVERY_KEY_MISTYPED, RECOVERY_KEY_WRONG
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

  /**
   * Opens it with the recovery key, and sets a passphrase in place of the one that was lost.
   *
   * @throws StrataError as `byRecoveryKey`, PASSPHRASE_REFUSED; nothing is changed then
   */
  async recover(recoveryKey: string, passphrase: string): Promise<void> {
    await this.#inTurn(async (lockCount) => {
      assertLongEnough(passphrase)
      const opened = byRecoveryKey(this.library, recoveryKey)
      await this.#guardBy(passphrase, opened)
      this.#use(opened, lockCount)
    })
  }

  /**
   * A recovery key to be written down, and then kept.
   *
   * @returns it as people write it: nothing tells it again once it is kept
   * @throws StrataError as `ready`
   */
  async newRecoveryKey(): Promise<string> {
    await this.ready()
    // It may have been locked since.
    if (this.#key === null) throw new StrataError('KEYS_LOCKED', {})
    return this.shownRecovery.make(this.#key)
  }

  lock(): void {
    this.#key?.fill(0)
    this.#key = null
    this.shownRecovery.forget()
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
      const kept = await this.#system.open()
      if (kept !== null) return this.#use(kept, lockCount)
    }
    const isBegun = this.vault().state !== 'none'
    const given = this.#given()
    const recovery = this.#givenRecovery()
    if (isBegun && recovery !== undefined) {
      return this.#opened(byRecoveryKey(this.library, recovery), lockCount)
    }
    if (given === undefined)
      throw new StrataError(isBegun ? 'KEYS_LOCKED' : 'PASSPHRASE_MISSING', {})
    if (isBegun) await this.#unlock(given, lockCount)
    else if (begins) await this.#setPassphrase(given, lockCount)
    else throw new StrataError('PASSPHRASE_MISSING', {})
  }

  async #unlock(passphrase: string, lockCount: number): Promise<void> {
    await this.#opened(await byPassphrase(this.library, passphrase), lockCount)
  }

  /** (2) */
  async #opened(key: Buffer, lockCount: number): Promise<void> {
    if (!this.#system.isThere()) await this.#system.keep(key)
    this.#use(key, lockCount)
  }

  async #setPassphrase(passphrase: string, lockCount: number): Promise<void> {
    assertLongEnough(passphrase)
    const isFirst = this.vault().state === 'none'
    if (!isFirst) await this.#open(false, lockCount)
    if (!isFirst && this.#key === null) throw new StrataError('KEYS_LOCKED', {})
    const libraryKey = this.#key === null ? newKey() : Buffer.from(this.#key)
    await this.#guardBy(passphrase, libraryKey)
    this.#use(libraryKey, lockCount)
  }

  async #guardBy(passphrase: string, libraryKey: Buffer): Promise<void> {
    const { library } = this
    const guard = await underPassphrase(library, libraryKey, passphrase, this.#vault.cost)
    library.change(() => library.keyGuards.set(guard))
    await this.#system.keep(libraryKey)
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

  #givenRecovery(): string | undefined {
    return this.#vault.recoveryKey?.()
  }

  #isOpenedBySystem(): boolean {
    return this.#system.isThere() && !this.#isLockedByHand
  }
}
