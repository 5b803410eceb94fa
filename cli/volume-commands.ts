import type { Command } from 'commander'
import { addLoadingCommands } from './loading-commands.ts'
import { type NewVolumeOptions, newVolumeOf } from './new-volume.ts'
import {
  type EncryptionOptions,
  encryptionOptions,
  example,
  loadRate,
  offsets,
  size,
} from './options.ts'
import { inLibrary } from './run.ts'
import { type WriteOptions, writeRequestOf } from './write-request.ts'

const load = () => import('./volumes.ts')

/** Adds `strata volume ...`. */
export function addVolumeCommands(program: Command): void {
  const volume = program
    .command('volume')
    .description('disks that change: linked images and managed volumes')

  const create = encryptionOptions(volume.command('create <name>'))
    .description('make a managed volume: an empty one, or one that reads what a snapshot reads')
    .option(
      '--size <size>',
      "size of the volume, 64TiB at the most (default: the snapshot's)",
      size,
    )
    .option('--snapshot <snapshot>', 'make it of this snapshot')
    .option('--rate <MiB/s>', 'load it at 100 to 300 MiB/s (default: unlimited)', loadRate)
    .option('--no-wait', 'do not wait until it is loaded: that goes on when the app is open')
    .action(async (name: string, options: NewVolumeOptions, command: Command) => {
      const request = await newVolumeOf(options)
      return inLibrary(async (library) =>
        'snapshot' in request
          ? (await import('./loading.ts')).createFromSnapshot(library, name, request)
          : (await load()).createVolume(library, name, request),
      )(command)
    })
  example(create, 'strata volume create web --size 15GiB')

  const importing = encryptionOptions(volume.command('import <file>'))
    .description('link a raw disk image, which is only ever read')
    .option('--name <name>', "name of the volume (default: the file's)")
    .option('--copy', 'copy it into the library instead: a managed volume that can be written')
    .action(
      inLibrary(
        async (
          library,
          file: string,
          options: { name?: string; copy?: boolean } & EncryptionOptions,
        ) => (await load()).importVolume(library, file, options),
      ),
    )
  example(importing, 'strata volume import disk.img --name web')

  const write = volume
    .command('write <volume>')
    .description('write into a managed volume, from a file or from a seed')
    .requiredOption('--at <offset>', 'where, in bytes; with --fill it can be repeated', offsets)
    .option('--file <file>', 'write all bytes of this file')
    .option('--fill <seed>', 'write bytes made from this seed; they take no room on the disk')
    .option('--length <size>', 'how much to fill', size)
    .action((name: string, options: WriteOptions, command: Command) => {
      const request = writeRequestOf(options)
      return inLibrary(async (library) => (await load()).writeVolume(library, name, request))(
        command,
      )
    })
  example(write, 'strata volume write web --at 0 --fill monday --length 10GiB')

  const resize = volume
    .command('resize <volume>')
    .description('make a managed volume larger; volumes never shrink')
    .requiredOption('--size <size>', 'the new size', size)
    .action(
      inLibrary(async (library, name: string, options: { size: number }) =>
        (await load()).resizeVolume(library, name, options),
      ),
    )
  example(resize, 'strata volume resize web --size 20GiB')

  const rename = volume
    .command('rename <volume> <name>')
    .description('give a volume another name')
    .action(
      inLibrary(async (library, name: string, newName: string) =>
        (await load()).renameVolume(library, name, newName),
      ),
    )
  example(rename, 'strata volume rename web website')

  const list = volume
    .command('ls')
    .description('list the volumes')
    .action(inLibrary(async (library) => (await load()).listVolumes(library)))
  example(list, 'strata volume ls')

  const show = volume
    .command('show <volume>')
    .description('show one volume')
    .action(inLibrary(async (library, name: string) => (await load()).showVolume(library, name)))
  example(show, 'strata volume show web')

  const remove = volume
    .command('rm <volume>')
    .description('forget an image, or remove the data of a managed volume; its snapshots stay')
    .action(inLibrary(async (library, name: string) => (await load()).removeVolume(library, name)))
  example(remove, 'strata volume rm web')

  addLoadingCommands(volume)
}
