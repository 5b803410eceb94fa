import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../core/engine/engine.ts'
import { ask, builtCommand, refusal } from './testing/command.ts'
import { expectRefused, Scene } from './testing/scene.ts'

const scene = new Scene()
let filled: string

/** Two volumes of 8 MiB, with a snapshot of one name each; the first has another one. */
beforeAll(async () => {
  filled = await scene.library()
  for (const name of ['web', 'db']) {
    await ask(filled, ['volume', 'create', name, '--size', '8MiB'])
    await ask(filled, ['volume', 'write', name, '--at', '0', '--fill', name, '--length', '4MiB'])
    await ask(filled, ['snapshot', 'create', name, '--name', 'monday'])
  }
  await ask(filled, ['snapshot', 'create', 'web', '--name', 'tuesday'])
  const image = scene.image(1_024)
  await ask(filled, ['volume', 'import', image, '--name', 'linked'])
})
afterAll(() => scene.remove())

describe.concurrent('wrong ids and names', () => {
  const unknownVolume = 'vol-0123456789abcdef0'
  const unknownSnapshot = 'snap-0123456789abcdef0'

  it.each([
    ['volume show', ['volume', 'show', unknownVolume], 'InvalidVolume.NotFound', /'vol-0\w+'/],
    ['volume rm', ['volume', 'rm', 'nowhere'], 'InvalidVolume.NotFound', /'nowhere'/],
    ['volume ls of an id', ['snapshot', 'ls', '--volume', 'x'], 'InvalidVolume.NotFound', /'x'/],
    ['snapshot create', ['snapshot', 'create', 'nope'], 'InvalidVolume.NotFound', /'nope'/],
    [
      'snapshot show',
      ['snapshot', 'show', unknownSnapshot],
      'InvalidSnapshot.NotFound',
      /'snap-0\w+'/,
    ],
    ['snapshot diff', ['snapshot', 'diff', 'tuesday', 'x'], 'InvalidSnapshot.NotFound', /'x'/],
    [
      'delete one of two',
      ['snapshot', 'delete', 'tuesday', 'x'],
      'InvalidSnapshot.NotFound',
      /'x'/,
    ],
    [
      'a name of two',
      ['snapshot', 'delete', 'monday'],
      'NAME_AMBIGUOUS',
      /“monday”: snap-.*, snap-/,
    ],
    [
      'the root of an image',
      ['image', 'register', '--name', 'base', '--root', unknownSnapshot],
      'InvalidSnapshotID.NotFound',
      /^The snapshot ID 'snap-0\w+' does not exist$/,
    ],
    [
      'a volume of what is not there',
      ['volume', 'create', 'v2', '--snapshot', unknownSnapshot],
      'InvalidSnapshot.NotFound',
      /^Snapshot does not exist$/,
    ],
    [
      'a volume of nothing',
      ['volume', 'create', 'v2'],
      'MissingParameter',
      /^The request must contain the parameter size\/snapshot$/,
    ],
    [
      'shared and not shared at once',
      ['snapshot', 'share', 'tuesday', '--add', 'all', '--remove', '222233334444'],
      'InvalidParameterCombination',
      /^One and only one operation type may be specified for createVolumePermissions$/,
    ],
    [
      'a copy of what cannot be an id',
      ['snapshot', 'copy', 'snap-zz', '--to-region', 'local'],
      'InvalidParameterValue',
      /^The specified snapshotId is invalid$/,
    ],
    [
      'what cannot be an id',
      ['describe', 'snapshots', 'snap-x'],
      'InvalidSnapshotID.Malformed',
      /^Value \( snap-x \) for parameter SNAPSHOT is invalid\.$/,
    ],
    ['undo of nothing', ['undo'], 'NOTHING_TO_UNDO', /no deletion/],
    [
      'a control character',
      ['volume', 'show', '\u001b[2J'],
      'InvalidVolume.NotFound',
      /'\\u\{1b\}\[2J'/,
    ],
  ])('%s', async (_, args, code, says) => {
    await expectRefused(scene, filled, { code, says }, args)
  })

  it('the volume tells two of one name apart', async () => {
    const library = scene.copyOf(filled)
    const ofDb = await ask<{ snapshotId: string }>(library, ['snapshot', 'show', 'db/monday'])
    const ofWeb = await ask<{ snapshotId: string }>(library, ['snapshot', 'show', 'web/monday'])
    expect(ofDb.snapshotId).not.toBe(ofWeb.snapshotId)
  })
})

