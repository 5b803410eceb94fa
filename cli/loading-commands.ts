import type { Command } from 'commander'
import type { ReadOptions } from './loading.ts'
import { example, type LoadRate, loadRate, size } from './options.ts'
import { inLibrary } from './run.ts'

const load = () => import('./loading.ts')

/** Adds what is about volumes that were made of a snapshot: `strata volume load ...`. */
export function addLoadingCommands(volume: Command): void {
  const status = volume
    .command('status <volume>')
    .description('show how far a volume that was made of a snapshot has been loaded')
    .action(inLibrary(async (library, name: string) => (await load()).showStatus(library, name)))
  example(status, 'strata volume status copy')

  const loading = volume
    .command('load <volume>')
    .description('go on loading a volume, and wait until all of it is there')
    .option('--rate <MiB/s>', 'from 100 to 300, or unlimited; without it as before', loadRate)
    .action(
      inLibrary(async (library, name: string, options: { rate?: LoadRate }) =>
        (await load()).loadVolume(library, name, options),
      ),
    )
  example(loading, 'strata volume load copy')

  const pause = volume
    .command('pause <volume>')
    .description('load only what is touched, until loading goes on')
    .action(inLibrary(async (library, name: string) => (await load()).pauseLoading(library, name)))
  example(pause, 'strata volume pause copy')

  const read = volume
    .command('read <volume>')
    .description('write a part of what a volume holds to a file; what is not loaded yet is loaded')
    .requiredOption('--at <offset>', 'where to begin, in bytes', size)
    .requiredOption('--length <size>', 'how much to read', size)
    .requiredOption('--to <file>', 'the file to write')
    .option('--force', 'replace the file if it is there')
    .action(
      inLibrary(async (library, name: string, options: ReadOptions) =>
        (await load()).readVolume(library, name, options),
      ),
    )
  example(read, 'strata volume read copy --at 1GiB --length 1MiB --to part.img')
}
