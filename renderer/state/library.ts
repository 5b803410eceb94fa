import type { StateCreator } from 'zustand/vanilla'
import type { SnapshotId } from '../../core/contract/ids.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import type { WireError } from '../../core/contract/wire-error.ts'
import type { Motion } from '../stage/stage-props.ts'
import { type World, wireOf } from './api.ts'
import type { AppState } from './store.ts'

export type LibrarySlice = {
  /** null until the first answer, and while no library is open. */
  library: LibraryView | null
  libraryError: WireError | null
  motion: Motion | null
  refreshLibrary: () => Promise<void>
  /** Another library is open: nothing known of the last one holds. */
  forgetLibrary: () => void
}

type Calls = Pick<World['engine'], 'describeLibrary'>

/** The facts. `refreshLibrary` is called by events.ts alone. */
export const librarySlice =
  (engine: Calls): StateCreator<AppState, [], [], LibrarySlice> =>
  (set, get) => {
    let asked = 0
    return {
      library: null,
      libraryError: null,
      motion: null,

      refreshLibrary: async () => {
        const mine = ++asked
        try {
          const library = await engine.describeLibrary({})
          if (mine !== asked) return
          const before = get().library
          const motion = motionOf(before, library) ?? get().motion
          set({ library, loads: new Map(), libraryError: null, motion })
          get().keepSelectionAlive()
          get().keepVolumeAlive()
        } catch (error) {
          if (mine === asked) set({ libraryError: wireOf(error) })
        }
      },

      forgetLibrary: () => {
        asked++
        set({ library: null, libraryError: null, motion: null })
      },
    }
  }

/** @returns null when nothing came or went that a picture could show */
export function motionOf(before: LibraryView | null, after: LibraryView): Motion | null {
  if (before === null || before.libraryId !== after.libraryId) return null
  const isReady = (library: LibraryView) =>
    new Map(library.snapshots.flatMap((s) => (s.state === 'completed' ? [[s.snapshotId, s]] : [])))
  const old = isReady(before)
  const now = isReady(after)
  const gone = [...old.keys()].filter((id) => !now.has(id))
  if (gone.length > 0) {
    const gained = (id: SnapshotId) =>
      (now.get(id)?.inheritedBytes ?? 0) - (old.get(id)?.inheritedBytes ?? 0)
    const heirs = [...now.keys()].flatMap((snapshotId) => {
      const inheritedBytes = gained(snapshotId)
      return inheritedBytes > 0 ? [{ snapshotId, inheritedBytes }] : []
    })
    return { kind: 'deleted', snapshotIds: gone, heirs }
  }
  const taken = [...now.keys()].filter((id) => !old.has(id))
  // More than one at once is an undone deletion or a first look, not a snapshot being taken.
  const returned = before.deletions.length > after.deletions.length
  const [only, ...more] = taken
  if (only === undefined || more.length > 0 || returned) return null
  // A copy does not come out of the live volume: there is nothing to move.
  return now.get(only)?.copiedFrom === null ? { kind: 'taken', snapshotId: only } : null
}
