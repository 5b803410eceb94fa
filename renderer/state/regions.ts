import type { StateCreator } from 'zustand/vanilla'
import type { RegionName, SnapshotId } from '../../core/contract/ids.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import type { CopyPlan } from '../../core/contract/results.ts'
import type { WireError } from '../../core/contract/wire-error.ts'
import { type World, wireOf } from './api.ts'
import type { SealWish } from './keys.ts'
import { tellingFailure } from './notices.ts'
import type { AppState } from './store.ts'

/** What a copy would transfer, while a dialog asks where it should go. */
export type CopyQuestion =
  | { step: 'none' }
  | { step: 'asking'; snapshotId: SnapshotId; region: RegionName }
  | { step: 'planned'; snapshotId: SnapshotId; region: RegionName; plan: CopyPlan }
  | { step: 'failed'; snapshotId: SnapshotId; region: RegionName; error: WireError }

/** How a copy is encrypted, and within how many minutes it is to be there. */
export type CopyWish = SealWish & { completionMinutes?: number }

export type RegionsSlice = {
  copyQuestion: CopyQuestion
  planCopy: (snapshotId: SnapshotId, region: RegionName, wish?: CopyWish) => Promise<void>
  /** @param isNew the region is to be added first */
  copySnapshot: (
    source: Snapshot,
    to: { region: string; isNew: boolean },
    name: string,
    wish?: CopyWish,
  ) => Promise<void>
  addRegion: (name: string) => Promise<void>
  /** New volumes are made there from now on. */
  workIn: (name: string) => Promise<void>
}

type Calls = Pick<World['engine'], 'planCopy' | 'copySnapshot' | 'addRegion' | 'useRegion'>

export const regionsSlice =
  (engine: Calls): StateCreator<AppState, [], [], RegionsSlice> =>
  (set, get) => {
    const tryTo = tellingFailure(get)
    return {
      copyQuestion: { step: 'none' },

      planCopy: async (snapshotId, region, wish = {}) => {
        const asked: CopyQuestion = { step: 'asking', snapshotId, region }
        const settle = (next: CopyQuestion) => {
          if (get().copyQuestion === asked) set({ copyQuestion: next })
        }
        set({ copyQuestion: asked })
        try {
          const plan = await engine.planCopy({ snapshotId, region, ...wish })
          settle({ step: 'planned', snapshotId, region, plan })
        } catch (error) {
          settle({ step: 'failed', snapshotId, region, error: wireOf(error) })
        }
      },

      copySnapshot: ({ snapshotId }, { region, isNew }, name, wish = {}) =>
        tryTo(async () => {
          const to = isNew
            ? await engine.addRegion({ name: region })
            : { name: region as RegionName }
          await engine.copySnapshot({ snapshotId, region: to.name, name, ...wish })
        }),

      addRegion: (name) =>
        tryTo(async () => {
          const region = await engine.addRegion({ name })
          get().tell({
            kind: 'done',
            title: `Added region ${region.name}`,
            body: 'Snapshots can be copied to it, and new volumes made in it.',
          })
        }),

      workIn: (name) =>
        tryTo(async () => {
          const region = await engine.useRegion({ name })
          get().announce(`New volumes are made in ${region.name} now.`)
        }),
    }
  }
