import type { CoreSample, CoreSampleRequest } from '../contract/core-sample.ts'
import { blocksIn } from '../contract/units.ts'
import { EMPTY } from '../lineage/index-set.ts'
import { type SampleHead, sampleCore as sampleLineage } from '../lineage/sample.ts'
import { changedSince, livingBaseOf, managedHead } from './head.ts'
import type { Library } from './library.ts'
import { seenLineage } from './seen-lineage.ts'
import { unloadedOf } from './unloaded.ts'

/** @throws StrataError InvalidVolume.NotFound, InvalidSnapshot.NotFound */
export function sampleCore(library: Library, request: CoreSampleRequest): CoreSample {
  const { volumeId, snapshotIds, withHead, ...window } = request
  for (const id of [...snapshotIds, ...request.doomedIds]) library.wholeRow(id)
  const head = withHead ? headColumn(library, library.volumeRow(volumeId)) : null
  return sampleLineage(seenLineage(library), { columnIds: snapshotIds, head, ...window })
}

/** What a linked file holds now is not known before it is read: it is shown as its base. */
function headColumn(library: Library, row: ReturnType<Library['volumeRow']>): SampleHead | null {
  if (row.isRemoved) return null
  const base = livingBaseOf(library.lineage(), row.baseId)
  const head = managedHead(row)
  const blockCount = blocksIn(row.sizeBytes)
  if (head === undefined) {
    return { baseId: base.baseId, changed: EMPTY, written: null, unloaded: EMPTY, blockCount }
  }
  return {
    baseId: base.baseId,
    changed: changedSince(head, base),
    written: head.content.data,
    unloaded: unloadedOf(library, row.id).data,
    blockCount,
  }
}
