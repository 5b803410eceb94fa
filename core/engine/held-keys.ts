import type { VolumeId } from '../contract/ids.ts'

/**
 * Open data keys of volumes that are on instances, each for one volume alone: what else is sealed with
 * them stays closed.
 */
export class HeldKeys {
  readonly #held = new Map<VolumeId, Map<number, Uint8Array>>()

  /** @param bytes its own from then on */
  hold(volumeId: VolumeId, number: number, bytes: Uint8Array): void {
    const held = this.#held.get(volumeId) ?? new Map<number, Uint8Array>()
    this.#held.set(volumeId, held.set(number, bytes))
  }

  of(volumeId: VolumeId, number: number): Uint8Array | undefined {
    return this.#held.get(volumeId)?.get(number)
  }

  /** @param but is held on; null: none is */
  letGo(volumeId: VolumeId, but: number | null = null): void {
    const held = this.#held.get(volumeId)
    if (held === undefined) return
    for (const [number, bytes] of [...held]) {
      if (number === but) continue
      bytes.fill(0)
      held.delete(number)
    }
    if (held.size === 0) this.#held.delete(volumeId)
  }

  letGoOfAll(): void {
    for (const volumeId of [...this.#held.keys()]) this.letGo(volumeId)
  }
}
