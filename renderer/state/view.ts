import type { StateCreator } from 'zustand/vanilla'
import type { SnapshotId, VolumeId } from '../../core/contract/ids.ts'
import type { LibraryView, Snapshot } from '../../core/contract/model.ts'
import type { ShellState, Theme } from '../../core/contract/shell.ts'
import type { CoreMode } from '../stage/stage-props.ts'
import { type World, wireOf } from './api.ts'
import type { AppState } from './store.ts'

export type DockTab = 'ledger' | 'table' | 'history' | 'events'
export type Panel = 'volumes' | 'dock' | 'inspector'

/** Below these widths of the window, in px, a panel closes by itself. */
export const INSPECTOR_NEEDS_PX = 1200
export const VOLUMES_NEED_PX = 1040

export type ViewSlice = {
  shell: ShellState | null
  volumeId: VolumeId | null
  mode: CoreMode
  dockTab: DockTab
  /** undefined: as the window's width allows. */
  panels: { volumes?: boolean; inspector?: boolean; dock: boolean }
  widthPx: number
  isWelcomeClosed: boolean
  /** The dock was closed before a preview opened it. */
  isDockLent: boolean
  refreshShell: () => Promise<void>
  setTheme: (theme: Theme) => Promise<void>
  showVolume: (volumeId: VolumeId) => void
  setMode: (mode: CoreMode) => void
  showDock: (tab: DockTab) => void
  /** The ledger comes forward while a question is asked, and goes when it is answered. */
  lendDock: () => void
  returnDock: () => void
  togglePanel: (panel: Panel) => void
  setWidth: (widthPx: number) => void
  closeWelcome: () => void
  /** Shows another volume when the one shown is gone. */
  keepVolumeAlive: () => void
}

export const viewSlice =
  (
    shell: Pick<World['shell'], 'describeShell' | 'setTheme'>,
  ): StateCreator<AppState, [], [], ViewSlice> =>
  (set, get) => ({
    shell: null,
    volumeId: null,
    mode: 'owner',
    dockTab: 'ledger',
    panels: { dock: false },
    widthPx: 1440,
    isWelcomeClosed: false,
    isDockLent: false,

    refreshShell: async () => {
      try {
        set({ shell: await shell.describeShell({}) })
      } catch (error) {
        get().tellFailure(wireOf(error))
      }
    },

    setTheme: async (theme) => {
      try {
        await shell.setTheme({ theme })
        const known = get().shell
        if (known !== null) set({ shell: { ...known, theme } })
      } catch (error) {
        get().tellFailure(wireOf(error))
      }
    },

    showVolume: (volumeId) => {
      if (get().volumeId === volumeId) return
      set({ volumeId, hoverId: null })
      get().select([], 'one')
    },

    setMode: (mode) => set({ mode }),
    showDock: (dockTab) =>
      set({ dockTab, isDockLent: false, panels: { ...get().panels, dock: true } }),
    lendDock: () =>
      set(({ panels, isDockLent }) => ({
        dockTab: 'ledger',
        isDockLent: isDockLent || !panels.dock,
        panels: { ...panels, dock: true },
      })),
    returnDock: () => {
      const { isDockLent, panels } = get()
      if (isDockLent) set({ isDockLent: false, panels: { ...panels, dock: false } })
    },

    togglePanel: (panel) =>
      set((state) => ({ panels: { ...state.panels, [panel]: !isPanelOpen(state, panel) } })),

    setWidth: (widthPx) => {
      const { widthPx: before, panels } = get()
      const crosses = (px: number) => before < px !== widthPx < px
      set({
        widthPx,
        panels: {
          ...panels,
          volumes: crosses(VOLUMES_NEED_PX) ? undefined : panels.volumes,
          inspector: crosses(INSPECTOR_NEEDS_PX) ? undefined : panels.inspector,
        },
      })
    },

    closeWelcome: () => set({ isWelcomeClosed: true }),

    keepVolumeAlive: () => {
      const { library, volumeId } = get()
      const volumes = library?.volumes ?? []
      if (volumes.some((v) => v.volumeId === volumeId)) return
      const first = volumes.find((v) => !v.isRemoved) ?? volumes[0]
      set({ volumeId: first?.volumeId ?? null })
    },
  })

/** A preview needs the dock, whatever was chosen. */
export function isPanelOpen(state: AppState, panel: Panel): boolean {
  switch (panel) {
    case 'dock':
      return state.panels.dock
    case 'inspector':
      return state.panels.inspector ?? state.widthPx >= INSPECTOR_NEEDS_PX
    case 'volumes':
      return state.panels.volumes ?? state.widthPx >= VOLUMES_NEED_PX
  }
}

/** The snapshots that actions act on: chosen ones that are not remnants, in order of choosing. */
export function chosenSnapshots({ library, selection }: AppState): readonly Snapshot[] {
  if (chosen.of !== selection || chosen.library !== library) {
    const byId = new Map(library?.snapshots.map((s) => [s.snapshotId, s]))
    const snapshots = selection.flatMap((id) => byId.get(id) ?? [])
    chosen = { of: selection, library, snapshots }
  }
  return chosen.snapshots
}

/**
 * The last answer. All titles of actions ask, at every change of the state: with a thousand chosen
 * that would be a million comparisons each time the pointer moves.
 */
let chosen: {
  of: readonly SnapshotId[]
  library: LibraryView | null
  snapshots: readonly Snapshot[]
} = { of: [], library: null, snapshots: [] }
