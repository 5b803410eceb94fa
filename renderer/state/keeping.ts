import type { StateCreator } from 'zustand/vanilla'
import type { Input } from '../../core/contract/calls.ts'
import type { SnapshotId } from '../../core/contract/ids.ts'
import type { RetentionRule } from '../../core/contract/recycle-bin.ts'
import type { Tag } from '../../core/contract/tags.ts'
import type { World } from './api.ts'
import { tellingFailure } from './notices.ts'
import type { AppState } from './store.ts'

/** What keeps snapshots: tags, locks, the Recycle Bin. Facts come with the library. */
export type KeepingSlice = {
  lockSnapshot: (wish: Input<'lockSnapshot'>) => Promise<void>
  unlockSnapshot: (snapshotId: SnapshotId) => Promise<void>
  /** Gives a resource these tags in place of those that it has. */
  replaceTags: (
    resourceId: Input<'setTags'>['resourceId'],
    before: readonly Tag[],
    after: readonly Tag[],
  ) => Promise<void>
  recoverSnapshot: (snapshotId: SnapshotId) => Promise<void>
  archiveSnapshot: (snapshotId: SnapshotId) => Promise<void>
  /** @param days null: for good */
  restoreTier: (snapshotId: SnapshotId, days: number | null) => Promise<void>
  /** In the order in which they were made. */
  retentionRules: readonly RetentionRule[]
  refreshRetentionRules: () => Promise<void>
  addRetentionRule: (rule: Input<'addRetentionRule'>) => Promise<void>
  removeRetentionRule: (rule: Input<'removeRetentionRule'>) => Promise<void>
}

type Calls = Pick<
  World['engine'],
  | 'lockSnapshot'
  | 'unlockSnapshot'
  | 'setTags'
  | 'removeTags'
  | 'recoverSnapshot'
  | 'listRetentionRules'
  | 'archiveSnapshot'
  | 'restoreTier'
  | 'addRetentionRule'
  | 'removeRetentionRule'
>

export const keepingSlice =
  (engine: Calls): StateCreator<AppState, [], [], KeepingSlice> =>
  (set, get) => {
    const tryTo = tellingFailure(get)
    return {
      lockSnapshot: (wish) => tryTo(() => engine.lockSnapshot(wish)),
      unlockSnapshot: (snapshotId) => tryTo(() => engine.unlockSnapshot({ snapshotId })),

      replaceTags: (resourceId, before, after) =>
        tryTo(async () => {
          const kept = new Set(after.map(({ key }) => key))
          const keys = before.map(({ key }) => key).filter((key) => !kept.has(key))
          const had = new Map(before.map(({ key, value }) => [key, value]))
          const tags = after.filter(({ key, value }) => had.get(key) !== value)
          if (keys.length > 0) await engine.removeTags({ resourceId, keys })
          if (tags.length > 0) await engine.setTags({ resourceId, tags })
        }),

      recoverSnapshot: (snapshotId) =>
        tryTo(async () => {
          const { name } = await engine.recoverSnapshot({ snapshotId })
          set({ selection: [snapshotId] })
          get().tell({
            kind: 'done',
            title: `${name} is back`,
            body: 'Recovered from the Recycle Bin, as it was.',
          })
        }),

      archiveSnapshot: (snapshotId) => tryTo(() => engine.archiveSnapshot({ snapshotId })),
      restoreTier: (snapshotId, days) =>
        tryTo(() => engine.restoreTier({ snapshotId, ...(days !== null && { days }) })),

      retentionRules: [],
      refreshRetentionRules: () =>
        tryTo(async () => set({ retentionRules: await engine.listRetentionRules({}) })),
      addRetentionRule: (rule) => tryTo(() => engine.addRetentionRule(rule)),
      removeRetentionRule: (rule) => tryTo(() => engine.removeRetentionRule(rule)),
    }
  }
