import type { Command } from 'commander'
import { example } from './options.ts'
import { inLibrary } from './run.ts'

const load = () => import('./regions.ts')

/** Adds `strata region ...`. */
export function addRegionCommands(program: Command): void {
  const region = program
    .command('region')
    .description('places with block data of their own, that snapshots are copied between')

  const list = region
    .command('ls')
    .description('list the regions and what each of them stores')
    .action(inLibrary(async (library) => (await load()).listRegions(library)))
  example(list, 'strata region ls')

  const add = region
    .command('add <region>')
    .description('add a region, which nothing lies in yet')
    .action(inLibrary(async (library, name: string) => (await load()).addRegion(library, name)))
  example(add, 'strata region add eu-west-1')

  const use = region
    .command('use <region>')
    .description('work in a region from now on: make new volumes there, look names up there first')
    .action(inLibrary(async (library, name: string) => (await load()).useRegion(library, name)))
  example(use, 'strata region use eu-west-1')
}
