import { Delta, type DeltaRun } from '../blocks/delta.ts'
import { resealBlocks } from '../blocks/reseal.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { KeyId, RegionName } from '../contract/ids.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import type { JobHandle } from '../engine/jobs.ts'
import type { Library } from '../engine/library.ts'
import { removeUnnamed } from '../engine/unnamed-files.ts'
import type { CopyBase } from './copy-base.ts'
import type { Moved } from './moved.ts'
import { type SealedChanges, sealedChangesOf } from './sealed-changes.ts'

/** Keys are asked for only where a plain source is compared with an encrypted copy. */
export async function sealedChanges(
  library: Library,
  source: SnapshotRow,
  base: CopyBase,
): Promise<SealedChanges> {
  const baseId = base.kind === 'copy' ? base.id : null
  if (baseId !== null && source.originKey === null) await library.keyring.ready()
  return sealedChangesOf(library, source.id, baseId)
}

/** Seals what a copy adds with a data key of its own, under `keyId`. */
export async function moveSealed(
  library: Library,
  source: SnapshotRow,
  base: CopyBase,
  region: RegionName,
  keyId: KeyId,
  job: JobHandle,
): Promise<Moved> {
  const changes = await sealedChanges(library, source, base)
  const totalBytes = changes.movedBlocks * BLOCK_BYTES
  job.progress(0, totalBytes)
  const originKey = base.kind === 'copy' ? library.snapshotRow(base.id).originKey : null
  const dataKey = library.keyring.newDataKey()
  const sealing = library.keyring.sealingWith(dataKey, originKey)
  const { blocks, segments } = await resealBlocks({
    ...library.sources(),
    runs: changes.moved.restoreRuns(),
    blockCount: changes.movedBlocks,
    segmentsDir: library.segmentsDir(region),
    sealing,
    signal: job.signal,
    onProgress: (doneBytes) => job.progress(doneBytes, totalBytes),
  }).finally(() => sealing.identityKey.fill(0))
  return {
    movedBlocks: changes.movedBlocks,
    settle(copy) {
      const number = library.keyring.keep(dataKey, copy, keyId)
      dataKey.bytes.fill(0)
      library.snapshots.setKeys(copy, number, originKey ?? number)
      const first = library.takeBlockIds(blocks.count)
      const endBlockId = first + blocks.count
      const segmentIds = segments.map(({ file, bytes }) =>
        library.segments.insert({ file, region, bytes, firstBlockId: first, endBlockId }),
      )
      library.blocks.put(recordsOf(blocks, first, segmentIds, number))
      const stored = [...blocks.runs()].map(
        ({ start, end, first: at }): DeltaRun => ({
          kind: 'data',
          start,
          end,
          firstBlockId: first + at,
        }),
      )
      return Delta.of([...changes.holes, ...stored])
    },
    drop: (error) =>
      removeUnnamed(
        error,
        segments.map(({ file }) => library.segmentFile({ region, file })),
      ),
  }
}

function* recordsOf(
  blocks: Awaited<ReturnType<typeof resealBlocks>>['blocks'],
  first: number,
  segmentIds: readonly number[],
  dataKey: number,
) {
  for (let i = 0; i < blocks.count; i += 1) yield blocks.recordOf(i, first + i, segmentIds, dataKey)
}
