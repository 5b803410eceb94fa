import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { CopyJson, CopyPlanJson, LibraryJson, RegionListJson } from './json.ts'
import { ask, strata } from './testing/command.ts'
import { Scene, type SnapshotFacts, sha256Of } from './testing/scene.ts'

type Copy = z.infer<typeof CopyJson>
type CopyPlan = z.infer<typeof CopyPlanJson>
type RegionList = z.infer<typeof RegionListJson>

const scene = new Scene()
const GIB = 2 ** 30
const FAR = 'eu-west-1'
/** A of 10 GiB, B with 4 of them written anew, C with 2 more; and a second region. */
let three: string

beforeAll(async () => {
  three = await scene.library()
  await ask(three, ['region', 'add', FAR])
  await ask(three, ['volume', 'create', 'web', '--size', '15GiB'])
  for (const [name, at, length] of [
    ['A', '0', '10GiB'],
    ['B', '6GiB', '4GiB'],
    ['C', '10GiB', '2GiB'],
  ] as const) {
    const where = ['--at', at, '--length', length]
    await ask(three, ['volume', 'write', 'web', '--fill', name, ...where])
    await ask(three, ['snapshot', 'create', 'web', '--name', name])
  }
})
afterAll(() => scene.remove())

/** Copies, after checking that a dry run tells the same. */
async function copy(library: string, name: string, region = FAR): Promise<Copy> {
  const args = ['snapshot', 'copy', name, '--to-region', region]
  const plan = await ask<CopyPlan>(library, [...args, '--dry-run'])
  const made = await ask<Copy>(library, args)
  expect(made).toMatchObject(plan)
  return made
}

/** GiB stored, by region, after checking that they sum to what the library stores. */
async function stored(library: string): Promise<Record<string, number>> {
  const stats = await ask<z.infer<typeof LibraryJson>>(library, ['stats'])
  const { regions } = await ask<RegionList>(library, ['region', 'ls'])
  expect(stats.regions).toEqual(regions)
  expect(regions.reduce((sum, { storedBytes }) => sum + storedBytes, 0)).toBe(stats.storedBytes)
  return Object.fromEntries(regions.map(({ name, storedBytes }) => [name, storedBytes / GIB]))
}

const inFar = (...args: string[]) => [...args, '--region', FAR]

describe.concurrent('worked examples', () => {
  it('W20: copies of A, B and C move 10, 4 and 2 GiB, and 16 are stored there', async () => {
    const library = scene.copyOf(three)
    const copies = [await copy(library, 'A'), await copy(library, 'B'), await copy(library, 'C')]
    expect(copies.map(({ movedBytes }) => movedBytes / GIB)).toEqual([10, 4, 2])
    expect(copies.map(({ incremental }) => incremental)).toEqual([false, true, true])
    expect(copies.map(({ baseId }) => baseId)).toEqual([
      null,
      copies[0]?.snapshotId,
      copies[1]?.snapshotId,
    ])
    expect(await stored(library)).toEqual({ local: 16, [FAR]: 16 })
  })

  it('W21: with the newest copy deleted the third is full, 12 GiB', async () => {
    const library = scene.copyOf(three)
    await copy(library, 'A')
    const { snapshotId } = await copy(library, 'B')
    const told = { newestCopyIds: [snapshotId] }
    const deleting = inFar('snapshot', 'delete', 'B')
    expect(await ask(library, [...deleting, '--dry-run'])).toMatchObject(told)
    const { stdout } = await strata(['--library', library, ...deleting])
    expect(stdout).toMatch(/^B was the newest copy in eu-west-1: the next copy there is full\.$/m)
    expect(await copy(library, 'C')).toMatchObject({
      incremental: false,
      fullBecause: 'newest-copy-deleted',
      movedBytes: 12 * GIB,
      snapshot: { name: 'C', region: FAR, storedHereBytes: 12 * GIB },
    })
    expect(await stored(library)).toEqual({ local: 16, [FAR]: 22 })
  })

  it('W22: with an older copy deleted the third moves 2 GiB, and 12 are left', async () => {
    const library = scene.copyOf(three)
    await copy(library, 'A')
    await copy(library, 'B')
    const deleted = await ask(library, inFar('snapshot', 'delete', 'A'))
    expect(deleted).toMatchObject({ releasedBytes: 4 * GIB })
    expect(await copy(library, 'C')).toMatchObject({ incremental: true, movedBytes: 2 * GIB })
    expect(await stored(library)).toEqual({ local: 16, [FAR]: 12 })
  })

  it('W24: in its own region a copy moves nothing and stores nothing', async () => {
    const library = scene.copyOf(three)
    const b = await ask<SnapshotFacts>(library, ['snapshot', 'show', 'B'])
    expect(await copy(library, 'B', 'local')).toMatchObject({
      copiedFrom: b.snapshotId,
      baseId: b.snapshotId,
      incremental: true,
      movedBytes: 0,
      snapshot: { name: 'B (2)', fullBytes: 10 * GIB, storedHereBytes: 0 },
    })
    expect(await stored(library)).toEqual({ local: 16, [FAR]: 0 })
  })
})

