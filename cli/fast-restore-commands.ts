import type { Command } from 'commander'
import type { FastRestoreOptions } from './fast-restore.ts'
import { example } from './options.ts'
import { inLibrary } from './run.ts'

const load = () => import('./fast-restore.ts')

/** Adds `strata snapshot fast-restore`. */
export function addFastRestoreCommand(snapshot: Command): void {
  const fastRestore = snapshot
    .command('fast-restore <snapshot>')
    .description('switch on that volumes of a snapshot are there whole, or off')
    .option('--on', 'each such volume costs a credit; without one it loads as usual')
    .option('--off', 'volumes load as usual again')
    .action(
      inLibrary(async (library, name: string, options: FastRestoreOptions) =>
        (await load()).setFastRestore(library, name, options),
      ),
    )
  example(fastRestore, 'strata snapshot fast-restore A --on')
}
