import type { Command } from 'commander'
import type { EventQuery } from '../core/contract/event-query.ts'
import { count, example } from './options.ts'
import { type GlobalOptions, inLibrary, openLibrary } from './run.ts'

const load = () => import('./events.ts')

/** What the parser makes of the options. */
export type EventOptions = {
  readonly type?: string
  readonly result?: string
  readonly limit?: number
  readonly follow?: boolean
}

/** Adds `strata events`. */
export function addEventCommands(program: Command): void {
  const events = program
    .command('events')
    .description('list what became of snapshots and volumes, oldest first, in the words of EBS')
    .option('--type <type>', 'only what is called so: createSnapshot, copySnapshot, createVolume …')
    .option('--result <result>', 'only succeeded, failed, available or deleted')
    .option('--limit <count>', 'only the newest ones, 1000 at the most (default: 1000)', count)
    .option(
      '--follow',
      'go on with what comes, until Ctrl+C; while another program has the library open, ' +
        'what it does comes when it closes it',
    )
    .action(async (options: EventOptions, command: Command) => {
      const { eventQueryOf, listEvents } = await load()
      const query = eventQueryOf(options)
      if (options.follow === true) return follow(command, query)
      return inLibrary((library) => listEvents(library, query))(command)
    })
  example(events, 'strata events --type copySnapshot')
}

async function follow(command: Command, query: EventQuery): Promise<void> {
  const { eventJsonLine, eventLine } = await load()
  const { followEvents } = await import('./follow-events.ts')
  const { catalogOf } = await import('./library.ts')
  const { json, library } = command.optsWithGlobals<GlobalOptions>()
  const lineOf = json === true ? eventJsonLine : eventLine
  await followEvents({
    open: () => openLibrary(command),
    catalog: catalogOf(library),
    query,
    tell: (event) => process.stdout.write(`${lineOf(event)}\n`),
    note: (text) => process.stderr.write(`${text}\n`),
  })
}