describe.concurrent('a copy', () => {
  it('of real bytes outlives its source, byte for byte', async () => {
    const library = await scene.library()
    await ask(library, ['region', 'add', FAR])
    const image = scene.image()
    await ask(library, ['volume', 'import', image, '--name', 'disk'])
    await ask(library, ['snapshot', 'create', 'disk', '--name', 'first'])
    const first = sha256Of(image)
    await copy(library, 'first')
    writeFileSync(image, randomBytes(1_000), { flag: 'r+' })
    await ask(library, ['snapshot', 'create', 'disk', '--name', 'second'])
    await copy(library, 'second')
    await ask(library, ['snapshot', 'delete', 'first', 'second'])
    const digests = new Map([
      ['first', first],
      ['second', sha256Of(image)],
    ])
    for (const [name, digest] of digests) {
      const target = scene.path(`${name}.img`)
      await ask(library, ['snapshot', 'restore', name, '--to', target])
      expect(sha256Of(target)).toBe(digest)
    }
    expect(await ask(library, ['verify', '--deep'])).toMatchObject({ ok: true })
  })

  it('is not made by a dry run, which changes nothing', async () => {
    const library = scene.copyOf(three)
    const stateOf = async () => [
      await ask(library, ['stats']),
      await ask(library, ['snapshot', 'ls']),
      await ask(library, ['history']),
    ]
    const before = await stateOf()
    await ask(library, ['snapshot', 'copy', 'A', '--to-region', FAR, '--dry-run'])
    expect(await stateOf()).toEqual(before)
  })

  it('tells people what moves, and why', async () => {
    const library = scene.copyOf(three)
    const run = async (...args: string[]) => {
      const outcome = await strata(['--library', library, 'snapshot', ...args])
      expect(outcome).toMatchObject({ exitCode: 0, stderr: '' })
      return outcome.stdout.replace(/snap-\w+/g, 'ID')
    }
    const toFar = ['--to-region', FAR]
    expect(await run('copy', 'A', ...toFar, '--dry-run')).toBe(
      `Copying A to ${FAR}\nMoves  10 GiB\nFull   the first copy of a snapshot of web to ${FAR}\n`,
    )
    expect(await run('copy', 'A', ...toFar, '--name', 'far', '--description', 'kept')).toBe(
      `Copied A to ${FAR}: far (ID)\nMoved  10 GiB\nFull   the first copy of a snapshot of web to ${FAR}\n`,
    )
    expect(await run('copy', 'B', ...toFar)).toBe(
      `Copied B to ${FAR}: B (ID)\nMoved        4 GiB\nIncremental  over far (ID), the newest copy there\n`,
    )
    await run('delete', 'B', '--region', FAR)
    expect(await run('copy', 'C', ...toFar, '--dry-run')).toContain(
      `Full   the newest copy of a snapshot of web to ${FAR} was deleted\n`,
    )
    expect(await run('copy', 'C', '--to-region', 'local')).toBe(
      'Copied C to local: C (2) (ID)\nMoved        0 B\nIncremental  in its own region it reads the blocks of its source\n',
    )
    const shown = await run('show', 'far')
    expect(shown).toMatch(/^Description +kept$/m)
    expect(shown).toMatch(new RegExp(`^Region +${FAR}$`, 'm'))
    expect(shown).toMatch(/^Copy of +A in local \(ID\)$/m)
    await run('delete', 'A')
    expect(await run('show', 'far')).toMatch(/^Copy of +ID, which was deleted$/m)
  })
})
