import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { CostJson } from './json.ts'
import { ask, refusal, strata } from './testing/command.ts'
import { Scene, type SnapshotFacts, type SnapshotList } from './testing/scene.ts'

const scene = new Scene()
const MIB = 2 ** 20
const FAR = 'eu-west-1'
/** A of 4 MiB, in both regions; B with 2 more only at home; a volume in each. */
let both: string

const inFar = (...args: string[]) => [...args, '--region', FAR]

beforeAll(async () => {
  both = await scene.library()
  await ask(both, ['region', 'add', FAR])
  await ask(both, ['volume', 'create', 'web', '--size', '8MiB'])
  for (const [name, at, length] of [
    ['A', '0', '4MiB'],
    ['B', '4MiB', '2MiB'],
  ] as const) {
    const where = ['--at', at, '--length', length]
    await ask(both, ['volume', 'write', 'web', '--fill', name, ...where])
    await ask(both, ['snapshot', 'create', 'web', '--name', name])
  }
  await ask(both, ['snapshot', 'copy', 'A', '--to-region', FAR])
  await ask(both, inFar('volume', 'create', 'far', '--size', '1MiB'))
})
afterAll(() => scene.remove())

describe.concurrent('--region', () => {
  const regionsOf = ({ snapshots }: SnapshotList) => snapshots.map(({ region }) => region)

  it('says which of a snapshot and its copy is meant; ids mean one everywhere', async () => {
    const library = scene.copyOf(both)
    const here = await ask<SnapshotFacts>(library, ['snapshot', 'show', 'A'])
    const there = await ask<SnapshotFacts>(library, inFar('snapshot', 'show', 'web/A'))
    expect(here).toMatchObject({ region: 'local', copiedFrom: null })
    expect(there).toMatchObject({ region: FAR, copiedFrom: here.snapshotId })
    expect(await ask(library, inFar('snapshot', 'show', here.snapshotId))).toEqual(here)
    expect(await ask(library, inFar('snapshot', 'show', 'B'))).toMatchObject({ region: 'local' })
    await ask(library, ['region', 'use', FAR])
    expect(await ask(library, ['snapshot', 'show', 'A'])).toEqual(there)
  })

  it('is what a name stands for that is changed or deleted: a copy elsewhere stays', async () => {
    const library = scene.copyOf(both)
    await ask(library, ['snapshot', 'delete', 'A'])
    const error = await refusal(library, ['snapshot', 'delete', 'A'])
    expect(error).toMatchObject({ code: 'NAMED_ELSEWHERE', exitCode: 1 })
    expect(await ask(library, inFar('snapshot', 'delete', 'A'))).toMatchObject({ heldBytes: 0 })
    const taking = await refusal(library, ['snapshot', 'create', 'far'])
    expect(taking.message).toBe(`The volume “far” is not here: it lies in “${FAR}”.`)
  })

  it('is where new volumes are made, for one command; the history tells it', async () => {
    const library = scene.copyOf(both)
    expect(await ask(library, ['volume', 'show', 'far'])).toMatchObject({ region: FAR })
    const image = scene.image(10)
    expect(await ask(library, inFar('volume', 'import', image, '--name', 'linked'))).toMatchObject({
      region: FAR,
    })
    expect(await ask(library, ['volume', 'create', 'near', '--size', '1MiB'])).toMatchObject({
      region: 'local',
    })
    await ask(library, ['region', 'use', FAR])
    await ask(library, ['volume', 'create', 'used', '--size', '1MiB'])
    const { steps } = await ask<{ steps: { command: string }[] }>(library, ['history'])
    expect(steps.slice(-5).map(({ command }) => command)).toEqual([
      `strata volume create far --size 1048576 --region ${FAR}`,
      `strata volume import ${image} --name linked --region ${FAR}`,
      'strata volume create near --size 1048576',
      `strata region use ${FAR}`,
      'strata volume create used --size 1048576',
    ])
  })

  it('narrows lists and sizes; without it they tell of all', async () => {
    const library = scene.copyOf(both)
    expect(regionsOf(await ask(library, ['snapshot', 'ls']))).toEqual(['local', 'local', FAR])
    expect(regionsOf(await ask(library, inFar('snapshot', 'ls')))).toEqual([FAR])
    const names = async (args: string[]) =>
      (await ask<{ volumes: { name: string }[] }>(library, args)).volumes.map(({ name }) => name)
    expect(await names(['volume', 'ls'])).toEqual(['web', 'far'])
    expect(await names(inFar('volume', 'ls'))).toEqual(['far'])
    expect(await ask(library, ['stats'])).toMatchObject({ storedBytes: 10 * MIB, volumeCount: 2 })
    expect(await ask(library, inFar('stats'))).toMatchObject({
      ...{ storedBytes: 4 * MIB, volumeCount: 1, snapshotCount: 1 },
      regions: [{ name: FAR, storedBytes: 4 * MIB, isCurrent: true }],
    })
  })

  it('narrows costs', async () => {
    const library = scene.copyOf(both)
    const costs = async (args: string[]) => {
      const told = await ask<z.infer<typeof CostJson>>(library, args)
      return { of: told.region, stored: told.stored.formula, count: told.snapshots.length }
    }
    expect(await costs(['cost'])).toMatchObject({ of: null, count: 3 })
    const far = { of: FAR, stored: expect.stringMatching(/^0\.00390625 GiB x /), count: 1 }
    expect(await costs(inFar('cost'))).toEqual(far)
  })

  it('has its column where there is more than one', async () => {
    const library = scene.copyOf(both)
    const run = async (...args: string[]) =>
      (await strata(['--library', library, ...args])).stdout.replace(/ +/g, ' ').split('\n')
    const listed = await run('snapshot', 'ls')
    expect(listed[0]).toMatch(/^ID NAME VOLUME REGION PARENT /)
    expect(listed).toContainEqual(expect.stringMatching(/^snap-\w+ A web eu-west-1 - /))
    expect(listed).toContainEqual(expect.stringMatching(/^Stored in the library: 10 MiB, /))
    expect(await run('snapshot', 'ls', '--region', FAR)).toContainEqual(
      expect.stringMatching(/^Stored in eu-west-1: 4 MiB, /),
    )
    expect((await run('volume', 'ls'))[0]).toBe('ID NAME REGION KIND SIZE SNAPSHOTS STATE')
    expect(await run('volume', 'show', 'far')).toContain(`Region ${FAR}`)
    expect(await run('region', 'ls')).toEqual([
      'REGION VOLUMES SNAPSHOTS STORED ON DISK',
      'local current 1 2 6 MiB 0 B',
      `${FAR} 1 1 4 MiB 0 B`,
      '',
    ])
    expect(await run('stats')).toContain(`${FAR} 1 1 4 MiB 0 B`)
    const alone = await strata(['--library', await scene.library(), 'volume', 'ls'])
    expect(alone.stdout).not.toContain('REGION')
  })
})
