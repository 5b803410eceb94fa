import type { Command } from 'commander'
import type { CopyOptions } from './copies.ts'
import { addFastRestoreCommand } from './fast-restore-commands.ts'
import { addLockCommands } from './lock-commands.ts'
import { count, encryptionOptions, example, size, tags } from './options.ts'
import { type RestoreOptions, restoreRequestOf } from './restore-request.ts'
import { inLibrary } from './run.ts'
import { addShareCommands } from './sharing-commands.ts'
import type { CreateOptions } from './snapshots.ts'
import { addTierCommands } from './tier-commands.ts'

const load = () => import('./snapshots.ts')

/** Adds `strata snapshot ...`. */
export function addSnapshotCommands(program: Command): void {
  const snapshot = program.command('snapshot').description('restore points of a volume')

  const create = snapshot
    .command('create <volume>')
    .description('take a snapshot, and wait until it is complete')
    .option('--name <name>', 'name of the snapshot')
    .option('--description <text>', 'a line about it')
    .option('--from <file>', 'the new state of a linked volume (default: its image)')
    .option('--tag <key=value>', 'put a tag on it; can be repeated', tags)
    .action(
      inLibrary(async (library, volume: string, options: CreateOptions) =>
        (await load()).createSnapshot(library, volume, options),
      ),
    )
  example(create, 'strata snapshot create web --name A')

  const list = snapshot
    .command('ls')
    .description('list the snapshots and what each of them stores, borrows and would release')
    .option('--volume <volume>', 'only those of this volume')
    .action(
      inLibrary(async (library, options: { volume?: string }) =>
        (await load()).listSnapshots(library, options),
      ),
    )
  example(list, 'strata snapshot ls --volume web')

  const show = snapshot
    .command('show <snapshot>')
    .description('show one snapshot with all its figures')
    .action(inLibrary(async (library, name: string) => (await load()).showSnapshot(library, name)))
  example(show, 'strata snapshot show A')

  const wait = snapshot
    .command('wait <snapshot>')
    .description('wait until a snapshot is completed; fails at once when it has failed')
    .option('--timeout <seconds>', 'for that long at the most (default: 600)', count)
    .action(
      inLibrary(async (library, name: string, options: { timeout?: number }) =>
        (await load()).waitForSnapshot(library, name, options),
      ),
    )
  example(wait, 'strata snapshot wait A --timeout 60')

  const rename = snapshot
    .command('rename <snapshot> <name>')
    .description('give a snapshot another name')
    .action(
      inLibrary(async (library, name: string, newName: string) =>
        (await load()).renameSnapshot(library, name, newName),
      ),
    )
  example(rename, 'strata snapshot rename A before-upgrade')

  const remove = snapshot
    .command('delete <snapshots...>')
    .description('delete snapshots together and give back what no other snapshot reads')
    .option('--dry-run', 'only tell what it would give back')
    .option('--undoable', 'keep the space for a day, so that `strata undo` can take it back')
    .action(
      inLibrary(
        async (library, names: string[], options: { dryRun?: boolean; undoable?: boolean }) =>
          (await load()).deleteSnapshots(library, names, options),
      ),
    )
  example(remove, 'strata snapshot delete B C --dry-run')

  const copy = encryptionOptions(snapshot.command('copy <snapshot>'))
    .description('copy a snapshot to a region, and wait until it is complete')
    .requiredOption('--to-region <region>', 'where the copy is to lie; its own region will do')
    .option('--name <name>', "name of the copy (default: the snapshot's)")
    .option('--description <text>', 'a line about it')
    .option(
      '--minutes <count>',
      'within how many it is to be there: 15 to 2880, in steps of 15',
      count,
    )
    .option('--dry-run', 'only tell what would move, and why')
    .action(
      inLibrary(async (library, name: string, options: CopyOptions) =>
        (await import('./copies.ts')).copySnapshot(library, name, options),
      ),
    )
  example(copy, 'strata snapshot copy A --to-region eu-west-1')

  const diff = snapshot
    .command('diff <from> <to>')
    .description('list the ranges of blocks that differ between two snapshots')
    .action(
      inLibrary(async (library, from: string, to: string) =>
        (await load()).diffSnapshots(library, from, to),
      ),
    )
  example(diff, 'strata snapshot diff A B')

  const restore = encryptionOptions(snapshot.command('restore <snapshot>'))
    .description('write a snapshot to a file, or make a managed volume of it')
    .option('--to <file>', 'the file to write')
    .option('--sha256', 'compute the SHA-256 of the whole file')
    .option('--force', 'replace the file if it is there')
    .option('--volume <name>', 'name of the volume to make')
    .option('--size <size>', 'make that volume larger than the snapshot', size)
    .action((name: string, options: RestoreOptions, command: Command) => {
      const request = restoreRequestOf(options)
      return inLibrary(async (library) => (await load()).restoreSnapshot(library, name, request))(
        command,
      )
    })
  example(restore, 'strata snapshot restore A --to web.img --sha256')

  addLockCommands(snapshot)
  addShareCommands(snapshot)
  addTierCommands(snapshot)
  addFastRestoreCommand(snapshot)
}
