import type { VolumeId } from '../contract/ids.ts'
import type { Library } from './library.ts'
import { VolumeLoader } from './volume-loader.ts'

/** One loader a volume, whoever asks: who touches and who loads in the background must agree. */
export class VolumeLoaders {
  readonly #library: Library
  readonly #loaders = new Map<VolumeId, VolumeLoader>()

  constructor(library: Library) {
    this.#library = library
  }

  of(volumeId: VolumeId): VolumeLoader {
    let loader = this.#loaders.get(volumeId)
    if (loader === undefined) {
      loader = new VolumeLoader(this.#library, volumeId)
      this.#loaders.set(volumeId, loader)
    }
    return loader
  }
}
