import type { Command } from 'commander'
import { example, tags } from './options.ts'
import { inLibrary } from './run.ts'

const load = () => import('./tags.ts')

/** Adds `strata tag ...`. */
export function addTagCommands(program: Command): void {
  const tag = program
    .command('tag')
    .description('words of your own on snapshots, volumes and images')

  const list = tag
    .command('ls <resource>')
    .description('list your tags on a snapshot, a volume or an image')
    .action(inLibrary(async (library, name: string) => (await load()).listTags(library, name)))
  example(list, 'strata tag ls A')

  const set = tag
    .command('set <resource> <tags...>')
    .description(
      'put your tags on a snapshot, a volume or an image, in place of those with their keys',
    )
    .action(
      inLibrary(async (library, name: string, words: string[]) =>
        (await load()).setTags(
          library,
          name,
          words.flatMap((word) => tags(word)),
        ),
      ),
    )
  example(set, 'strata tag set A Team=ops Keep=yes')

  const remove = tag
    .command('rm <resource> <keys...>')
    .description('take your tags off a snapshot, a volume or an image')
    .action(
      inLibrary(async (library, name: string, keys: string[]) =>
        (await load()).removeTags(library, name, keys),
      ),
    )
  example(remove, 'strata tag rm A Keep')
}
