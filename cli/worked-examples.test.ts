import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { ask } from './testing/command.ts'
import { Scene, type SnapshotFacts, type SnapshotList, sha256Of } from './testing/scene.ts'

/*
 * The worked examples of Amazon's documentation, played through the command. Sizes are in the unit
 * that an example speaks of; `Fill` is a write: where, and how much.
 */
type Fill = readonly [at: number, length: number]

const scene = new Scene()
afterAll(() => scene.remove())

const MIB = 2 ** 20
const GIB = 2 ** 30

/** 10, then 4 of them rewritten, then 2 more: 16 units stored. */
const SEED_CHAIN: readonly Fill[] = [
  [0, 10],
  [0, 4],
  [10, 2],
]

/** A volume of fill blocks, with a snapshot after each write, called A, B, C. */
async function chain(fills: readonly Fill[], unit: number, size: number): Promise<string> {
  const library = await scene.library()
  await ask(library, ['volume', 'create', 'web', '--size', String(size * unit)])
  for (const [step, [at, length]] of fills.entries()) {
    const place = ['--at', String(at * unit), '--length', String(length * unit)]
    await ask(library, ['volume', 'write', 'web', '--fill', `step ${step}`, ...place])
    await ask(library, ['snapshot', 'create', 'web', '--name', 'ABC'.charAt(step)])
  }
  return library
}

/** Lists, after checking that both sums are what is stored. */
async function list(library: string): Promise<SnapshotList> {
  const answer = await ask<SnapshotList>(library, ['snapshot', 'ls'])
  const sum = (of: (snapshot: SnapshotFacts) => number) =>
    answer.snapshots.reduce((total, snapshot) => total + of(snapshot), 0)
  expect(sum((snapshot) => snapshot.storedHereBytes)).toBe(answer.storedBytes)
  expect(sum((snapshot) => snapshot.fairShareBytes)).toBe(answer.storedBytes)
  return answer
}

async function released(library: string, names: readonly string[]): Promise<number> {
  const plan = await ask<{ releasedBytes: number }>(library, [
    'snapshot',
    'delete',
    ...names,
    '--dry-run',
  ])
  return plan.releasedBytes
}

type Deleted = { releasedBytes: number; storedBytesAfter: number }

async function remove(library: string, names: readonly string[]): Promise<Deleted> {
  const preview = await released(library, names)
  const deleted = await ask<Deleted>(library, ['snapshot', 'delete', ...names])
  expect(deleted.releasedBytes).toBe(preview)
  expect((await list(library)).storedBytes).toBe(deleted.storedBytesAfter)
  return deleted
}

const inUnits = (unit: number, values: readonly number[]) => values.map((value) => value / unit)

