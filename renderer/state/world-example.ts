import { callNames, type StrataApi } from '../../core/contract/calls.ts'
import { type ShellApi, shellCallNames } from '../../core/contract/shell.ts'
import type { World } from './api.ts'
import { costs, library, saving } from './library-example.ts'
import { type AppStore, createAppStore } from './store.ts'

/** A world for tests: answers what is given, refuses the rest by name. */
export function worldExample(
  engine: Partial<StrataApi> = {},
  shell: Partial<ShellApi> = {},
): World {
  const refusal = (name: string) => [
    name,
    () => Promise.reject(new Error(`${name} is not part of this test`)),
  ]
  return {
    engine: { ...Object.fromEntries(callNames.map(refusal)), ...engine } as StrataApi,
    shell: { ...Object.fromEntries(shellCallNames.map(refusal)), ...shell } as ShellApi,
    offerFiles: async (files) =>
      files.map(({ name, size }) => ({ fileId: `file-${name}`, name, sizeBytes: size })),
  }
}

/** A store that shows the example. */
export function storeExample(
  engine: Partial<StrataApi> = {},
  shell: Partial<ShellApi> = {},
): AppStore {
  const answers = { reportCost: async () => costs, deletionSaving: async () => saving }
  const store = createAppStore(worldExample({ ...answers, ...engine }, shell))
  const view = library()
  store.setState({ library: view, volumeId: view.volumes[0]!.volumeId })
  return store
}
