import type { Command } from 'commander'
import type { LockOptions } from './locks.ts'
import { count, example, moment } from './options.ts'
import { inLibrary } from './run.ts'

const load = () => import('./locks.ts')

/** Adds `strata snapshot lock` and `unlock`. */
export function addLockCommands(snapshot: Command): void {
  const lock = snapshot
    .command('lock <snapshot>')
    .description('keep a snapshot from being deleted, by anybody, until a day')
    .requiredOption('--mode <mode>', 'governance (can be unlocked) or compliance (cannot)')
    .option('--days <count>', 'for so many days, 36500 at the most', count)
    .option('--until <time>', 'until then instead: 2027-01-01 (UTC), 2027-01-01T10:15:00Z', moment)
    .option('--cool-off <hours>', 'can be unlocked so long: compliance only, 1 to 72', count)
    .action(
      inLibrary(async (library, name: string, options: LockOptions) =>
        (await load()).lockSnapshot(library, name, options),
      ),
    )
  example(lock, 'strata snapshot lock A --mode governance --days 30')

  const unlock = snapshot
    .command('unlock <snapshot>')
    .description('take the lock off a snapshot, where its mode lets one')
    .action(
      inLibrary(async (library, name: string) => (await load()).unlockSnapshot(library, name)),
    )
  example(unlock, 'strata snapshot unlock A')
}
