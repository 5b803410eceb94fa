import type { Command } from 'commander'
import { count, example, tags } from './options.ts'
import type { PolicyOptions } from './policies.ts'
import { schedules } from './policy-schedule.ts'
import { inLibrary } from './run.ts'

const load = () => import('./policies.ts')

/** Adds `strata policy ...`. */
export function addPolicyCommands(program: Command): void {
  const policy = program
    .command('policy')
    .description('life-cycle policies, which take and delete snapshots by themselves')

  const list = policy
    .command('ls')
    .description('list the policies of the account, their state and when they run next')
    .action(inLibrary(async (library) => (await load()).listPolicies(library)))
  example(list, 'strata policy ls')

  const create = policyOptions(
    policy
      .command('create <description>')
      .description('make a policy for the region; it is off until it is enabled'),
  ).action(
    inLibrary(async (library, description: string, options: PolicyOptions) =>
      (await load()).createPolicy(library, description, options),
    ),
  )
  example(
    create,
    'strata policy create nightly --target Backup=yes --schedule "daily: every 24h at 03:00, keep 7"',
  )

  const edit = policyOptions(
    policy
      .command('edit <policy>')
      .description('change what is given, and nothing else; it is off after that')
      .option('--description <text>', 'what to call it'),
  ).action(
    inLibrary(async (library, name: string, options: PolicyOptions) =>
      (await load()).editPolicy(library, name, options),
    ),
  )
  example(edit, 'strata policy edit nightly --schedule "daily: every 12h at 03:00, keep 14"')

  addVerbs(policy)
}

function addVerbs(policy: Command): void {
  const show = policy
    .command('show <policy>')
    .description('tell what a policy does, to which volumes, and what it has taken')
    .action(inLibrary(async (library, name: string) => (await load()).showPolicy(library, name)))
  example(show, 'strata policy show nightly')

  const preview = policy
    .command('preview <policy>')
    .description('tell what it would take and delete from now on; nothing is done')
    .option('--days <count>', 'how far to look, 366 at the most (default: 30)', count)
    .action(
      inLibrary(async (library, name: string, options: { readonly days?: number }) =>
        (await load()).previewPolicy(library, name, options),
      ),
    )
  example(preview, 'strata policy preview nightly --days 7')

  const enable = policy
    .command('enable <policy>')
    .description('switch a policy on, as it was previewed; --dry-run only previews its first run')
    .option('--dry-run', 'only tell what its first run will do')
    .action(
      inLibrary(async (library, name: string, options: { readonly dryRun?: boolean }) =>
        (await load()).enablePolicy(library, name, options),
      ),
    )
  example(enable, 'strata policy enable nightly')

  const disable = policy
    .command('disable <policy>')
    .description('switch a policy off: it takes and deletes nothing')
    .action(inLibrary(async (library, name: string) => (await load()).disablePolicy(library, name)))
  example(disable, 'strata policy disable nightly')

  const run = policy
    .command('run')
    .description('do what the policies of the account have to do by now, once; for cron, say')
    .action(inLibrary(async (library) => (await load()).runPolicies(library)))
  example(run, 'strata policy run')

  const remove = policy
    .command('rm <policy>')
    .description('remove a policy; its snapshots stay')
    .action(inLibrary(async (library, name: string) => (await load()).removePolicy(library, name)))
  example(remove, 'strata policy rm nightly')
}

function policyOptions(command: Command): Command {
  return command
    .option('--target <key=value>', 'volumes with this tag; can be repeated', tags)
    .option(
      '--schedule <schedule>',
      '"NAME: every 24h at 03:00, keep 7" or "NAME: cron(0 3 ? * MON *), keep 12 weeks", in UTC; up to four',
      schedules,
    )
    .option('--copy-tags', 'snapshots get the tags of their volume')
    .option('--tag <key=value>', 'a tag for its snapshots; can be repeated', tags)
}
