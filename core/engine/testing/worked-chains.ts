import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import type { SnapshotId, VolumeId } from '../../contract/ids.ts'
import { blocksIn } from '../../contract/units.ts'
import { blocks, Scene } from './scene.ts'

/*
 * The examples of the EBS guides, on a library: fill blocks in GiB and MiB where only figures count,
 * real bytes where they are restored.
 */
export const MIB = 2 ** 20
export const GIB = 2 ** 30

/** In the unit of its chain. */
export type Fill = readonly [at: number, length: number]

/** 10, then 4 of them again, then 2 more. */
export const ABC: readonly Fill[] = [
  [0, 10],
  [6, 4],
  [10, 2],
]

/** A managed volume; a snapshot, called A, B, C, after each of these writes. */
export async function chain(unit: number, size: number, fills: readonly Fill[]) {
  const scene = await Scene.begin()
  const volumeId = await scene.managed(size * unit)
  const ids: SnapshotId[] = []
  for (const fill of fills) ids.push(await next(scene, volumeId, unit, fill))
  return { scene, volumeId, ids }
}

/** One more write, and a snapshot of it. */
export async function next(scene: Scene, volumeId: VolumeId, unit: number, fill: Fill) {
  const [at, length] = fill
  await scene.fill(volumeId, at * unit, length * unit, seedOf(volumeId, fill))
  return scene.snapshot(volumeId)
}

/** Does to a copy of a chain's volume what a write did to it. `unit` is a multiple of a block. */
export function fillCopy(disk: Buffer, volumeId: VolumeId, unit: number, fill: Fill): void {
  const [at, length] = fill
  const pattern = createHash('sha256').update(seedOf(volumeId, fill)).digest().subarray(0, 16)
  disk.fill(pattern, at * unit, (at + length) * unit)
}

const seedOf = (volumeId: VolumeId, [at, length]: Fill) => `${volumeId} ${at} ${length}`

/** What comes back when these go together, and what is stored then. They are put back. */
export async function without(scene: Scene, snapshotIds: SnapshotId[]) {
  const { releasedBytes } = await scene.remove(snapshotIds, 60_000)
  const { storedBytes } = await scene.view()
  await scene.engine.undoDeletion({})
  return { freed: releasedBytes, left: storedBytes }
}

/** What each of these gives back when it goes alone: as planned, and as it is then. */
export async function releasedAlone(scene: Scene, ids: readonly SnapshotId[]): Promise<number[]> {
  const { storedBytes } = await scene.view()
  const released: number[] = []
  for (const id of ids) {
    const { freed, left } = await without(scene, [id])
    expect(storedBytes - left).toBe(freed)
    released.push(freed)
  }
  return released
}

/** The block map of a snapshot: who wrote it, from which byte to which, for each run. */
export async function mapOf(scene: Scene, id: SnapshotId) {
  const { volumeId, volumeSizeBytes } = await scene.snapshotOf(id)
  const { rowStarts, isExact, writers, columns } = await scene.engine.sampleCore({
    ...{ volumeId, snapshotIds: [id], withHead: false, doomedIds: [] },
    ...{ firstBlock: 0, blockCount: blocksIn(volumeSizeBytes), maxRows: 1_024 },
  })
  expect(isExact).toBe(true)
  const edges = [...rowStarts].map(blocks)
  return [...columns[0]!.cells]
    .map((writer, row) => [writers[writer], edges[row], edges[row + 1]])
    .filter(([writer]) => writer !== undefined)
}
