import { z } from 'zod'
import { WireError } from './wire-error.ts'

/** What the window asks of the desktop around it rather than of the engine. */

export const Theme = z.enum(['system', 'light', 'dark'])
export type Theme = z.infer<typeof Theme>

/** A file that a person dropped or chose. The page gets its name, never where it lies. */
export const OfferedFile = z.strictObject({
  fileId: z.string(),
  name: z.string(),
  /** null for a file that does not exist yet. */
  sizeBytes: z.int().nonnegative().nullable(),
})
export type OfferedFile = z.infer<typeof OfferedFile>

export const ShellState = z.strictObject({
  theme: Theme,
  platform: z.string(),
  versions: z.strictObject({ strata: z.string(), electron: z.string(), node: z.string() }),
  /** The libraries opened before, newest first, without the one that is open. */
  recent: z.array(z.strictObject({ fileId: z.string(), name: z.string() })),
})
export type ShellState = z.infer<typeof ShellState>

const nothing = z.strictObject({})

export const shellCalls = {
  describeShell: { input: nothing, output: ShellState },
  setTheme: { input: z.strictObject({ theme: Theme }), output: nothing },
  /** Opens the system's dialog; an empty list: cancelled. */
  chooseImages: { input: nothing, output: z.array(OfferedFile) },
  /** A file that holds what a key is to be made of; null: cancelled. */
  chooseKeyMaterial: { input: nothing, output: OfferedFile.nullable() },
  chooseRestoreTarget: {
    input: z.strictObject({ suggestedName: z.string().max(255) }),
    output: OfferedFile.nullable(),
  },
  chooseRecoveryFile: {
    input: z.strictObject({ suggestedName: z.string().max(255) }),
    output: OfferedFile.nullable(),
  },
  /** Opens or creates a library, after asking which, unless `fileId` names a recent one. */
  openLibrary: {
    input: z.strictObject({ fileId: z.string().optional() }),
    output: z.strictObject({ opened: z.boolean() }),
  },
  createLibrary: { input: nothing, output: z.strictObject({ opened: z.boolean() }) },
  /** A fresh practice library with the 10 / 4 / 2 GiB example. */
  openPractice: { input: nothing, output: z.strictObject({ opened: z.boolean() }) },
  /** What the menu of the application should offer now: ids of actions that can run. */
  reportActions: {
    input: z.strictObject({
      actions: z.array(
        z.strictObject({
          id: z.string().max(64),
          title: z.string().max(120),
          isEnabled: z.boolean(),
          /** As Electron writes accelerators: "CmdOrCtrl+Shift+O", "Delete", "S". */
          shortcut: z.string().max(40).optional(),
        }),
      ),
    }),
    output: nothing,
  },
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>

export type ShellCallName = keyof typeof shellCalls
export type ShellInput<K extends ShellCallName> = z.infer<(typeof shellCalls)[K]['input']>
export type ShellOutput<K extends ShellCallName> = z.infer<(typeof shellCalls)[K]['output']>
export type ShellApi = {
  [K in ShellCallName]: (input: ShellInput<K>) => Promise<ShellOutput<K>>
}
export const shellCallNames = Object.keys(shellCalls) as ShellCallName[]

/** What the desktop tells the window unasked. */
export const ShellEvent = z.discriminatedUnion('kind', [
  /** A menu item or its accelerator was used. */
  z.strictObject({ kind: z.literal('action'), id: z.string() }),
  /** Another library is open now: everything shown is out of date. */
  z.strictObject({ kind: z.literal('libraryOpened') }),
  /** Files came from outside the window, as a command line or a file manager gives them: a drop. */
  z.strictObject({ kind: z.literal('filesOffered'), files: z.array(OfferedFile) }),
  /** The library that was asked for, or open last, cannot be opened; another one is open instead. */
  z.strictObject({ kind: z.literal('libraryFailed'), ...WireError.shape }),
  /** The engine stopped and was started again, or could not be. */
  z.strictObject({ kind: z.literal('engineFailed'), ...WireError.shape }),
])
export type ShellEvent = z.infer<typeof ShellEvent>
