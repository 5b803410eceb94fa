import { type Command, InvalidArgumentError } from 'commander'
import { example } from './options.ts'
import { inLibrary } from './run.ts'
import { addKeyShareCommands } from './sharing-commands.ts'

const load = () => import('./keys.ts')
const loadRecovery = () => import('./recovery-key.ts')

/** Adds `strata key ...` and `strata encryption-by-default ...`. */
export function addKeyCommands(program: Command): void {
  const key = program
    .command('key')
    .description('what volumes and snapshots are encrypted with, by account and region')

  const list = key
    .command('ls')
    .description('list the keys, their states and what cannot be read without them')
    .action(inLibrary(async (library) => (await load()).listKeys(library)))
  example(list, 'strata key ls')

  const create = key
    .command('create <name>')
    .description('make a key; the first one needs a passphrase in STRATA_PASSPHRASE')
    .option('--imported', 'without material of its own: it is brought with `key import`')
    .action(
      inLibrary(async (library, name: string, options: { readonly imported?: boolean }) =>
        (await load()).createKey(library, name, options),
      ),
    )
  example(create, 'strata key create backups')

  addStates(key)
  addKeyShareCommands(key)

  const rotate = key
    .command('rotate <key>')
    .description('give a key new material: data keys are wrapped anew, no block is written')
    .action(inLibrary(async (library, name: string) => (await load()).rotateKey(library, name)))
  example(rotate, 'strata key rotate backups')

  const byDefault = key
    .command('default [key]')
    .description('use a key where none is named, or show which one is used')
    .option('--reset', "use the account's own key again, aws/ebs")
    .action(
      inLibrary(async (library, name: string | undefined, options: { readonly reset?: boolean }) =>
        (await load()).defaultKey(library, name, options),
      ),
    )
  example(byDefault, 'strata key default backups')

  const passphrase = key
    .command('passphrase <file>')
    .description(
      'open the keys with another passphrase from now on, which is in a file; the recovery key is enough for it',
    )
    .action(
      inLibrary(async (library, file: string) => (await load()).changePassphrase(library, file)),
    )
  example(passphrase, 'strata key passphrase new-passphrase.txt')

  addRecovery(key)

  const encryption = program
    .command('encryption-by-default <state>')
    .description('encrypt all that is new in this account and region: on, off or show')
    .action(
      inLibrary(async (library, word: string) => (await load()).encryptionByDefault(library, word)),
    )
  example(encryption, 'strata encryption-by-default on')
}

function addRecovery(key: Command): void {
  const recovery = key
    .command('recovery')
    .description('the recovery key, which opens the keys when their passphrase is lost')

  const create = recovery
    .command('create')
    .description('make a recovery key, tell it once, and let an older one open nothing any more')
    .option('--to <file>', 'save it to a new file that only you may read, and print it nowhere')
    .action(
      inLibrary(async (library, options: { readonly to?: string }) =>
        (await loadRecovery()).createRecoveryKey(library, options),
      ),
    )
  example(create, 'strata key recovery create --to recovery-key.txt')

  const status = recovery
    .command('status')
    .description('tell whether there is a recovery key, and when it was made')
    .action(inLibrary(async (library) => (await loadRecovery()).showRecoveryKey(library)))
  example(status, 'strata key recovery status')

  const remove = recovery
    .command('remove')
    .description('let the recovery key open nothing any more; the keys have to be open')
    .action(inLibrary(async (library) => (await loadRecovery()).removeRecoveryKey(library)))
  example(remove, 'strata key recovery remove')
}

function addStates(key: Command): void {
  const enable = key
    .command('enable <key>')
    .description('let a disabled key be used again')
    .action(inLibrary(async (library, name: string) => (await load()).enableKey(library, name)))
  example(enable, 'strata key enable backups')

  const disable = key
    .command('disable <key>')
    .description('let nothing be read or written with a key until it is enabled again')
    .action(inLibrary(async (library, name: string) => (await load()).disableKey(library, name)))
  example(disable, 'strata key disable backups')

  const schedule = key
    .command('schedule-deletion <key>')
    .description('delete a key after some days: what it encrypts can be read by nobody then')
    .option('--days <days>', 'how many, 7 to 30', days, 30)
    .action(
      inLibrary(async (library, name: string, options: { readonly days: number }) =>
        (await load()).scheduleDeletion(library, name, options),
      ),
    )
  example(schedule, 'strata key schedule-deletion backups --days 7')

  const cancel = key
    .command('cancel-deletion <key>')
    .description('keep a key that was to be deleted; it is disabled then')
    .action(
      inLibrary(async (library, name: string) => (await load()).cancelDeletion(library, name)),
    )
  example(cancel, 'strata key cancel-deletion backups')

  const bring = key
    .command('import <key> <file>')
    .description('bring the material of an imported key: a file of 32 random bytes')
    .action(
      inLibrary(async (library, name: string, file: string) =>
        (await load()).importMaterial(library, name, file),
      ),
    )
  example(bring, 'strata key import backups material.bin')

  const take = key
    .command('remove-material <key>')
    .description('take the material of an imported key away, until it is brought again')
    .action(
      inLibrary(async (library, name: string) => (await load()).removeMaterial(library, name)),
    )
  example(take, 'strata key remove-material backups')
}

function days(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is not a number of days.')
}
