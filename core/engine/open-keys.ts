import type { LoadKeyRow } from '../catalog/load-keys.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { type BlockKey, wipe } from '../crypto/sealed-block.ts'
import type { Library } from './library.ts'
import { openedForLoad } from './load-keys.ts'

/**
 * Data keys that are open for one piece of a volume's work: each is unwrapped once, and all are wiped
 * after.
 */
export class OpenKeys {
  readonly #library: Library
  readonly #volume: Pick<VolumeRow, 'id' | 'dataKey'>
  readonly #keys = new Map<number, BlockKey>()
  #loadKeys: ReadonlyMap<number, LoadKeyRow> | undefined

  constructor(library: Library, volume: Pick<VolumeRow, 'id' | 'dataKey'>) {
    this.#library = library
    this.#volume = volume
  }

  /** @throws StrataError KMSInvalidStateException, KEY_DELETED, KEYS_LOCKED, LIBRARY_DAMAGED */
  of(number: number): BlockKey {
    const open = this.#keys.get(number) ?? this.#opened(number)
    this.#keys.set(number, open)
    return open
  }

  wipe(): void {
    wipe(this.#keys.values())
    this.#keys.clear()
  }

  #opened(number: number): BlockKey {
    const { id, dataKey } = this.#volume
    this.#loadKeys ??= new Map(this.#library.loadKeys.of(id).map((row) => [row.dataKey, row]))
    const loadKey = this.#loadKeys.get(number)
    return loadKey === undefined || dataKey === null
      ? this.#library.keyring.keyOf(number, id)
      : openedForLoad(this.#library, loadKey, this.of(dataKey))
  }
}
