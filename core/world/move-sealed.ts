import { Delta, type DeltaRun } from '../blocks/delta.ts'
import { resealBlocks } from '../blocks/reseal.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import type { KeyId } from '../contract/ids.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { wipe } from '../crypto/sealed-block.ts'
import { bringManifests } from '../engine/first-manifests.ts'
import type { JobHandle } from '../engine/jobs.ts'
import type { NewDataKey } from '../engine/keyring.ts'
import type { Library } from '../engine/library.ts'
import { type NewList, newManifest } from '../engine/new-manifest.ts'
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
  copy: SnapshotRow,
  keyId: KeyId,
  job: JobHandle,
): Promise<Moved> {
  const { region } = copy
  await bringManifests(library, job.signal)
  const changes = await sealedChanges(library, source, base)
  const totalBytes = changes.movedBlocks * BLOCK_BYTES
  job.progress(0, totalBytes)
  const baseId = base.kind === 'copy' ? base.id : null
  const originKey = baseId && library.snapshotRow(baseId).originKey
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
  const drop = (error: unknown) =>
    removeUnnamed(
      error,
      segments.map(({ file }) => library.segmentFile({ region, file })),
    )
  const { holes } = Delta.of(changes.holes)
  const list = { baseId, blocks, holes }
  const manifest = await manifestFor(library, copy, dataKey, originKey, list, job).catch(
    (error: unknown) => {
      drop(error)
      throw error
    },
  )
  return {
    movedBlocks: changes.movedBlocks,
    settle() {
      const number = library.keyring.keep(dataKey, copy.id, keyId)
      dataKey.bytes.fill(0)
      library.snapshots.setKeys(copy.id, number, originKey ?? number)
      library.manifests.insert(copy.id, manifest)
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
    drop,
  }
}

/** @param originKey null: it goes back to its own data key, which is needed after this */
async function manifestFor(
  library: Library,
  copy: SnapshotRow,
  dataKey: NewDataKey,
  originKey: number | null,
  list: NewList,
  { signal }: JobHandle,
): Promise<Buffer> {
  const origin = library.keyring.originOf(dataKey, originKey)
  try {
    return await newManifest(library, copy, origin, list, signal)
  } finally {
    if (originKey !== null) wipe([origin])
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
