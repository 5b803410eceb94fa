import type { Command } from 'commander'
import { example } from './options.ts'
import { inLibrary } from './run.ts'

const load = () => import('./accounts.ts')

/** Adds `strata account ...`. */
export function addAccountCommands(program: Command): void {
  const account = program.command('account').description('who owns volumes and snapshots')

  const list = account
    .command('ls')
    .description('list the accounts and what the snapshots of each of them store')
    .action(inLibrary(async (library) => (await load()).listAccounts(library)))
  example(list, 'strata account ls')

  const add = account
    .command('add <id>')
    .description('add an account of twelve digits, which owns nothing yet')
    .option('--name <name>', 'what people call it')
    .action(
      inLibrary(async (library, id: string, options: { readonly name?: string }) =>
        (await load()).addAccount(library, id, options),
      ),
    )
  example(add, 'strata account add 444455556666 --name partner')

  const use = account
    .command('use <account>')
    .description('ask as an account from now on: what is made then will be its own')
    .action(inLibrary(async (library, name: string) => (await load()).useAccount(library, name)))
  example(use, 'strata account use partner')
}
