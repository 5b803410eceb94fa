import type { StateCreator } from 'zustand/vanilla'
import type { FastRestore } from '../../core/contract/fast-restore.ts'
import type { SnapshotId } from '../../core/contract/ids.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import type { World } from './api.ts'
import { tellingFailure } from './notices.ts'
import type { AppState } from './store.ts'

export type FastRestoreSlice = {
  setFastRestore: (snapshotId: SnapshotId, isOn: boolean) => Promise<void>
}

/** Whether volumes of a snapshot are there whole. The facts come with the library. */
export const fastRestoreSlice =
  (
    engine: Pick<World['engine'], 'setFastRestore'>,
  ): StateCreator<AppState, [], [], FastRestoreSlice> =>
  (_, get) => ({
    setFastRestore: (snapshotId, isOn) =>
      tellingFailure(get)(() => engine.setFastRestore({ snapshotId, isOn })),
  })

/** null: it was never switched on. */
export function fastRestoreOf(library: LibraryView | null, id: SnapshotId): FastRestore | null {
  return library?.fastRestores.find(({ snapshotId }) => snapshotId === id) ?? null
}
