import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copySnapshot } from './copies.ts'
import { Library } from './library.ts'
import { ProgressBar } from './progress-bar.ts'
import { ask, refusal, strata } from './testing/command.ts'
import { expectRefused, Scene } from './testing/scene.ts'

const scene = new Scene()
const FAR = 'eu-west-1'
let filled: string

/** A volume with two snapshots, the first of which is copied to a second region. */
beforeAll(async () => {
  filled = await scene.library()
  await ask(filled, ['region', 'add', FAR])
  await ask(filled, ['volume', 'create', 'web', '--size', '8MiB'])
  await ask(filled, ['volume', 'write', 'web', '--at', '0', '--fill', 's', '--length', '4MiB'])
  for (const name of ['A', 'B']) await ask(filled, ['snapshot', 'create', 'web', '--name', name])
  await ask(filled, ['snapshot', 'copy', 'A', '--to-region', FAR])
})
afterAll(() => scene.remove())

describe.concurrent('a region that is not there', () => {
  const says = /“mars-1” is not a valid region name\./
  const copy = ['snapshot', 'copy', 'A', '--to-region', 'mars-1']

  it.each([
    [copy],
    [[...copy, '--dry-run']],
    [['region', 'use', 'mars-1']],
    ...[
      ['snapshot', 'ls'],
      ['volume', 'create', 'x', '--size', '1MiB'],
      ['region', 'add', 'us-east-1'],
      ['stats'],
      ['verify'],
    ].map((args) => [[...args, '--region', 'mars-1']]),
  ])('%j', async (args) => {
    await expectRefused(scene, filled, { code: 'InvalidRegion', says }, args)
  })

  it.each(['', 'EU-WEST-1', 'eu-west', '../local'])('is one called %j', async (region) => {
    const args = ['stats', '--region', region]
    await expectRefused(scene, filled, { code: 'InvalidRegion', says: /“.*” is not/ }, args)
  })

  it('is any but the first of a library that is about to be made; none is left', async () => {
    const path = scene.path('new.strata')
    const error = await refusal(path, ['init', '--region', FAR])
    expect(error).toMatchObject({ code: 'InvalidRegion', exitCode: 1 })
    expect(existsSync(path)).toBe(false)
    const home = scene.folderAt('home')
    const env = { STRATA_LIBRARY: undefined, XDG_DATA_HOME: home }
    const first = await strata(['--json', 'stats', '--region', FAR], { env })
    expect(first).toMatchObject({ exitCode: 1, stderr: '' })
    expect(JSON.parse(first.stdout)).toMatchObject({ error: { code: 'InvalidRegion' } })
    expect(existsSync(`${home}/strata`)).toBe(false)
    expect(await ask(path, ['init', '--region', 'local'])).toMatchObject({
      regions: [{ name: 'local', isCurrent: true }],
    })
  })
})

describe.concurrent('adding a region', () => {
  it.each(['', 'a', 'Mars-1', 'mars 1', '../mars', '1-mars', 'mars-', 'm'.repeat(41), 'mаrs-1'])(
    'refuses the name %j',
    async (name) => {
      const says = /“.*” cannot be the name of a region\./
      const args = ['region', 'add', name]
      await expectRefused(scene, filled, { code: 'REGION_NAME_REFUSED', says }, args)
    },
  )

  it.each(['local', FAR])('refuses %s a second time', async (name) => {
    const says = new RegExp(`There is a region “${name}” already`)
    await expectRefused(scene, filled, { code: 'REGION_EXISTS', says }, ['region', 'add', name])
  })

  it('refuses more than one at a time', async () => {
    const says = /Too many arguments/
    await expectRefused(scene, filled, { code: 'USAGE', says, exitCode: 2 }, [
      ...['region', 'add', 'mars-1', 'mars-2'],
    ])
  })
})

describe.concurrent('copying', () => {
  const copy = (name: string, ...options: string[]) => [
    ...['snapshot', 'copy', name, '--to-region', FAR, ...options],
  ]

  it.each([
    ['an unknown name', copy('Z'), 'InvalidSnapshot.NotFound', /'Z'/],
    [
      'an unknown id, dry',
      copy(`snap-${'1'.repeat(17)}`, '--dry-run'),
      'InvalidSnapshot.NotFound',
      /'snap-1+'/,
    ],
    ['an unknown one, dry', copy('Z', '--dry-run'), 'InvalidSnapshot.NotFound', /'Z'/],
    ['a name that is taken there', copy('B', '--name', ' A '), 'NAME_TAKEN', /called “A”/],
    ['no name', copy('B', '--name', ''), 'NAME_REFUSED', /“” is empty/],
    [
      'an endless description',
      copy('A', '--description', 'd'.repeat(256)),
      'DESCRIPTION_REFUSED',
      /256 characters, more than 255/,
    ],
    [
      'a name that looks like an id',
      copy('B', '--name', `vol-${'0'.repeat(17)}`),
      'NAME_REFUSED',
      /like an id/,
    ],
  ])('refuses %s', async (_, args, code, says) => {
    await expectRefused(scene, filled, { code, says }, args)
  })

  it('needs a region', async () => {
    const says = /--to-region <region>' not specified/
    const args = ['snapshot', 'copy', 'A']
    await expectRefused(scene, filled, { code: 'USAGE', says, exitCode: 2 }, args)
  })

  it('takes a name that only another region uses', async () => {
    const library = scene.copyOf(filled)
    const made = await ask(library, copy('A', '--name', 'B'))
    expect(made).toMatchObject({ snapshot: { name: 'B', region: FAR } })
  })

  it('fails for what cannot be copied, as EBS does, and says why', async () => {
    const library = await Library.open({
      ...{
        path: scene.copyOf(filled),
        region: undefined,
        account: undefined,
        command: 'snapshot copy',
      },
      progress: new ProgressBar({ write: () => {} }),
      note: () => {},
    })
    try {
      const { volumes } = await library.engine.describeLibrary()
      const { volumeId } = volumes[0]!
      const taking = await library.engine.takeSnapshot({ volumeId, name: 'soon' })
      const planned = copySnapshot(library, 'soon', { toRegion: FAR, dryRun: true })
      await expect(planned).rejects.toMatchObject({ code: 'SNAPSHOT_NOT_READY' })
      for (const [source, message] of [
        ['soon', 'Source snapshot is not complete'],
        [`snap-${'1'.repeat(17)}`, 'Source snapshot is not found'],
      ] as const) {
        const copying = copySnapshot(library, source, { toRegion: FAR })
        await expect(copying).rejects.toMatchObject({ message })
      }
      await library.finish(taking, 'snapshot')
      const made = await copySnapshot(library, 'soon', { toRegion: FAR, minutes: 15 })
      expect(made.json).toMatchObject({ incremental: true, movedBytes: 0, mibPerSecond: 0 })
      expect(made.text).toContain('0 MiB/s')
    } finally {
      await library.close()
    }
  })
})
