import type { Command } from 'commander'
import type { RuleOptions } from './bin.ts'
import { count, example, tags } from './options.ts'
import { inLibrary } from './run.ts'

const load = () => import('./bin.ts')

/** Adds `strata bin ...`. */
export function addBinCommands(program: Command): void {
  const bin = program
    .command('bin')
    .description('the Recycle Bin: deleted snapshots that can be recovered for some days')

  const list = bin
    .command('ls')
    .description('list what is in the bin and when it leaves it, the next to go first')
    .action(inLibrary(async (library) => (await load()).listBin(library)))
  example(list, 'strata bin ls')

  const recover = bin
    .command('recover <snapshot>')
    .description('take a snapshot out of the bin, as it was')
    .action(
      inLibrary(async (library, name: string) => (await load()).recoverSnapshot(library, name)),
    )
  example(recover, 'strata bin recover A')

  const rules = bin.command('rules').description('which deleted snapshots go to the bin')

  const listRules = rules
    .command('ls')
    .description('list the retention rules of the account')
    .action(inLibrary(async (library) => (await load()).listRules(library)))
  example(listRules, 'strata bin rules ls')

  const add = rules
    .command('add')
    .description('keep deleted snapshots of the region; of several rules the longest wins')
    .requiredOption('--days <count>', 'for how long, 365 at the most', count)
    .option('--tag <key=value>', 'only those with this tag; can be repeated', tags)
    .option('--except <key=value>', 'all but those with this tag; can be repeated', tags)
    .action(
      inLibrary(async (library, options: RuleOptions) => (await load()).addRule(library, options)),
    )
  example(add, 'strata bin rules add --days 7')

  const remove = rules
    .command('rm <rule>')
    .description('remove a retention rule; what is in the bin stays there for its time')
    .action(inLibrary(async (library, id: string) => (await load()).removeRule(library, id)))
  example(remove, 'strata bin rules rm rule-0a1b2c3d4e5f60718')
}
