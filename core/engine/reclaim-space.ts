import { rmSync } from 'node:fs'
import type { BlockRecord } from '../blocks/block-record.ts'
import { allocatedBytesOf, canPunchHoles, punchHoles } from '../blocks/punch.ts'
import { planSegments, type SegmentPlan } from '../blocks/reclaim.ts'
import { repack } from '../blocks/repack.ts'
import { FIRST_REGION } from '../catalog/regions.ts'
import type { SegmentRow } from '../catalog/segments.ts'
import type { Input, Output } from '../contract/calls.ts'
import type { ReclaimResult } from '../contract/results.ts'
import { StorageTier } from '../contract/tiering.ts'
import { buryOrphans } from './archived-data.ts'
import { collapseLineage } from './collapse-lineage.ts'
import type { Context } from './context.ts'
import type { JobHandle } from './jobs.ts'
import type { Library } from './library.ts'
import { forgetRemoved } from './remove-volume.ts'
import { removeUnnamed } from './unnamed-files.ts'

/*
 * Giving space back. Every step leaves the library whole, so it can stop anywhere:
 * (1) The lineage is contracted in one transaction; blocks that nobody reads are dead from then on.
 * (2) A hole is punched only where nothing that the catalog names lies.
 * (3) Blocks that move are written and synced before the catalog names their new place, and the old
 *     file goes after that.
 */

type Place = Pick<SegmentRow, 'region' | 'tier'>

/** Gives back what deletions released: those whose time is over, or with `now` all. */
export function reclaim(context: Context, input: Input<'reclaim'>): Output<'reclaim'> {
  const { library, jobs, gate, clock } = context
  const jobId = jobs.start({ kind: 'reclaim', title: 'Reclaim space' }, (job) =>
    gate.own(job.signal, async () => {
      const untilOf = new Map<string, number | null>(
        library.deletions.all().map((row) => [row.id, row.undoableUntil]),
      )
      collapseLineage(library, ({ deletionId }) => {
        if (deletionId === null || input.now) return true
        const until = untilOf.get(deletionId)
        return until === null || until === undefined || until <= clock()
      })
      buryOrphans(library)
      forgetRemoved(context)
      library.hasFreedHolds = false
      return { kind: 'reclaim', ...(await giveBack(library, job)) }
    }),
  )
  return { jobId }
}

async function giveBack(library: Library, job: JobHandle): Promise<ReclaimResult> {
  const physicalBefore = physicalBytesOf(library)
  const withDead = new Set(deadRows(library).map(({ id }) => id))
  const canPunch = withDead.size > 0 && (await canPunchHoles(library.segmentsDir(FIRST_REGION)))
  if (canPunch) settlePunched(library)
  const rows = library.segments.all().filter(({ id }) => withDead.has(id))
  const liveOf = new Map(rows.map((row) => [row.id, liveRecords(library, row)]))
  const plan = planFor(library, rows, liveOf, canPunch)
  const totalBytes = plan.freedBytes + plan.rewrittenBytes
  job.progress(0, totalBytes)
  unlink(
    library,
    rows.filter((row) => plan.unlink.includes(row.id)),
  )
  const rewrittenBytes = await repackAll(library, plan, liveOf, job, totalBytes)
  for (const { segmentId, ranges } of plan.punch) {
    const row = rows.find(({ id }) => id === segmentId)!
    const file = library.segmentFile(row)
    const { freedBytes, isWhole } = await punchHoles(file, ranges, job.signal)
    // What could not be given back is offered again.
    const deadBytes = isWhole ? 0 : Math.max(0, row.deadBytes - freedBytes)
    library.change(() => library.segments.settle(row.id, deadBytes, row.freedBytes + freedBytes))
  }
  const physicalBytes = physicalBytesOf(library)
  return {
    reclaimedBytes: Math.max(0, physicalBefore - physicalBytes),
    rewrittenBytes,
    physicalBytes,
  }
}

function liveRecords(library: Library, row: SegmentRow): BlockRecord[] {
  const records: BlockRecord[] = []
  for (const record of library.blocks.range(row.firstBlockId, row.endBlockId)) {
    if (record.segmentId === row.id) records.push(record)
  }
  return records.sort((a, b) => a.offset - b.offset)
}

