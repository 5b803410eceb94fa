import { type Command, Option } from 'commander'
import type {
  CopyOptions,
  ImageLaunchOptions,
  PermissionOptions,
  RegisterOptions,
} from './images.ts'
import { addLaunchOptions } from './instance-commands.ts'
import { allOrSeveral, example, several, sizesOf, valuesOf, valuesOrAll } from './options.ts'
import { inLibrary } from './run.ts'

const load = () => import('./images.ts')

/** Adds `strata image ...`. */
export function addImageCommands(program: Command): void {
  const image = program
    .command('image')
    .description('snapshots that instances can be launched from, and who may')
  addMakingCommands(image)
  addUsingCommands(image)

  const list = image
    .command('ls')
    .description('list the images that can be launched')
    .action(inLibrary(async (library) => (await load()).listImages(library)))
  example(list, 'strata image ls')

  const show = image
    .command('show <image>')
    .description('show an image: what it maps, what it is for, who may launch it')
    .action(inLibrary(async (library, name: string) => (await load()).about(library, name)))
  example(show, 'strata image show web-1.0')
}

function addMakingCommands(image: Command): void {
  const create = image
    .command('create <instance>')
    .description('make an image of an instance: snapshots of all its volumes at one moment')
    .requiredOption('--name <name>', 'name of the image')
    .option('--description <text>', 'a line about it')
    .option('--no-reboot', 'take the volumes as a power failure would leave them')
    .action(
      inLibrary(
        async (
          library,
          name: string,
          options: { name: string; description?: string; reboot: boolean },
        ) => (await load()).createImage(library, name, options),
      ),
    )
  example(create, 'strata image create web --name web-1.0')

  const register = image
    .command('register')
    .description('make an image of snapshots that are there')
    .requiredOption('--name <name>', 'name of the image')
    .requiredOption('--root <snapshot>', 'what an instance boots from')
    .option('--root-device <device>', 'its device name', '/dev/sda1')
    .option(
      '--data <device=snapshot>',
      'a data volume made from a snapshot; can be repeated',
      valuesOf,
    )
    .option('--empty <device=size>', 'an empty data volume; can be repeated', sizesOf)
    .option('--description <text>', 'a line about it')
    .addOption(
      new Option('--architecture <name>', 'of the machine (default: x86_64)').choices([
        'x86_64',
        'arm64',
        'i386',
      ]),
    )
    .addOption(
      new Option('--boot-mode <name>', 'of the machine (default: uefi-preferred)').choices([
        'legacy-bios',
        'uefi',
        'uefi-preferred',
      ]),
    )
    .action(
      inLibrary(async (library, options: RegisterOptions) =>
        (await load()).registerImage(library, options),
      ),
    )
  example(register, 'strata image register --name web-1.0 --root A --data /dev/sdf=D')

  const copy = image
    .command('copy <image>')
    .description('copy an image and the snapshots behind it to a region')
    .requiredOption('--to-region <region>', 'where the copy is to lie')
    .option('--name <name>', "name of the copy (default: the image's)")
    .option('--description <text>', 'a line about it')
    .option('--encrypted', 'encrypt the copies of its snapshots')
    .option('--key <key>', 'with this key of the region (default: its default key)')
    .action(
      inLibrary(async (library, name: string, options: CopyOptions) =>
        (await load()).copyImage(library, name, options),
      ),
    )
  example(copy, 'strata image copy web-1.0 --to-region eu-west-1')
}

function addUsingCommands(image: Command): void {
  const launch = addLaunchOptions(
    image
      .command('launch <image>')
      .description('launch an instance with a volume of its own for each device of the image')
      .requiredOption('--name <name>', 'name of the instance')
      .option(
        '--size <device=size>',
        'a larger volume than the image says; can be repeated',
        sizesOf,
      )
      .option(
        '--encrypted [device]',
        'encrypt all volumes, or the one at a device; after the image; can be repeated',
        allOrSeveral,
      )
      .option(
        '--key <key>',
        'with this key, or DEVICE=KEY; can be repeated (default: as for single volumes)',
        valuesOrAll,
      ),
  ).action(
    inLibrary(async (library, name: string, options: ImageLaunchOptions) =>
      (await load()).launchImage(library, name, options),
    ),
  )
  example(launch, 'strata image launch web-1.0 --name web-2')

  const permissions = image
    .command('permissions <image>')
    .description('show or change who may launch an image beside its owner')
    .option('--add <account>', 'let an account launch it, or all; can be repeated', several)
    .option('--remove <account>', 'let an account no longer; can be repeated', several)
    .option('--with-keys', 'share the keys of its encrypted snapshots with those that are added')
    .action(
      inLibrary(async (library, name: string, options: PermissionOptions) =>
        (await load()).changePermissions(library, name, options),
      ),
    )
  example(permissions, 'strata image permissions web-1.0 --add 444455556666')

  const deregister = image
    .command('deregister <image>')
    .description('take an image away; instances, volumes and snapshots stay')
    .option('--delete-snapshots', 'delete its snapshots too, but for those that something keeps')
    .option('--dry-run', 'only tell what deleting its snapshots would give back')
    .action(
      inLibrary(
        async (library, name: string, options: { deleteSnapshots?: boolean; dryRun?: boolean }) =>
          (await load()).deregisterImage(library, name, options),
      ),
    )
  example(deregister, 'strata image deregister web-1.0 --delete-snapshots')
}
