import type { Command } from 'commander'
import { example, several } from './options.ts'
import { inLibrary } from './run.ts'
import type { ShareOptions, ShareSnapshotOptions } from './sharing.ts'

const load = () => import('./sharing.ts')

/** Adds `strata snapshot share` and `permissions`. */
export function addShareCommands(snapshot: Command): void {
  const share = snapshot
    .command('share <snapshot>')
    .description('let other accounts make volumes and copies of a snapshot, or no longer')
    .option('--add <account>', 'share it with an account, or with all: everybody', several)
    .option('--remove <account>', 'share it no longer with an account, or with all', several)
    .option('--with-key', 'share the key of an encrypted one with the same accounts')
    .action(
      inLibrary(async (library, name: string, options: ShareSnapshotOptions) =>
        (await load()).shareSnapshot(library, name, options),
      ),
    )
  example(share, 'strata snapshot share A --add 444455556666')

  const permissions = snapshot
    .command('permissions <snapshot>')
    .description('show whom a snapshot is shared with')
    .action(
      inLibrary(async (library, name: string) => (await load()).showPermissions(library, name)),
    )
  example(permissions, 'strata snapshot permissions A')
}

/** Adds `strata key share` and `permissions`. */
export function addKeyShareCommands(key: Command): void {
  const share = key
    .command('share <key>')
    .description('let other accounts open with a key what is shared with them, or no longer')
    .option('--add <account>', 'share it with an account', several)
    .option('--remove <account>', 'share it no longer with an account', several)
    .action(
      inLibrary(async (library, name: string, options: ShareOptions) =>
        (await load()).shareKey(library, name, options),
      ),
    )
  example(share, 'strata key share backups --add 444455556666')

  const permissions = key
    .command('permissions <key>')
    .description('show whom a key is shared with')
    .action(
      inLibrary(async (library, name: string) => (await load()).showKeyPermissions(library, name)),
    )
  example(permissions, 'strata key permissions backups')
}

/** Adds `strata public-access ...`. */
export function addPublicAccessCommands(program: Command): void {
  const access = program
    .command('public-access')
    .description('what an account lets be shared with everybody in a region')

  const show = access
    .command('show')
    .description('show whether public sharing is blocked')
    .action(inLibrary(async (library) => (await load()).showPublicAccess(library)))
  example(show, 'strata public-access show --region eu-west-1')

  const set = access
    .command('set <state>')
    .description(
      'block public sharing: block-all-sharing (what is public already, too), block-new-sharing ' +
        'or unblocked',
    )
    .action(
      inLibrary(async (library, state: string) => (await load()).setPublicAccess(library, state)),
    )
  example(set, 'strata public-access set block-new-sharing')
}