describe.concurrent('names that are refused', () => {
  const names: [what: string, name: string, code: string, says: RegExp][] = [
    ['empty', '', 'NAME_REFUSED', /“” is empty/],
    ['blank', ' \u00a0 ', 'NAME_REFUSED', /is empty/],
    ['huge', 'n'.repeat(256), 'NAME_REFUSED', /has 256 characters, more than 255/],
    ['endless', 'n'.repeat(100_000), 'NAME_REFUSED', /has 100000 characters/],
    ['with a control character', 'a\u001b[31mb', 'NAME_REFUSED', /“a\\u\{1b\}\[31mb” contains/],
    ['of two lines', 'a\nb', 'NAME_REFUSED', /“a\\u\{a\}b” contains/],
    ['that turns text round', 'gpj.\u202egmi', 'NAME_REFUSED', /“gpj\.\\u\{202e\}gmi” contains/],
    ['that isolates text', 'a\u2067b', 'NAME_REFUSED', /\\u\{2067\}/],
    ['invisible', '\u200b\u2060', 'NAME_REFUSED', /has nothing in it that can be seen/],
    ['like an id', 'vol-0123456789abcdef0', 'NAME_REFUSED', /looks like an id/],
  ]

  it.each(names)('volume: %s', async (_, name, code, says) => {
    const create = ['volume', 'create', name, '--size', '1MiB']
    await expectRefused(scene, filled, { code, says }, create)
  })

  // One and the same check: a few of them show that it is made here too.
  it.each(names.filter(([what]) => /empty|huge|turns/.test(what)))(
    'snapshot: %s',
    async (_, name, code, says) => {
      const create = ['snapshot', 'create', 'web', '--name', name]
      await expectRefused(scene, filled, { code, says }, create)
    },
  )

  it('so is a description that is too long', async () => {
    const args = ['snapshot', 'create', 'web', '--description', 'd'.repeat(256)]
    const says = 'The description has 256 characters, more than 255.'
    await expectRefused(scene, filled, { code: 'DESCRIPTION_REFUSED', says }, args)
  })

  it.each([
    ['of a volume', ['volume', 'create', 'web', '--size', '1MiB'], /volume .*“web”/],
    ['of a renamed volume', ['volume', 'rename', 'db', 'web'], /volume .*“web”/],
    ['of an import', ['volume', 'import', '/dev/null', '--name', 'web'], /./],
    ['of a clone', ['snapshot', 'restore', 'tuesday', '--volume', 'web'], /volume .*“web”/],
    ['of a snapshot', ['snapshot', 'create', 'web', '--name', 'tuesday'], /“tuesday”/],
    ['in another form', ['snapshot', 'create', 'web', '--name', ' tuesday '], /“tuesday”/],
    ['of a renamed one', ['snapshot', 'rename', 'tuesday', 'monday'], /“monday”/],
  ])('duplicate, %s', async (_, args, says) => {
    const code = args.includes('/dev/null') ? 'FILE_IS_DEVICE' : 'NAME_TAKEN'
    await expectRefused(scene, filled, { code, says }, args)
  })

  it('odd ones can be used as the history tells it to a shell', async () => {
    const library = scene.copyOf(filled)
    const name = "-it's $HOME"
    const engine = await Engine.open(library)
    const { volumeId } = await engine.createVolume({ name, sizeBytes: 2 ** 20 })
    const { command } = (await engine.listHistory()).at(-1)!
    await engine.renameVolume({ volumeId, name: 'plain' })
    await engine.close()
    const program = `"${process.execPath}" "${builtCommand}" --library "${library}" "$@"`
    execFileSync('sh', ['-c', `strata() { ${program}; }; ${command}`], { stdio: 'pipe' })
    expect(await ask(library, ['volume', 'show', '--', name])).toMatchObject({ sizeBytes: 2 ** 20 })
  })

  it('right-to-left letters and wide ones are names like any other', async () => {
    const library = scene.copyOf(filled)
    for (const name of ['שלום', 'مرحبا', '漢字', 'e\u0301']) {
      const made = await ask(library, ['volume', 'create', name, '--size', '1MiB'])
      expect(made).toMatchObject({ name: name.normalize('NFC') })
      expect(await ask(library, ['volume', 'show', name])).toEqual(made)
    }
  })
})

describe.concurrent('writes and sizes that do not fit', () => {
  const write = (at: string, length: string) => [
    ...['volume', 'write', 'web', '--at', at, '--fill', 's', '--length', length],
  ]

  it.each([
    ['past the end', write('8MiB', '1'), 'RANGE_REFUSED', /Bytes 8388608 to 8388609 .*“web” end/],
    ['across the end', write('7MiB', '2MiB'), 'RANGE_REFUSED', /end after its 8388608 bytes/],
    ['of nothing', write('0', '0'), 'RANGE_REFUSED', /are none/],
    ['far away', write('8000TiB', '1'), 'RANGE_REFUSED', /end after/],
    [
      'over itself',
      [...write('0', '1MiB'), '--at', '512KiB'],
      'RANGE_REFUSED',
      /overlap with another part/,
    ],
    [
      'to an image',
      ['volume', 'write', 'linked', '--at', '0', '--fill', 's', '--length', '1'],
      'VOLUME_IS_LINKED',
      /“linked”/,
    ],
    ['shrinking', ['volume', 'resize', 'web', '--size', '1MiB'], 'SIZE_REFUSED', /1048576/],
    ['growing an image', ['volume', 'resize', 'linked', '--size', '1GiB'], 'VOLUME_IS_LINKED', /./],
    ['too large', ['volume', 'resize', 'web', '--size', '65TiB'], 'SIZE_REFUSED', /71468255805440/],
    ['of no size', ['volume', 'create', 'x', '--size', '0'], 'SIZE_REFUSED', /0 bytes/],
    ['larger than EBS', ['volume', 'create', 'x', '--size', '65TiB'], 'SIZE_REFUSED', /bytes/],
    [
      'a clone smaller than its snapshot',
      ['snapshot', 'restore', 'tuesday', '--volume', 'x', '--size', '1MiB'],
      'SIZE_REFUSED',
      /1048576/,
    ],
    [
      'a file for a managed volume',
      ['snapshot', 'create', 'web', '--from', '/dev/null'],
      'VOLUME_IS_MANAGED',
      /“web”/,
    ],
  ])('%s', async (_, args, code, says) => {
    await expectRefused(scene, filled, { code, says }, args)
  })

  it('a file that is longer than the room for it', async () => {
    const file = scene.image(1_025, 'long.bin')
    const at = String(8 * 2 ** 20 - 1_024)
    await expectRefused(scene, filled, { code: 'RANGE_REFUSED', says: /end after/ }, [
      ...['volume', 'write', 'web', '--at', at, '--file', file],
    ])
  })

  it('a removed volume', async () => {
    const library = scene.copyOf(filled)
    await ask(library, ['volume', 'rm', 'web'])
    for (const args of [
      ['snapshot', 'create', 'web'],
      ['volume', 'rm', 'web'],
    ]) {
      expect(await refusal(library, args)).toMatchObject({ code: 'VOLUME_REMOVED', exitCode: 1 })
    }
    expect(await ask(library, ['snapshot', 'show', 'tuesday'])).toMatchObject({ name: 'tuesday' })
  })
})
