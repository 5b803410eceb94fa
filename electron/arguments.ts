import { resolve } from 'node:path'
import { z } from 'zod'

/** More than anyone drops at once, and a bound on what a second start can hand over. */
const MAX_FILES = 256

/** What a command line asks of the app. Paths are absolute. */
export const Wish = z.strictObject({
  /** Takes a picture, prints the figures and leaves. */
  isDemo: z.boolean(),
  /** The library to open, or to create where there is none. */
  libraryPath: z.string().nullable(),
  /** Disk images, treated as dropped on the window. */
  files: z.array(z.string()).max(MAX_FILES),
})
export type Wish = z.infer<typeof Wish>

/**
 * Reads the command line of Electron: what Chromium understands is passed over.
 *
 * @param args all after the executable, and after the app's folder where it is not packaged
 */
export function readArguments(args: readonly string[], cwd: string): Wish {
  const wish: Wish = { isDemo: false, libraryPath: null, files: [] }
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? ''
    const [flag, value] = splitOnce(arg, '=')
    if (arg === '--demo') wish.isDemo = true
    else if (flag === '--library') {
      const path = value ?? args[++i]
      if (path) wish.libraryPath = resolve(cwd, path)
    } else if (arg !== '' && !arg.startsWith('-') && wish.files.length < MAX_FILES) {
      wish.files.push(resolve(cwd, arg))
    }
  }
  return wish
}

/** The arguments after the executable, and after the folder that a development build is given. */
export function ownArguments(argv: readonly string[], isPackaged: boolean): string[] {
  const args = argv.slice(1)
  if (isPackaged) return args
  const folder = args.findIndex((arg) => !arg.startsWith('-'))
  return folder < 0 ? args : args.toSpliced(folder, 1)
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
