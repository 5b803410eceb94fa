import type { StateCreator } from 'zustand/vanilla'
import type { VolumeId } from '../../core/contract/ids.ts'
import type { OfferedFile } from '../../core/contract/shell.ts'
import { type World, wireOf } from './api.ts'
import type { SealWish } from './keys.ts'
import type { AppState } from './store.ts'
import { linkedVolumes } from './tree.ts'

/** A library is a folder of this name: dropping it opens it. */
const LIBRARY_ENDING = '.strata'

/** Where dropped files go. */
export type DropTarget = { kind: 'newVolume' } | { kind: 'nextSnapshot'; volumeId: VolumeId }

export type FilesSlice = {
  /** Files held over the window; the platform tells how many, not which. */
  drag: { fileCount: number; over: DropTarget | null } | null
  setDrag: (drag: FilesSlice['drag']) => void
  dropFiles: (files: File[], target: DropTarget) => Promise<void>
  receive: (files: readonly OfferedFile[], target: DropTarget, seal?: SealWish) => Promise<void>
  /** Files that came from outside the window: asks what they are, where there is a choice. */
  receiveOffered: (files: readonly OfferedFile[]) => Promise<void>
  /** Asks for image files, then does what a drop of them would do. */
  chooseFiles: (target: DropTarget, copy?: boolean) => Promise<void>
  /** Asks for image files, then how their volumes are to be encrypted. */
  chooseToEncrypt: () => Promise<void>
}

export const filesSlice =
  (world: Pick<World, 'offerFiles' | 'shell'>): StateCreator<AppState, [], [], FilesSlice> =>
  (set, get) => {
    const openLibrary = async ({ fileId }: OfferedFile) => {
      try {
        await world.shell.openLibrary({ fileId })
      } catch (error) {
        get().tellFailure(wireOf(error))
      }
    }
    return {
      drag: null,
      setDrag: (drag) => set({ drag }),

      dropFiles: async (files, target) => {
        set({ drag: null })
        try {
          await get().receive(byName(await world.offerFiles(files)), target)
        } catch (error) {
          get().tellFailure(wireOf(error))
        }
      },

      receive: async (files, target, seal = {}) => {
        const [first] = files
        if (first === undefined) return
        if (first.name.endsWith(LIBRARY_ENDING)) await openLibrary(first)
        else if (target.kind === 'newVolume') await get().importFiles(files, false, seal)
        else await get().snapshotFiles(target.volumeId, files)
      },

      receiveOffered: async (files) => {
        const { dialog, library, openDialog, receive } = get()
        const isLibrary = files[0]?.name.endsWith(LIBRARY_ENDING)
        if (isLibrary || linkedVolumes(library).length === 0) {
          await receive(byName(files), { kind: 'newVolume' })
          return
        }
        const waiting = dialog.kind === 'dropped' ? dialog.files : []
        openDialog({ kind: 'dropped', files: byName([...waiting, ...files]) })
      },

      chooseFiles: async (target, copy = false) => {
        try {
          const files = byName(await world.shell.chooseImages({}))
          if (target.kind === 'newVolume') await get().importFiles(files, copy)
          else await get().snapshotFiles(target.volumeId, files)
        } catch (error) {
          get().tellFailure(wireOf(error))
        }
      },

      chooseToEncrypt: async () => {
        try {
          const files = byName(await world.shell.chooseImages({}))
          if (files.length > 0) get().openDialog({ kind: 'importEncrypted', files })
        } catch (error) {
          get().tellFailure(wireOf(error))
        }
      },
    }
  }

/** States of one disk are usually numbered: 2 goes before 10. */
function byName(files: readonly OfferedFile[]): OfferedFile[] {
  const order = new Intl.Collator('en', { numeric: true })
  return files.toSorted((a, b) => order.compare(a.name, b.name))
}
