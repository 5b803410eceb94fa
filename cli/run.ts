import type { Command } from 'commander'
import type { Answer } from './answer.ts'
import { EXIT_FAILED, UsageError } from './failure.ts'
import type { Library } from './library.ts'
import { passphraseOf, recoveryKeyOf } from './passphrase.ts'
import { ProgressBar } from './progress-bar.ts'

/** Options that every command takes. */
export type GlobalOptions = {
  readonly library?: string
  readonly region?: string
  readonly account?: string
  readonly passphraseFile?: string
  readonly recoveryKeyFile?: string
  readonly json?: boolean
}

/** An action as the parser calls it: arguments, options, then the command itself. */
type Action<Args extends unknown[]> = (...args: [...Args, Command]) => Promise<void>

/** Makes a verb an action: opens the library, runs, prints, closes whatever happened. */
export function inLibrary<Args extends unknown[]>(
  verb: (library: Library, ...args: Args) => Promise<Answer>,
): Action<Args> {
  return async (...all) => {
    const command = all.at(-1) as Command
    const args = all.slice(0, -1) as Args
    const library = await openLibrary(command)
    try {
      print(command, await verb(library, ...args))
    } finally {
      await library.close()
    }
  }
}

/** Opens the library that the command line names. */
export async function openLibrary(command: Command): Promise<Library> {
  const { Library, filePath } = await import('./library.ts')
  const {
    library: path,
    region,
    account,
    passphraseFile,
    recoveryKeyFile,
  } = command.optsWithGlobals<GlobalOptions>()
  if (path === '') throw new UsageError('--library needs the path of a library.')
  return Library.open({
    path: path === undefined ? undefined : filePath(path),
    region,
    account,
    passphrase: () => passphraseOf(passphraseFile && filePath(passphraseFile)),
    recoveryKey: () => recoveryKeyOf(recoveryKeyFile && filePath(recoveryKeyFile)),
    command: pathOf(command),
    progress: new ProgressBar(process.stderr),
    note: (text) => process.stderr.write(`${text}\n`),
  })
}

/** Says what a command found: one JSON document, or text for people. */
export function print(command: Command, answer: Answer): void {
  const { json } = command.optsWithGlobals<GlobalOptions>()
  const text = json === true ? JSON.stringify(answer.json, null, 2) : answer.text
  process.stdout.write(`${text}\n`)
  if (answer.isBad === true) process.exitCode = EXIT_FAILED
}

/** `volume create`: the words of a command after the program's name. */
export function pathOf(command: Command): string {
  const words: string[] = []
  for (let at: Command | null = command; at?.parent != null; at = at.parent)
    words.unshift(at.name())
  return words.join(' ')
}
