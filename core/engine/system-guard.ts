import { KEY_BYTES } from '../crypto/sealing.ts'
import type { SystemStore } from './key-vault.ts'
import type { Library } from './library.ts'

/** The key of a library as the system's store of secrets keeps it, where whoever runs the engine has one. */
export class SystemGuard {
  readonly #library: Library
  readonly #store: SystemStore | undefined
  /** What was sealed there opens elsewhere, but not here. */
  #isOfAnotherSystem = false

  constructor(library: Library, store?: SystemStore) {
    this.#library = library
    this.#store = store
  }

  isThere(): boolean {
    if (this.#store === undefined || this.#isOfAnotherSystem) return false
    return this.#library.keyGuards.of('system') !== undefined
  }

  /** null: it was sealed by another user or on another machine. The passphrase opens it there. */
  async open(): Promise<Buffer | null> {
    const kept = this.#library.keyGuards.of('system')
    if (kept === undefined || this.#store === undefined) return null
    const key = await this.#store.unseal(kept.wrapped).catch(() => null)
    if (key?.length === KEY_BYTES) return key
    this.#isOfAnotherSystem = true
    return null
  }

  /** Without it the passphrase is asked for again: that is not worth failing for. */
  async keep(key: Buffer): Promise<void> {
    const wrapped = await this.#store?.seal(key).catch(() => undefined)
    if (wrapped === undefined) return
    const guard = { kind: 'system', stretch: null, madeAt: null, wrapped } as const
    this.#library.change(() => this.#library.keyGuards.set(guard))
    this.#isOfAnotherSystem = false
  }
}
