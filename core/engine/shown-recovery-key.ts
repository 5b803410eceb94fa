import type { GuardOf } from '../catalog/key-guards.ts'
import { StrataError } from '../contract/errors.ts'
import { recoveryTextOf } from '../crypto/recovery-text.ts'
import { newKey } from '../crypto/sealing.ts'
import type { Library } from './library.ts'
import { underRecoveryKey } from './library-key-guards.ts'

/**
 * A recovery key that was shown and is not kept yet. It opens nothing before somebody says that it
 * was written down: whatever happens until then, the one before it still does.
 */
export class ShownRecoveryKey {
  readonly #library: Library
  #shown: { readonly key: Buffer; readonly wrapped: Buffer } | null = null

  constructor(library: Library) {
    this.#library = library
  }

  /** Another one, in place of what was shown before. @returns it as people write it down */
  make(libraryKey: Buffer): string {
    this.forget()
    const key = newKey()
    this.#shown = { key, wrapped: underRecoveryKey(this.#library, libraryKey, key) }
    return recoveryTextOf(key)
  }

  /** @throws StrataError RECOVERY_KEY_UNSEEN */
  text(): string {
    return recoveryTextOf(this.#orThrow().key)
  }

  /** What makes it the one that opens the library's key. @throws StrataError RECOVERY_KEY_UNSEEN */
  guard(madeAt: number): GuardOf<'recovery'> {
    return { kind: 'recovery', stretch: null, madeAt, wrapped: this.#orThrow().wrapped }
  }

  /** @returns whether there was one */
  forget(): boolean {
    const isForgotten = this.#shown !== null
    this.#shown?.key.fill(0)
    this.#shown = null
    return isForgotten
  }

  #orThrow() {
    if (this.#shown === null) throw new StrataError('RECOVERY_KEY_UNSEEN', {})
    return this.#shown
  }
}