function deadRows(library: Library): SegmentRow[] {
  return library.segments.all().filter((row) => row.deadBytes > 0)
}

/** Writes down what an interrupted reclaim punched and could not tell of any more. */
function settlePunched(library: Library): void {
  for (const row of deadRows(library)) {
    const freedBytes = row.bytes - allocatedBytesOf(library.segmentFile(row))
    const untoldBytes = freedBytes - row.freedBytes
    if (untoldBytes <= 0) continue
    const deadBytes = Math.max(0, row.deadBytes - untoldBytes)
    library.change(() => library.segments.settle(row.id, deadBytes, freedBytes))
  }
}

function planFor(
  library: Library,
  rows: readonly SegmentRow[],
  liveOf: ReadonlyMap<number, readonly BlockRecord[]>,
  canPunch: boolean,
): SegmentPlan {
  return planSegments(
    rows.map((row) => ({
      segmentId: row.id,
      bytes: row.bytes,
      allocatedBytes: allocatedBytesOf(library.segmentFile(row)),
      live: liveOf.get(row.id)!.map(({ offset, length }) => [offset, length] as const),
    })),
    canPunch,
  )
}

function unlink(library: Library, rows: readonly SegmentRow[]): void {
  if (rows.length === 0) return
  library.change(() => {
    for (const row of rows) library.segments.remove(row.id)
  })
  for (const row of rows) rmSync(library.segmentFile(row), { force: true })
}

/** @returns bytes written anew */
async function repackAll(
  library: Library,
  plan: SegmentPlan,
  liveOf: ReadonlyMap<number, readonly BlockRecord[]>,
  job: JobHandle,
  totalBytes: number,
): Promise<number> {
  const rowOf = new Map(library.segments.all().map((row) => [row.id, row]))
  let rewrittenBytes = 0
  for (const place of placesOf(library)) {
    const { region, tier } = place
    const segmentIds = plan.repack.filter((id) => {
      const row = rowOf.get(id)!
      return row.region === region && row.tier === tier
    })
    if (segmentIds.length === 0) continue
    const packed = await repack({
      sources: segmentIds.map((segmentId) => ({ segmentId, records: liveOf.get(segmentId)! })),
      segmentFile: library.segmentFiles(),
      segmentsDir: library.segmentsDir(region, tier),
      signal: job.signal,
      onProgress: (doneBytes) =>
        job.progress(Math.min(rewrittenBytes + doneBytes, totalBytes), totalBytes),
    })
    const emptied = packed.emptied.map((id) => rowOf.get(id)!)
    try {
      library.change(() => moveBlocks(library, place, packed, emptied))
    } catch (error) {
      removeUnnamed(
        error,
        packed.segments.map(({ file }) => library.segmentFile({ ...place, file })),
      )
      throw error
    }
    for (const row of emptied) rmSync(library.segmentFile(row), { force: true })
    rewrittenBytes += packed.rewrittenBytes
  }
  return rewrittenBytes
}

/** What is archived stays apart. */
function placesOf(library: Library): Place[] {
  return library.regions
    .all()
    .flatMap((region) => StorageTier.options.map((tier) => ({ region, tier })))
}

function moveBlocks(
  library: Library,
  place: Place,
  { segments, moves }: Awaited<ReturnType<typeof repack>>,
  emptied: readonly SegmentRow[],
): void {
  const ids = segments.map(({ file, bytes }, segment) => {
    const own = moves.filter((move) => move.segment === segment).map(({ blockId }) => blockId)
    return library.segments.insert({
      file,
      ...place,
      bytes,
      firstBlockId: own.reduce((least, id) => Math.min(least, id)),
      endBlockId: own.reduce((most, id) => Math.max(most, id)) + 1,
    })
  })
  const sorted = [...moves].sort((a, b) => a.blockId - b.blockId)
  library.blocks.put(
    sorted.map(({ blockId, segment, offset }) => ({
      ...library.blocks.get(blockId)!,
      segmentId: ids[segment]!,
      offset,
    })),
  )
  for (const row of emptied) library.segments.remove(row.id)
}

function physicalBytesOf(library: Library): number {
  return library.segments.all().reduce((sum, row) => sum + row.bytes - row.freedBytes, 0)
}