describe.concurrent('worked examples', () => {
  it('W1: 250 / 50 / 30 MiB store 330 MiB, and each restores 250', async () => {
    const library = await chain(
      [
        [0, 250],
        [0, 50],
        [100, 30],
      ],
      MIB,
      250,
    )
    const { snapshots, storedBytes } = await list(library)
    expect(
      inUnits(
        MIB,
        snapshots.map((each) => each.storedHereBytes),
      ),
    ).toEqual([250, 50, 30])
    expect(
      inUnits(
        MIB,
        snapshots.map((each) => each.fullBytes),
      ),
    ).toEqual([250, 250, 250])
    expect(storedBytes).toBe(330 * MIB)
    const target = scene.path('w1.img')
    await ask(library, ['snapshot', 'restore', 'C', '--to', target])
    expect(readFileSync(target)).toHaveLength(250 * MIB)
    // W2: the third change beside the second.
    expect(
      inUnits(MIB, await Promise.all(['A', 'B', 'C'].map((name) => released(library, [name])))),
    ).toEqual([50, 0, 30])
  })

  it('W5, W6: 10 / 4 / 2 GiB store 16 GiB; full sizes are 10, 10 and 12', async () => {
    const library = await chain(SEED_CHAIN, GIB, 15)
    const { snapshots, storedBytes } = await list(library)
    expect(storedBytes).toBe(17_179_869_184)
    expect(snapshots.map((each) => each.fullBytes)).toEqual([
      10_737_418_240, 10_737_418_240, 12_884_901_888,
    ])
    expect(
      inUnits(
        GIB,
        snapshots.map((each) => each.storedHereBytes),
      ),
    ).toEqual([10, 4, 2])
    expect(
      inUnits(
        GIB,
        snapshots.map((each) => each.fairShareBytes),
      ),
    ).toEqual([6, 4, 6])
    expect(
      inUnits(
        GIB,
        snapshots.map((each) => each.volumeSizeBytes),
      ),
    ).toEqual([15, 15, 15])
    expect(snapshots.map((each) => each.parentId)).toEqual([
      null,
      snapshots[0]?.snapshotId,
      snapshots[1]?.snapshotId,
    ])
    // W12: B and C together, although alone they release 0 and 2.
    expect(await released(library, ['B', 'C'])).toBe(6 * GIB)
  })

  it('W7: with A and B only, deleting A leaves 10 of 14 GiB', async () => {
    const library = await chain(SEED_CHAIN.slice(0, 2), GIB, 15)
    expect((await list(library)).storedBytes).toBe(14 * GIB)
    const deleted = await remove(library, ['A'])
    expect(inUnits(GIB, [deleted.releasedBytes, deleted.storedBytesAfter])).toEqual([4, 10])
    const [b] = (await list(library)).snapshots
    expect(inUnits(GIB, [b?.addedBytes ?? -1, b?.inheritedBytes ?? -1])).toEqual([4, 6])
  })

  it.each([
    { example: 'W8', names: ['B'], released: 0, left: 16, stored: [10, 6] },
    { example: 'W9', names: ['A'], released: 4, left: 12, stored: [10, 2] },
    { example: 'W10', names: ['C'], released: 2, left: 14, stored: [10, 4] },
    { example: 'W11', names: ['A', 'B'], released: 4, left: 12, stored: [12] },
    { example: 'W12', names: ['B', 'C'], released: 6, left: 10, stored: [10] },
  ])('$example: deleting $names releases $released GiB', async (example) => {
    const library = await chain(SEED_CHAIN, GIB, 15)
    const deleted = await remove(library, example.names)
    expect(inUnits(GIB, [deleted.releasedBytes, deleted.storedBytesAfter])).toEqual([
      example.released,
      example.left,
    ])
    const { snapshots } = await list(library)
    expect(
      inUnits(
        GIB,
        snapshots.map((each) => each.storedHereBytes),
      ),
    ).toEqual(example.stored)
  })
})

describe.concurrent('the same chain, of real bytes', () => {
  it('restores each survivor of a deletion byte for byte', async () => {
    const library = await scene.library()
    await ask(library, ['volume', 'create', 'web', '--size', '15MiB'])
    const states = new Map<string, string>()
    for (const [step, [at, length]] of SEED_CHAIN.entries()) {
      const name = 'ABC'.charAt(step)
      const file = scene.image(length * MIB)
      await ask(library, ['volume', 'write', 'web', '--at', `${at}MiB`, '--file', file])
      await ask(library, ['snapshot', 'create', 'web', '--name', name])
      states.set(name, await restoredDigest(library, name))
    }
    expect((await list(library)).storedBytes).toBe(16 * MIB)
    const deleted = await remove(library, ['A', 'B'])
    expect(deleted.storedBytesAfter).toBe(12 * MIB)
    expect(await restoredDigest(library, 'C')).toBe(states.get('C'))
    expect(await ask(library, ['verify', '--deep'])).toMatchObject({ ok: true, blocksChecked: 24 })
  })
})

/** Restores, and holds the digest that is told against the file's. */
async function restoredDigest(library: string, name: string): Promise<string> {
  const target = scene.path(`${name}.img`)
  const { sha256 } = await ask<{ sha256: string }>(library, [
    'snapshot',
    'restore',
    name,
    '--to',
    target,
    '--sha256',
  ])
  expect(sha256).toBe(sha256Of(target))
  return sha256
}
