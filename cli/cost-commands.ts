import type { Command } from 'commander'
import { example } from './options.ts'
import { inLibrary } from './run.ts'

const load = () => import('./costs.ts')

/** Adds `strata cost` and `strata prices ...`. */
export function addCostCommands(program: Command): void {
  const cost = program
    .command('cost [snapshots...]')
    .description('show what the library costs a month, and what deleting snapshots would save')
    .option('--formulas', 'show how each amount comes about')
    .action(
      inLibrary(async (library, names: string[], options: { formulas?: boolean }) =>
        (await load()).tellCost(library, names, options.formulas === true),
      ),
    )
  example(cost, 'strata cost A B')

  const prices = program.command('prices').description('the prices that costs are counted with')
  const show = prices
    .command('show')
    .description('show the prices, since when they hold and whose they are')
    .action(inLibrary(async (library) => (await load()).showPrices(library)))
  example(show, 'strata prices show --json > prices.json')

  const set = prices
    .command('set <file>')
    .description('keep other prices with the library, from a JSON file as `prices show` prints it')
    .action(inLibrary(async (library, file: string) => (await load()).setPrices(library, file)))
  example(set, 'strata prices set prices.json')
}
