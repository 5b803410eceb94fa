import { useEffect, useState } from 'react'
import type { CoreSample } from '../../core/contract/core-sample.ts'
import type { SnapshotId } from '../../core/contract/ids.ts'
import type { LibraryView, Volume } from '../../core/contract/model.ts'
import { BLOCK_BYTES } from '../../core/contract/units.ts'
import { wireOf } from '../state/api.ts'
import { useAppStore } from '../state/context.ts'
import type { CellMap } from './bands.ts'

/** Columns and rows of the small picture. */
const COLUMNS = 3
const ROWS = 48

export type RecentMaps = { ids: readonly SnapshotId[]; maps: readonly CellMap[] }

/** The newest snapshots of a volume as cells, for a picture; no columns until the answer is here. */
export function useRecentMaps(library: LibraryView, volume: Volume): RecentMaps {
  const store = useAppStore()
  const [recent, setRecent] = useState<RecentMaps>({ ids: [], maps: [] })
  const { volumeId, sizeBytes } = volume
  const own = library.snapshots.filter(
    (s) => s.volumeId === volumeId && s.state === 'completed' && s.copiedFrom === null,
  )
  const key = own
    .slice(-COLUMNS)
    .map((s) => s.snapshotId)
    .join()
  useEffect(() => {
    let isWanted = true
    const snapshotIds = key === '' ? [] : (key.split(',') as SnapshotId[])
    const request = {
      volumeId,
      snapshotIds,
      withHead: false,
      firstBlock: 0,
      blockCount: Math.ceil(sizeBytes / BLOCK_BYTES),
      maxRows: ROWS,
      doomedIds: [],
    }
    const { world, tellFailure } = store.getState()
    world.engine.sampleCore(request).then(
      (sample) => isWanted && setRecent(recentOf(sample, snapshotIds)),
      (error) => isWanted && tellFailure(wireOf(error)),
    )
    return () => {
      isWanted = false
    }
  }, [key, sizeBytes, store, volumeId])
  return recent
}

/** Writers older than the columns shown count as the oldest column, which reads them. */
function recentOf(sample: CoreSample, ids: readonly SnapshotId[]): RecentMaps {
  const writers = sample.writers.map((id) => Math.max(0, ids.indexOf(id)))
  const rows = evenRows(sample.rowStarts)
  const maps = sample.columns.map((column) =>
    rows.map((row) => {
      const writer = column.cells[row]
      return writer === undefined || writer < 0 ? null : (writers[writer] ?? 0)
    }),
  )
  return { ids, maps }
}

/** Exact rows are of any height: which of them each of `ROWS` even cells falls into. */
function evenRows(rowStarts: Uint32Array): number[] {
  const end = rowStarts.at(-1) ?? 0
  return Array.from({ length: ROWS }, (_, cell) => {
    const block = ((cell + 0.5) / ROWS) * end
    const after = rowStarts.findIndex((start) => start > block)
    return Math.max(0, after - 1)
  })
}
