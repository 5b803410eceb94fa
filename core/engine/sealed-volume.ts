import { Delta, type DeltaRun } from '../blocks/delta.ts'
import { fillSlots } from '../blocks/fill-slots.ts'
import type { RestoreRun } from '../blocks/restore.ts'
import { type Overlay, slotOffset, type VolumeSlots } from '../blocks/slots.ts'
import type { Sources } from '../blocks/write-windows.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import {
  EMPTY,
  type IndexSet,
  indexSet,
  minus,
  runsOf,
  sizeOf,
  span,
  unionAll,
} from '../lineage/index-set.ts'
import type { JobHandle } from './jobs.ts'
import type { Library } from './library.ts'

/*
 * The data of encrypted volumes (`blocks/slots.ts`). In `content` of theirs a data run's ids are the
 * slots in which its blocks lie; there are no fills: a pattern would tell what they hold. A block that
 * is not loaded yet (`unloaded.ts`) has its slot already: what lies there says nothing until then.
 */

/** Longer than a volume's file ever is with nothing in it, so that it can be opened as an image. */
export const NEW_FILE_BYTES = slotOffset(1)

/** How many bytes a volume's file has at the least. */
export function volumeFileBytes(row: VolumeRow): number {
  if (row.dataKey === null || row.content === null) return row.sizeBytes
  return slotFileBytes(Delta.decode(row.content))
}

/** The same for an encrypted one that holds this. */
export function slotFileBytes(content: Delta): number {
  return Math.max(NEW_FILE_BYTES, slotOffset(endOf(usedSlots(content))))
}

/** A slot for each block of a new volume. */
export function inNewSlots(blocks: IndexSet): Delta {
  return Delta.of(inFreeSlots([], blocks))
}

/** @param index of a block that the volume holds */
export function slotOf(content: Delta, index: number): number {
  for (const run of content.runsIn(index, index + 1)) {
    if (run.kind === 'data') return run.firstBlockId
  }
  throw new Error(`Block ${index} has no slot`)
}

/** Where the blocks of an encrypted volume lie, for reading them. */
export function slotRuns(of: VolumeSlots, content: Delta, blocks: IndexSet): RestoreRun[] {
  return content
    .restrict(blocks)
    .runs()
    .flatMap((run): RestoreRun[] => {
      if (run.kind !== 'data') return []
      return [{ kind: 'slots', start: run.start, end: run.end, firstSlot: run.firstBlockId, of }]
    })
}

type Writing = {
  volume: VolumeSlots
  /** What the volume holds now, and at moments that are still read: their slots are left alone. */
  contents: readonly Delta[]
  /** The blocks to write. */
  blocks: IndexSet
  /** What they hold before; blocks that no run names hold nothing. */
  before: Iterable<RestoreRun>
  overlay: Overlay | null
  sources: Sources
}

/** Seals blocks into free slots, durably. @returns where they lie now, for the catalog */
export async function writeSlots(writing: Writing, job: JobHandle): Promise<Delta> {
  const { volume, contents, blocks, before, overlay, sources } = writing
  const placed = inFreeSlots(contents, blocks)
  const blockCount = sizeOf(blocks)
  const totalBytes = blockCount * BLOCK_BYTES
  job.progress(0, totalBytes)
  const written = await fillSlots({
    ...sources,
    volume,
    runs: before,
    blockCount,
    overlay,
    slotOf: slotFinder(placed),
    signal: job.signal,
    onProgress: (doneBytes) => job.progress(doneBytes, totalBytes),
  })
  return Delta.of(placed).restrict(written)
}

/** @throws StrataError KMSInvalidStateException, KEY_DELETED, KEYS_LOCKED */
export function volumeSlots(library: Library, row: VolumeRow): VolumeSlots {
  if (row.dataKey === null) throw new Error(`${row.id} is not encrypted`)
  return { file: library.volumeFile(row.id), key: library.keyring.keyOf(row.dataKey, row.id) }
}

/** The runs, and all other blocks of a set as empty ones. */
export function withEmpty(runs: readonly RestoreRun[], blocks: IndexSet): RestoreRun[] {
  const named = indexSet(runs.map(({ start, end }) => [start, end] as const))
  const empty = [...runsOf(minus(blocks, named))].map(
    ([start, end]): RestoreRun => ({ kind: 'empty', start, end }),
  )
  return [...runs, ...empty].sort((a, b) => a.start - b.start)
}

/** The lowest slots that hold nothing, a run of them after another. */
function inFreeSlots(
  contents: readonly Delta[],
  blocks: IndexSet,
): (DeltaRun & { kind: 'data' })[] {
  const used = unionAll(contents.map(usedSlots))
  const end = endOf(used) + sizeOf(blocks)
  const free = runsOf(minus(span(0, end), used))
  const placed: (DeltaRun & { kind: 'data' })[] = []
  let [slot, slotEnd] = [0, 0]
  for (const [from, to] of runsOf(blocks)) {
    for (let start = from; start < to; ) {
      if (slot === slotEnd) [slot, slotEnd] = free.next().value as [number, number]
      const count = Math.min(to - start, slotEnd - slot)
      placed.push({ kind: 'data', start, end: start + count, firstBlockId: slot })
      start += count
      slot += count
    }
  }
  return placed
}

/** Looks slots up for indices that ascend. */
function slotFinder(placed: readonly (DeltaRun & { kind: 'data' })[]): (index: number) => number {
  let at = 0
  return (index) => {
    while (placed[at]!.end <= index) at += 1
    return placed[at]!.firstBlockId + index - placed[at]!.start
  }
}

function usedSlots(content: Delta): IndexSet {
  const runs = content.runs().flatMap((run) => {
    if (run.kind !== 'data') return []
    return [[run.firstBlockId, run.firstBlockId + run.end - run.start] as const]
  })
  return runs.length === 0 ? EMPTY : indexSet(runs)
}

function endOf(slots: IndexSet): number {
  return slots[slots.length - 1] ?? 0
}
