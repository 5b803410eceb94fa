import type { Command } from 'commander'
import { example } from './options.ts'
import { inLibrary } from './run.ts'

/** Adds `strata describe ...`. */
export function addDescribeCommands(program: Command): void {
  const describe = program
    .command('describe')
    .description('what Amazon EC2 would tell about things, under its own names')
  const snapshots = describe
    .command('snapshots [snapshots...]')
    .description('describe snapshots, or all of them, with the fields of DescribeSnapshots')
    .action(
      inLibrary(async (library, names: string[]) =>
        (await import('./described-snapshots.ts')).describeSnapshots(library, names),
      ),
    )
  example(snapshots, 'strata describe snapshots A')
}
