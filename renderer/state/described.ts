import type { StateCreator } from 'zustand/vanilla'
import type { DescribedSnapshot } from '../../core/contract/described-snapshot.ts'
import type { SnapshotId } from '../../core/contract/ids.ts'
import { type World, wireOf } from './api.ts'
import type { AppState } from './store.ts'

export type DescribedSlice = {
  /** What EC2 would tell about the one that was asked about last. */
  described: DescribedSnapshot | null
  describeSnapshot: (snapshotId: SnapshotId) => Promise<void>
}

export const describedSlice =
  (
    engine: Pick<World['engine'], 'describeSnapshots'>,
  ): StateCreator<AppState, [], [], DescribedSlice> =>
  (set, get) => {
    let asked = 0
    return {
      described: null,
      describeSnapshot: async (snapshotId) => {
        const mine = ++asked
        try {
          const { Snapshots } = await engine.describeSnapshots({ snapshotIds: [snapshotId] })
          if (mine === asked) set({ described: Snapshots[0] ?? null })
        } catch (error) {
          get().tellFailure(wireOf(error))
        }
      },
    }
  }
