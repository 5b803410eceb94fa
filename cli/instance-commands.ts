import type { Command } from 'commander'
import type { LaunchOptions } from './instances.ts'
import { example, several } from './options.ts'
import { inLibrary } from './run.ts'

const load = () => import('./instances.ts')

/** The parameters that an instance is launched with. */
export function addLaunchOptions(command: Command): Command {
  return command
    .option('--type <type>', 'type of the instance (default: t3.micro)')
    .option(
      '--security-group <group>',
      'a security group; can be repeated (default: default)',
      several,
    )
    .option('--key-pair <name>', 'name of a key pair (default: none)')
}

/** Adds `strata instance ...`. */
export function addInstanceCommands(program: Command): void {
  const instance = program
    .command('instance')
    .description('volumes that belong together, as on a machine')

  const create = addLaunchOptions(
    instance.command('create <name>').description('create an instance, without volumes'),
  ).action(
    inLibrary(async (library, name: string, options: LaunchOptions) =>
      (await load()).createInstance(library, name, options),
    ),
  )
  example(create, 'strata instance create web --type t3.micro')

  const attach = instance
    .command('attach <instance> <volume> <device>')
    .description('put a volume on an instance')
    .option('--root', 'as the volume that it boots from')
    .option('--delete-on-termination', 'the volume goes with the instance, as a root does')
    .action(
      inLibrary(
        async (
          library,
          name: string,
          volume: string,
          device: string,
          options: { root?: boolean; deleteOnTermination?: boolean },
        ) => (await load()).attachVolume(library, name, volume, device, options),
      ),
    )
  example(attach, 'strata instance attach web system /dev/sda1 --root')

  const detach = instance
    .command('detach <volume>')
    .description('take a volume off its instance')
    .action(inLibrary(async (library, name: string) => (await load()).detachVolume(library, name)))
  example(detach, 'strata instance detach data')

  const snapshot = instance
    .command('snapshot <instance>')
    .description('take snapshots of its volumes at one moment: all come to exist, or none does')
    .option('--exclude-boot', 'leave out the root')
    .option(
      '--exclude <volume>',
      'leave out a data volume; can be repeated, up to 40 times',
      several,
    )
    .option('--name <name>', 'name of each of the snapshots')
    .option('--description <text>', 'a line about each of them')
    .action(
      inLibrary(
        async (
          library,
          name: string,
          options: {
            excludeBoot?: boolean
            exclude?: string[]
            name?: string
            description?: string
          },
        ) => (await load()).snapshotInstance(library, name, options),
      ),
    )
  example(snapshot, 'strata instance snapshot web --name nightly')

  const list = instance
    .command('ls')
    .description('list the instances')
    .action(inLibrary(async (library) => (await load()).listInstances(library)))
  example(list, 'strata instance ls')

  const show = instance
    .command('show <instance>')
    .description('show an instance and the volumes that are attached to it')
    .action(inLibrary(async (library, name: string) => (await load()).aboutInstance(library, name)))
  example(show, 'strata instance show web')

  const remove = instance
    .command('rm <instance>')
    .description('terminate it, and remove the volumes that go with it; snapshots stay')
    .action(
      inLibrary(async (library, name: string) => (await load()).removeInstance(library, name)),
    )
  example(remove, 'strata instance rm web')
}
