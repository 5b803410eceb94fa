import { basename } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import type { Job } from '../core/contract/jobs.ts'

/** Questions that the system asks for us, each a sheet of our window. */
export class Dialogs {
  readonly #windowOf: () => BrowserWindow

  constructor(windowOf: () => BrowserWindow) {
    this.#windowOf = windowOf
  }

  /** @returns no paths when it was cancelled */
  async chooseImages(): Promise<string[]> {
    const { filePaths } = await dialog.showOpenDialog(this.#windowOf(), {
      title: 'Open an image',
      buttonLabel: 'Open',
      properties: ['openFile', 'multiSelections', 'dontAddToRecent'],
    })
    return filePaths
  }

  /** @returns null when it was cancelled */
  async chooseKeyMaterial(): Promise<string | null> {
    const { filePaths } = await dialog.showOpenDialog(this.#windowOf(), {
      title: 'Bring the material of a key',
      buttonLabel: 'Bring',
      message: 'Choose a file of 32 random bytes',
      properties: ['openFile', 'dontAddToRecent'],
    })
    return filePaths[0] ?? null
  }

  /** @returns null when it was cancelled */
  async chooseRestoreTarget(suggestedName: string): Promise<string | null> {
    const { canceled, filePath } = await dialog.showSaveDialog(this.#windowOf(), {
      title: 'Restore to a file',
      buttonLabel: 'Restore',
      defaultPath: basename(suggestedName),
      properties: ['showOverwriteConfirmation', 'createDirectory', 'dontAddToRecent'],
    })
    return canceled || filePath === '' ? null : filePath
  }

  /** @returns null when it was cancelled */
  async chooseRecoveryFile(suggestedName: string): Promise<string | null> {
    const { canceled, filePath } = await dialog.showSaveDialog(this.#windowOf(), {
      title: 'Save the recovery key',
      buttonLabel: 'Save',
      defaultPath: basename(suggestedName),
      properties: ['showOverwriteConfirmation', 'createDirectory', 'dontAddToRecent'],
    })
    return canceled || filePath === '' ? null : filePath
  }

  /** @returns null when it was cancelled */
  async chooseLibrary(): Promise<string | null> {
    const { filePaths } = await dialog.showOpenDialog(this.#windowOf(), {
      title: 'Open a library',
      buttonLabel: 'Open library',
      message: 'Choose a folder whose name ends in .strata',
      properties: ['openDirectory', 'dontAddToRecent'],
    })
    return filePaths[0] ?? null
  }

  /** @returns where the new library goes, its name ending in .strata; null when it was cancelled */
  async chooseNewLibrary(): Promise<string | null> {
    const { canceled, filePath } = await dialog.showSaveDialog(this.#windowOf(), {
      title: 'New library',
      buttonLabel: 'Create library',
      defaultPath: 'Library.strata',
      properties: ['createDirectory', 'dontAddToRecent'],
    })
    if (canceled || filePath === '') return null
    return filePath.endsWith('.strata') ? filePath : `${filePath}.strata`
  }

  /** Asks whether work that is running may be cancelled. @returns true: cancel it and go on */
  async askToCancel(jobs: readonly Job[], goal: 'quit' | 'leave this library'): Promise<boolean> {
    const { response } = await dialog.showMessageBox(this.#windowOf(), {
      type: 'question',
      message: `Cancel what is running and ${goal}?`,
      detail: [
        ...jobs.map(({ title }) => `• ${title}`),
        'What is cancelled leaves nothing behind; what was stored before is safe.',
      ].join('\n'),
      buttons: ['Keep working', goal === 'quit' ? 'Cancel and quit' : 'Cancel and go on'],
      defaultId: 0,
      cancelId: 0,
    })
    return response === 1
  }
}
