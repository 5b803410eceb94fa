import type { StateCreator } from 'zustand/vanilla'
import type { BlockRange, VolumeId } from '../../core/contract/ids.ts'
import type { VolumeLoad } from '../../core/contract/loading.ts'
import type { Volume } from '../../core/contract/model.ts'
import { touchedWords } from '../words/load-words.ts'
import type { World } from './api.ts'
import { tellingFailure } from './notices.ts'
import type { AppState } from './store.ts'

/** How far volumes that were made of a snapshot have been loaded. */
export type LoadingSlice = {
  /** Newer than what the library says, which is not described anew for each block. */
  loads: ReadonlyMap<VolumeId, VolumeLoad>
  /** The background has loaded more of a volume. Called by events.ts alone. */
  followLoad: (volumeId: VolumeId) => Promise<void>
  /** Goes on with what was paused. */
  loadVolume: (volumeId: VolumeId) => Promise<void>
  pauseLoading: (volumeId: VolumeId) => Promise<void>
  /** Loads these blocks at once, ahead of all others. */
  loadCells: (volumeId: VolumeId, ranges: readonly BlockRange[]) => Promise<void>
}

type Calls = Pick<
  World['engine'],
  'describeVolumeStatus' | 'loadVolume' | 'pauseLoading' | 'touchVolume'
>

export const loadingSlice =
  (engine: Calls): StateCreator<AppState, [], [], LoadingSlice> =>
  (set, get) => {
    /** Asked for, or to be asked for again once the answer is here. */
    const asked = new Map<VolumeId, 'once' | 'again'>()
    const note = (volumeId: VolumeId, load: VolumeLoad | null) => {
      if (load !== null) set({ loads: new Map(get().loads).set(volumeId, load) })
    }
    const tryTo = tellingFailure(get)
    return {
      loads: new Map(),

      followLoad: async (volumeId) => {
        if (asked.has(volumeId)) {
          asked.set(volumeId, 'again')
          return
        }
        try {
          do {
            asked.set(volumeId, 'once')
            note(volumeId, await engine.describeVolumeStatus({ volumeId }))
          } while (asked.get(volumeId) === 'again')
        } catch {
          // Removed meanwhile: the library says so.
        } finally {
          asked.delete(volumeId)
        }
      },

      loadVolume: (volumeId) =>
        tryTo(async () => {
          await engine.loadVolume({ volumeId })
        }),

      pauseLoading: (volumeId) =>
        tryTo(async () => {
          await engine.pauseLoading({ volumeId })
        }),

      loadCells: (volumeId, ranges) =>
        tryTo(async () => {
          for (const range of ranges) {
            const { load } = await engine.touchVolume({ volumeId, ...range })
            note(volumeId, load)
            if (load !== null) get().announce(touchedWords(load))
          }
        }),
    }
  }

/** The newest that is known; null for a volume that was not made of a snapshot. */
export function loadOf(
  { loads }: Pick<LoadingSlice, 'loads'>,
  volume: Volume | undefined,
): VolumeLoad | null {
  if (volume === undefined) return null
  return loads.get(volume.volumeId) ?? volume.load
}
