import { BlockFetcher } from '../blocks/block-fetcher.ts'
import type { VolumeId } from '../contract/ids.ts'
import type { Library } from './library.ts'
import { VolumeLoader } from './volume-loader.ts'

/** One loader a volume, whoever asks: who touches and who loads in the background must agree. */
export class VolumeLoaders {
  readonly #library: Library
  /** Made when it is needed. All copy with the same one: it has large buffers. */
  #fetcher: BlockFetcher | undefined
  readonly #loaders = new Map<VolumeId, VolumeLoader>()

  constructor(library: Library) {
    this.#library = library
  }

  of(volumeId: VolumeId): VolumeLoader {
    let loader = this.#loaders.get(volumeId)
    if (loader === undefined) {
      this.#fetcher ??= new BlockFetcher()
      loader = new VolumeLoader(this.#library, volumeId, this.#fetcher)
      this.#loaders.set(volumeId, loader)
    }
    return loader
  }
}
