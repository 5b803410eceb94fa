import { commandOf, type Word } from './command-line.ts'
import type { Context } from './context.ts'

/** A line of the history: what was done, and the words of the command that does the same. */
export type Line = { readonly title: string; readonly command: readonly Word[] }

/** Does `work` in one durable change, with its line in the history. For what moves no blocks. */
export function toldChange(
  { library, clock }: Pick<Context, 'library' | 'clock'>,
  { title, command }: Line,
  work: () => void,
): void {
  library.change(() => {
    work()
    library.history.add({
      at: clock(),
      title,
      command: commandOf(library, ...command),
      storedDeltaBytes: 0,
      deletionId: null,
    })
  })
}
