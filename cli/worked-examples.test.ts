import { statSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { DeletionJson } from './json.ts'
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
const SECOND_SEED: readonly Fill[] = [
  [0, 10],
  [0, 4],
  [10, 2],
]

/** 250, then 50 of them rewritten, then 30 others. */
const FIRST_SEED: readonly Fill[] = [
  [0, 250],
  [0, 50],
  [100, 30],
]

/** A volume of fill blocks, with a snapshot after each write, called A, B, C. */
async function chain(fills: readonly Fill[], unit: number, size: number): Promise<string> {
  const library = await scene.library()
  await ask(library, ['volume', 'create', 'web', '--size', String(size * unit)])
  for (const [step, write] of fills.entries()) {
    await fill(library, 'web', `step ${step}`, write, unit)
    await ask(library, ['snapshot', 'create', 'web', '--name', 'ABC'.charAt(step)])
  }
  return library
}

async function fill(library: string, volume: string, seed: string, write: Fill, unit: number) {
  const [at, length] = write.map((units) => String(units * unit))
  await ask(library, [
    ...['volume', 'write', volume, '--fill', seed, '--at', at ?? '', '--length', length ?? ''],
  ])
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
  const args = ['snapshot', 'delete', ...names, '--dry-run']
  return (await ask<Deleted>(library, args)).releasedBytes
}

type Deleted = z.infer<typeof DeletionJson>

async function remove(library: string, names: readonly string[]): Promise<Deleted> {
  const preview = await released(library, names)
  const deleted = await ask<Deleted>(library, ['snapshot', 'delete', ...names])
  expect(deleted.releasedBytes).toBe(preview)
  expect((await list(library)).storedBytes).toBe(deleted.storedBytesAfter)
  return deleted
}

type Figure = 'fullBytes' | 'storedHereBytes' | 'fairShareBytes' | 'volumeSizeBytes'

const column = ({ snapshots }: SnapshotList, figure: Figure, unit: number) =>
  snapshots.map((snapshot) => snapshot[figure] / unit)

/** Made once; whoever changes one takes a copy. */
let firstSeed: string
let secondSeed: string

beforeAll(async () => {
  const seeds = [chain(FIRST_SEED, MIB, 250), chain(SECOND_SEED, GIB, 15)] as const
  ;[firstSeed, secondSeed] = await Promise.all(seeds)
})

describe.concurrent('worked examples', () => {
  it('W1, W2: 250 / 50 / 30 MiB store 330; alone they free 50, 0 and 30', async () => {
    const library = scene.copyOf(firstSeed)
    const listed = await list(library)
    expect(column(listed, 'storedHereBytes', MIB)).toEqual([250, 50, 30])
    expect(column(listed, 'fullBytes', MIB)).toEqual([250, 250, 250])
    expect(listed.storedBytes).toBe(330 * MIB)
    const target = scene.path('w1.img')
    await ask(library, ['snapshot', 'restore', 'C', '--to', target])
    expect(statSync(target).size).toBe(250 * MIB)
    const freed: number[] = []
    for (const name of ['A', 'B', 'C']) freed.push((await released(library, [name])) / MIB)
    expect(freed).toEqual([50, 0, 30])
  })

  it('W5, W6: 10 / 4 / 2 GiB store 16 GiB; full sizes are 10, 10 and 12', async () => {
    const listed = await list(scene.copyOf(secondSeed))
    expect(listed.storedBytes).toBe(17_179_869_184)
    expect(column(listed, 'fullBytes', 1)).toEqual([10_737_418_240, 10_737_418_240, 12_884_901_888])
    expect(column(listed, 'storedHereBytes', GIB)).toEqual([10, 4, 2])
    expect(column(listed, 'fairShareBytes', GIB)).toEqual([6, 4, 6])
    expect(column(listed, 'volumeSizeBytes', GIB)).toEqual([15, 15, 15])
    const ids = listed.snapshots.map(({ snapshotId }) => snapshotId)
    const parents = listed.snapshots.map(({ parentId }) => parentId)
    expect(parents).toEqual([null, ids[0], ids[1]])
  })

  it('W7: with A and B only, deleting A leaves 10 of 14 GiB', async () => {
    const library = scene.copyOf(secondSeed)
    await remove(library, ['C'])
    const deleted = await remove(library, ['A'])
    expect(deleted).toMatchObject({
      releasedBytes: 4 * GIB,
      storedBytesBefore: 14 * GIB,
      storedBytesAfter: 10 * GIB,
    })
    const [b] = (await list(library)).snapshots
    expect(b).toMatchObject({ addedBytes: 4 * GIB, inheritedBytes: 6 * GIB, parentId: null })
  })

  it.each([
    { example: 'W8', names: ['B'], released: 0, left: 16, stored: [10, 6] },
    { example: 'W9', names: ['A'], released: 4, left: 12, stored: [10, 2] },
    { example: 'W10', names: ['C'], released: 2, left: 14, stored: [10, 4] },
    { example: 'W11', names: ['A', 'B'], released: 4, left: 12, stored: [12] },
    { example: 'W12', names: ['B', 'C'], released: 6, left: 10, stored: [10] },
  ])('$example: deleting $names releases $released GiB', async (example) => {
    const library = scene.copyOf(secondSeed)
    expect(await remove(library, example.names)).toMatchObject({
      releasedBytes: example.released * GIB,
      storedBytesAfter: example.left * GIB,
    })
    expect(column(await list(library), 'storedHereBytes', GIB)).toEqual(example.stored)
  })

  it('W15: a volume made from A, with 4 GiB added, stores only these', async () => {
    const library = scene.copyOf(secondSeed)
    await remove(library, ['B', 'C'])
    await ask(library, ['snapshot', 'restore', 'A', '--volume', 'two', '--size', '20GiB'])
    await fill(library, 'two', 'other', [10, 4], GIB)
    const b = await ask(library, ['snapshot', 'create', 'two', '--name', 'B'])
    expect(b).toMatchObject({ storedHereBytes: 4 * GIB, fullBytes: 14 * GIB })
    expect((await list(library)).storedBytes).toBe(14 * GIB)
    expect(await released(library, ['A'])).toBe(0)
    expect(await released(library, ['two/B'])).toBe(4 * GIB)
  })
})

describe.concurrent('the same chain, of real bytes', () => {
  it('restores each survivor of a deletion byte for byte', async () => {
    const library = await scene.library()
    await ask(library, ['volume', 'create', 'web', '--size', '15MiB'])
    const states = new Map<string, string>()
    for (const [step, [at, length]] of SECOND_SEED.entries()) {
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
