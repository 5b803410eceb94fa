import type { RestoreRun } from '../blocks/restore.ts'
import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import { StrataError } from '../contract/errors.ts'
import { BlockList } from '../crypto/block-list.ts'
import { BlockMap } from './block-map.ts'
import { bringManifests } from './first-manifests.ts'
import type { Library } from './library.ts'
import { listedFill, listedIn, listedRecord, listInTurns } from './listed-blocks.ts'
import { altered, manifestKeysUnder, manifestOf, problemOf, wipeManifestKeys } from './manifest.ts'

/**
 * Has all of a snapshot read. Whoever reads it comes to the end of its runs only if they are those that
 * it was completed with; what he made of them until then is not to be kept otherwise.
 *
 * @throws StrataError SNAPSHOT_ALTERED
 */
export async function readAuthentic<T>(
  library: Library,
  row: SnapshotRow,
  signal: AbortSignal,
  read: (runs: Iterable<RestoreRun>) => Promise<T>,
): Promise<T> {
  const map = BlockMap.of(library, row.id)
  if (row.originKey === null) return read(plainRuns(row, map))
  await bringManifests(library, signal)
  const keys = manifestKeysUnder(library, row.originKey)
  try {
    const manifest = manifestOf(library, row, keys)
    return await read(listedRuns(row, map, new BlockList(keys.entries), manifest))
  } finally {
    wipeManifestKeys(keys)
  }
}

/** The same for what is not read at once, or not by this process. @throws StrataError SNAPSHOT_ALTERED */
export async function assertAuthentic(
  library: Library,
  row: SnapshotRow,
  signal: AbortSignal,
): Promise<void> {
  if (row.originKey === null) return
  await bringManifests(library, signal)
  const keys = manifestKeysUnder(library, row.originKey)
  try {
    const manifest = manifestOf(library, row, keys)
    const list = new BlockList(keys.entries)
    const { pieces } = BlockMap.of(library, row.id)
    await listInTurns(list, 'add', listedIn(library, pieces), signal)
    settle(row, list, manifest)
  } finally {
    wipeManifestKeys(keys)
  }
}

/** Moving what is sealed needs no key: what cannot be checked then is when it is read. */
export async function assertAuthenticIfOpen(
  library: Library,
  row: SnapshotRow,
  signal: AbortSignal,
): Promise<void> {
  if (row.originKey !== null && (await areKeysOpen(library))) {
    await assertAuthentic(library, row, signal)
  }
}

/** Whether keys are open, or could be opened without anybody. @throws StrataError PASSPHRASE_WRONG */
export async function areKeysOpen({ keyring }: Library): Promise<boolean> {
  if (!keyring.isOpenable()) return false
  try {
    await keyring.ready()
    return true
  } catch (error) {
    if (error instanceof StrataError && error.code === 'KEYS_LOCKED') return false
    throw error
  }
}

function* listedRuns(
  row: SnapshotRow,
  map: BlockMap,
  list: BlockList,
  manifest: BlockList,
): Generator<RestoreRun> {
  for (const run of map.restoreRuns()) {
    if (run.kind === 'data') {
      for (const [i, record] of run.records.entries()) list.add(run.start + i, listedRecord(record))
    } else if (run.kind === 'fill') {
      const block = listedFill(run.pattern)
      for (let index = run.start; index < run.end; index += 1) list.add(index, block)
    }
    yield run
  }
  settle(row, list, manifest)
}

/** What is sealed never belongs to what says of itself that it is plain. */
function* plainRuns(row: SnapshotRow, map: BlockMap): Generator<RestoreRun> {
  for (const run of map.restoreRuns()) {
    if (run.kind === 'data' && run.records.some(({ seal }) => seal !== undefined)) {
      throw altered(row, SEALED_IN_PLAIN)
    }
    yield run
  }
}

export const SEALED_IN_PLAIN = 'it is said to be plain, and has encrypted blocks'

function settle(row: SnapshotRow, list: BlockList, manifest: BlockList): void {
  const problem = problemOf(list, manifest)
  if (problem !== null) throw altered(row, problem)
}
