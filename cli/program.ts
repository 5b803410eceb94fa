import { Command, CommanderError } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { addAccountCommands } from './account-commands.ts'
import { addBinCommands } from './bin-commands.ts'
import { addCostCommands } from './cost-commands.ts'
import { addDescribeCommands } from './describe-commands.ts'
import { addEventCommands } from './event-commands.ts'
import { failureOf, UsageError } from './failure.ts'
import { addImageCommands } from './image-commands.ts'
import { addInstanceCommands } from './instance-commands.ts'
import { addKeyCommands } from './key-commands.ts'
import { addPolicyCommands } from './policy-commands.ts'
import { addRegionCommands } from './region-commands.ts'
import { pathOf } from './run.ts'
import { addPublicAccessCommands } from './sharing-commands.ts'
import { addSnapshotCommands } from './snapshot-commands.ts'
import { addTagCommands } from './tag-commands.ts'
import { addUpkeepCommands } from './upkeep-commands.ts'
import { addVolumeCommands } from './volume-commands.ts'

/** Columns of the help where the terminal does not tell: readable in a pipe. */
const HELP_COLUMNS = 100

/** The whole command line. Verbs are loaded when they run, so that help costs nothing. */
export function createProgram(): Command {
  const program = new Command('strata')
    .description('Keeps incremental snapshots of disk images and shows what they share.')
    .version(manifest.version)
    .option(
      '--library <path>',
      'the library to use (default: STRATA_LIBRARY, else one in your data folder)',
    )
    .option('--region <region>', "the region to work in (default: the library's current one)")
    .option('--account <account>', "who asks, an id or a name (default: the library's current one)")
    .option(
      '--passphrase-file <file>',
      'what opens the keys of encrypted things (default: what STRATA_PASSPHRASE holds)',
    )
    .option(
      '--recovery-key-file <file>',
      'what opens them when the passphrase is lost (default: what STRATA_RECOVERY_KEY holds)',
    )
    .option('--json', 'print one JSON document')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      // What it says is thrown as well, and told in one way for all failures.
      outputError: () => {},
      writeErr: () => {},
      getOutHelpWidth: () => process.stdout.columns || HELP_COLUMNS,
    })
    .exitOverride()
  addVolumeCommands(program)
  addSnapshotCommands(program)
  addInstanceCommands(program)
  addImageCommands(program)
  addRegionCommands(program)
  addAccountCommands(program)
  addKeyCommands(program)
  addPublicAccessCommands(program)
  addEventCommands(program)
  addDescribeCommands(program)
  addTagCommands(program)
  addBinCommands(program)
  addPolicyCommands(program)
  addUpkeepCommands(program)
  addCostCommands(program)
  program.addHelpText(
    'after',
    [
      '',
      'Sizes are written 250MiB, 10GiB or in plain bytes. A name can stand wherever an id can.',
      '',
      'Example:',
      '  strata volume import disk.img --name web && strata snapshot create web',
    ].join('\n'),
  )
  return program
}

/**
 * Runs one command line.
 *
 * @param args without the interpreter and the script
 * @returns once everything is printed; `process.exitCode` is 0, 1 (refused or failed) or 2 (usage)
 */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  const program = createProgram()
  try {
    if (args.length === 0) program.outputHelp()
    else await program.parseAsync(args, { from: 'user' })
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return
    await printFailure(thrown, helpFor(program, args), isJsonWanted(program, args))
  }
}

async function printFailure(thrown: unknown, help: string, isJson: boolean): Promise<void> {
  const isHelp = thrown instanceof CommanderError && thrown.code === 'commander.help'
  const told = isHelp ? new UsageError('A command is missing.') : thrown
  const failure = await failureOf(told, help)
  process.exitCode = failure.exitCode
  if (failure.stack !== null) process.stderr.write(`${failure.stack}\n`)
  const { wire } = failure
  if (isJson) process.stdout.write(`${JSON.stringify({ error: wire }, null, 2)}\n`)
  else process.stderr.write(`strata: ${wire.message}\n${wire.remedy}\n`)
}

/** What tells more about the command that was meant, as far as it was recognised. */
function helpFor(program: Command, args: readonly string[]): string {
  let command = program
  for (const [i, word] of args.entries()) {
    const isValue = program.options.some(({ required, long }) => required && long === args[i - 1])
    const next = isValue ? undefined : command.commands.find((each) => each.name() === word)
    command = next ?? command
  }
  return ['strata', pathOf(command), '--help'].filter((part) => part !== '').join(' ')
}

/** A command line that was not understood may still have said how it wants to be told. */
function isJsonWanted(program: Command, args: readonly string[]): boolean {
  const end = args.indexOf('--')
  const options = end === -1 ? args : args.slice(0, end)
  return program.opts<{ json?: boolean }>().json === true || options.includes('--json')
}
