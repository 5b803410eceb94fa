import { createStore, type StoreApi } from 'zustand/vanilla'
import { type AccountsSlice, accountsSlice } from './accounts.ts'
import type { World } from './api.ts'
import { type CostsSlice, costsSlice } from './costs.ts'
import { type DeletionSlice, deletionSlice } from './deletion.ts'
import { type DescribedSlice, describedSlice } from './described.ts'
import { type DialogsSlice, dialogsSlice } from './dialogs.ts'
import { type FastRestoreSlice, fastRestoreSlice } from './fast-restore.ts'
import { type FilesSlice, filesSlice } from './files.ts'
import { type HistorySlice, historySlice } from './history.ts'
import { type ImagesSlice, imagesSlice } from './images.ts'
import { type InsightSlice, insightSlice } from './insight.ts'
import { type JobsSlice, jobsSlice } from './jobs.ts'
import { type KeepingSlice, keepingSlice } from './keeping.ts'
import { type KeysSlice, keysSlice } from './keys.ts'
import { type LibrarySlice, librarySlice } from './library.ts'
import { type LoadingSlice, loadingSlice } from './loading.ts'
import { type NoticesSlice, noticesSlice } from './notices.ts'
import { type PoliciesSlice, policiesSlice } from './policies.ts'
import { type PreferencesSlice, preferencesSlice } from './preferences.ts'
import { type ReadinessSlice, readinessSlice } from './readiness.ts'
import { type RecoverySlice, recoverySlice } from './recovery.ts'
import { type RegionsSlice, regionsSlice } from './regions.ts'
import { type SelectionSlice, selectionSlice } from './selection.ts'
import { type ViewSlice, viewSlice } from './view.ts'
import { type WorkSlice, workSlice } from './work.ts'
import { type WorldLogSlice, worldLogSlice } from './world-log.ts'

export type AppState = LibrarySlice &
  SelectionSlice &
  InsightSlice &
  DeletionSlice &
  JobsSlice &
  NoticesSlice &
  ViewSlice &
  PreferencesSlice &
  ReadinessSlice &
  DialogsSlice &
  FilesSlice &
  HistorySlice &
  RegionsSlice &
  AccountsSlice &
  ImagesSlice &
  CostsSlice &
  DescribedSlice &
  WorldLogSlice &
  KeepingSlice &
  PoliciesSlice &
  FastRestoreSlice &
  KeysSlice &
  RecoverySlice &
  LoadingSlice &
  WorkSlice & { world: World }

export type AppStore = StoreApi<AppState>

/** One store; each slice writes its own keys. Made once, in main.tsx and in tests. */
export function createAppStore(world: World): AppStore {
  return createStore<AppState>()((...args) => ({
    world,
    ...librarySlice(world.engine)(...args),
    ...selectionSlice(...args),
    ...insightSlice(world.engine)(...args),
    ...deletionSlice(world.engine)(...args),
    ...jobsSlice(world.engine)(...args),
    ...noticesSlice(...args),
    ...viewSlice(world.shell)(...args),
    ...preferencesSlice(...args),
    ...readinessSlice(...args),
    ...dialogsSlice(...args),
    ...filesSlice(world)(...args),
    ...historySlice(world.engine)(...args),
    ...costsSlice(world.engine)(...args),
    ...describedSlice(world.engine)(...args),
    ...worldLogSlice(world.engine)(...args),
    ...regionsSlice(world.engine)(...args),
    ...accountsSlice(world.engine)(...args),
    ...keepingSlice(world.engine)(...args),
    ...policiesSlice(world.engine)(...args),
    ...fastRestoreSlice(world.engine)(...args),
    ...imagesSlice(world.engine)(...args),
    ...keysSlice(world)(...args),
    ...recoverySlice(world)(...args),
    ...loadingSlice(world.engine)(...args),
    ...workSlice(world.engine)(...args),
  }))
}
