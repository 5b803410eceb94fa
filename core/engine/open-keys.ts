import type { VolumeId } from '../contract/ids.ts'
import { type BlockKey, wipe } from '../crypto/sealed-block.ts'
import type { Keyring } from './keyring.ts'

/** Data keys that are open for one piece of work: each is unwrapped once, and all are wiped after. */
export class OpenKeys {
  readonly #keyring: Keyring
  readonly #volumeId: VolumeId
  readonly #keys = new Map<number, BlockKey>()

  /** @param volumeId whose work it is */
  constructor(keyring: Keyring, volumeId: VolumeId) {
    this.#keyring = keyring
    this.#volumeId = volumeId
  }

  /** @throws StrataError KMSInvalidStateException, KEY_DELETED, KEYS_LOCKED */
  of(number: number): BlockKey {
    const open = this.#keys.get(number) ?? this.#keyring.keyOf(number, this.#volumeId)
    this.#keys.set(number, open)
    return open
  }

  wipe(): void {
    wipe(this.#keys.values())
    this.#keys.clear()
  }
}
