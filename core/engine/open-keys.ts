import { type BlockKey, wipe } from '../crypto/sealed-block.ts'
import type { Keyring } from './keyring.ts'

/** Data keys that are open for one piece of work: each is unwrapped once, and all are wiped after. */
export class OpenKeys {
  readonly #keyring: Keyring
  readonly #keys = new Map<number, BlockKey>()

  constructor(keyring: Keyring) {
    this.#keyring = keyring
  }

  /** @throws StrataError KMSInvalidStateException, KEY_DELETED, KEYS_LOCKED */
  of(number: number): BlockKey {
    const open = this.#keys.get(number) ?? this.#keyring.keyOf(number)
    this.#keys.set(number, open)
    return open
  }

  wipe(): void {
    wipe(this.#keys.values())
    this.#keys.clear()
  }
}
