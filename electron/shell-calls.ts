import { basename } from 'node:path'
import { app, nativeTheme } from 'electron'
import type { OfferedFile, ShellApi } from '../core/contract/shell.ts'
import type { Dialogs } from './dialogs.ts'
import type { OfferedFiles } from './files.ts'
import type { Libraries } from './libraries.ts'
import type { AppMenu } from './menu.ts'
import type { Outbox } from './outbox.ts'
import type { Settings } from './settings.ts'

export type ShellParts = {
  dialogs: Dialogs
  files: OfferedFiles
  libraries: Libraries
  menu: AppMenu
  outbox: Outbox
  settings: Settings
  /** Asks about running jobs, if there are any. @returns whether the library may be left */
  mayLeave(): Promise<boolean>
}

/** What the window can ask of the desktop. */
export function shellCallsOf(parts: ShellParts): ShellApi {
  const { dialogs, files, libraries, menu, outbox, settings } = parts

  /** Opens what was chosen, unless nothing was, or running work keeps the library. */
  const replace = async (path: string | null, open: (path: string) => Promise<void>) => {
    if (!path || !(await parts.mayLeave())) return { opened: false }
    await open(path)
    return { opened: true }
  }

  return {
    describeShell: async () => {
      outbox.pageListens()
      return {
        theme: settings.values.theme,
        platform: process.platform,
        versions: {
          strata: app.getVersion(),
          electron: process.versions.electron,
          node: process.versions.node,
        },
        recent: settings.values.recent
          .filter((path) => path !== libraries.openPath)
          .map((path) => ({ fileId: files.idOf(path, 'library'), name: libraryName(path) })),
      }
    },

    setTheme: async ({ theme }) => {
      nativeTheme.themeSource = theme
      settings.setTheme(theme)
      return {}
    },

    chooseImages: async () => {
      const paths = await dialogs.chooseImages()
      return Promise.all(paths.map((path) => files.offer(path, 'read')))
    },

    chooseKeyMaterial: async (): Promise<OfferedFile | null> => {
      const path = await dialogs.chooseKeyMaterial()
      return path ? files.offer(path, 'key') : null
    },

    chooseRestoreTarget: async ({ suggestedName }): Promise<OfferedFile | null> => {
      const path = await dialogs.chooseRestoreTarget(suggestedName)
      return path ? files.offer(path, 'write') : null
    },

    chooseRecoveryFile: async ({ suggestedName }): Promise<OfferedFile | null> => {
      const path = await dialogs.chooseRecoveryFile(suggestedName)
      return path ? files.offer(path, 'write') : null
    },

    openLibrary: async ({ fileId }) => {
      // A library can also be dropped: then its id was given out for reading.
      const path = fileId ? files.pathOf(fileId, 'library', 'read') : await dialogs.chooseLibrary()
      return replace(path, (chosen) => libraries.open(chosen))
    },

    createLibrary: async () =>
      replace(await dialogs.chooseNewLibrary(), (chosen) => libraries.create(chosen)),

    openPractice: async () => {
      if (!(await parts.mayLeave())) return { opened: false }
      await libraries.openPractice()
      return { opened: true }
    },

    reportActions: async ({ actions }) => {
      menu.show(actions)
      return {}
    },
  }
}

/** As the library calls itself: its folder without the ending. */
function libraryName(path: string): string {
  return basename(path).replace(/\.strata$/, '')
}
