import { type Command, Option } from 'commander'
import { UsageError } from './failure.ts'
import { example } from './options.ts'
import { ProgressBar } from './progress-bar.ts'
import { type GlobalOptions, inLibrary, pathOf, print } from './run.ts'

const load = () => import('./upkeep.ts')

/** Adds the commands that concern the library as a whole. */
export function addUpkeepCommands(program: Command): void {
  const init = program
    .command('init [path]')
    .description(
      'make a new, empty library: a folder; the app finds it best with a name ending in .strata',
    )
    .addOption(
      new Option('--compression <method>', 'how stored blocks are compressed').choices([
        'none',
        'zstd',
      ]),
    )
    .action(initLibrary)
  example(init, 'strata init backups.strata')

  const stats = program
    .command('stats')
    .description('show what the account stores, and how large the library is on the disk')
    .action(inLibrary(async (library) => (await load()).describeLibrary(library)))
  example(stats, 'strata stats --json')

  const verify = program
    .command('verify')
    .description('read every stored block again, and check it and every figure')
    .option('--deep', 'also recompute what every snapshot reads, block by block')
    .action(
      inLibrary(async (library, options: { deep?: boolean }) =>
        (await load()).verifyLibrary(library, options),
      ),
    )
  example(verify, 'strata verify --deep')

  const reclaim = program
    .command('reclaim')
    .description('give the space of all deleted snapshots back now; they cannot be undone after')
    .action(inLibrary(async (library) => (await load()).reclaimSpace(library)))
  example(reclaim, 'strata reclaim')

  const undo = program
    .command('undo')
    .description('take back the newest deletion that can be undone')
    .action(inLibrary(async (library) => (await import('./snapshots.ts')).undoDeletion(library)))
  example(undo, 'strata undo')

  const history = program
    .command('history')
    .description('list what was done, oldest first, and the command that does the same')
    .action(inLibrary(async (library) => (await load()).showHistory(library)))
  example(history, 'strata history')

  const demo = program
    .command('demo')
    .description('show the 10 / 4 / 2 GiB example in a library that is made for it and removed')
    .action(async (_: unknown, command: Command) => {
      const { runDemo } = await import('./demo.ts')
      const asked = command.optsWithGlobals<GlobalOptions>()
      print(command, await runDemo(new ProgressBar(process.stderr), asked))
    })
  example(demo, 'strata demo')
}

async function initLibrary(
  path: string | undefined,
  options: { readonly compression?: 'none' | 'zstd' },
  command: Command,
): Promise<void> {
  const { library: globalPath, region, account } = command.optsWithGlobals<GlobalOptions>()
  const chosen = path ?? globalPath
  if (path !== undefined && globalPath !== undefined && path !== globalPath) {
    throw new UsageError('Name the library once: as PATH or with --library.')
  }
  if (chosen === '') throw new UsageError('A library needs a path.')
  const { Library, filePath } = await import('./library.ts')
  const library = await Library.create({
    path: chosen === undefined ? undefined : filePath(chosen),
    region,
    account,
    command: pathOf(command),
    progress: new ProgressBar(process.stderr),
    compression: options.compression,
  })
  try {
    print(command, await (await load()).describeLibrary(library))
  } finally {
    await library.close()
  }
}
