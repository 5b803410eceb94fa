import type { Command } from 'commander'
import { count, example } from './options.ts'
import { inLibrary } from './run.ts'
import type { RestoreTierOptions } from './tiers.ts'

const load = () => import('./tiers.ts')

/** Adds `strata snapshot archive`, `restore-tier` and `tier-status`. */
export function addTierCommands(snapshot: Command): void {
  const archive = snapshot
    .command('archive <snapshot>')
    .description('move a snapshot to the archive tier, whole, and wait until it is there')
    .action(
      inLibrary(async (library, name: string) => (await load()).archiveSnapshot(library, name)),
    )
  example(archive, 'strata snapshot archive A')

  const restore = snapshot
    .command('restore-tier <snapshot>')
    .description('bring an archived snapshot back to the standard tier, where it can be used')
    .option('--days <count>', 'for so many days, 180 at the most; the archive keeps it', count)
    .option('--permanent', 'for good')
    .action(
      inLibrary(async (library, name: string, options: RestoreTierOptions) =>
        (await load()).restoreTier(library, name, options),
      ),
    )
  example(restore, 'strata snapshot restore-tier A --days 3')

  const status = snapshot
    .command('tier-status [snapshots...]')
    .description(
      'tell which tier snapshots are in, as EC2 would (default: all that were ever archived)',
    )
    .action(
      inLibrary(async (library, names: string[]) => (await load()).tierStatus(library, names)),
    )
  example(status, 'strata snapshot tier-status A')
}
