import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isPartial } from '../blocks/new-file.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import { StorageTier } from '../contract/tiering.ts'
import { EMPTY, isEmpty } from '../lineage/index-set.ts'
import { managedHead } from './head.ts'
import type { Library } from './library.ts'
import { regionsDir, volumesDir } from './library-paths.ts'
import { inErrorState, setEnded, snapshotFailed } from './notifications.ts'
import { takeAway } from './remove-volume.ts'
import { endTierings, unfinishedTierings } from './tiering-work.ts'
import { volumeFailed } from './volume-notifications.ts'

/**
 * Ends what an interrupted run left: snapshots that were never completed have failed, and files that
 * no row names go. Run at open, before anything else may write. What a row names is never touched.
 *
 * @param at the time, in milliseconds since 1970, UTC
 */
export function sweep(library: Library, at: number): void {
  const segments = library.segments.all()
  const regions = library.regions.all()
  removeOthers(regionsDir(library.path), new Set(regions))
  for (const region of regions) {
    for (const tier of StorageTier.options) {
      const own = segments.filter((row) => row.region === region && row.tier === tier)
      const folder = library.segmentsDir(region, tier)
      // Where nothing was ever archived there is no folder for it.
      if (tier === 'archive' && own.length === 0 && !existsSync(folder)) continue
      removeOthers(folder, new Set(own.map(({ file }) => file)))
    }
  }
  removeUnfinished(library)
  const volumes = [...library.volumeRows().values()].filter(
    (row) => row.kind === 'managed' && !row.isRemoved,
  )
  removeOthers(volumesDir(library.path), new Set(volumes.map((row) => `${row.id}.img`)))
  // Last: on a full disk the files make room for it.
  endPending(library, at)
}

const CAUSE = 'Strata ended before it was complete.'

/** They were never acknowledged, but they were begun: it is told how each of them ended. */
function endPending(library: Library, at: number): void {
  const rows = library.snapshotRows()
  const pending = [...rows.values()].filter((row) => row.state === 'pending')
  const volumes = library.volumeRows()
  const coming = library.volumes.coming()
  const unfinished = pending.length + coming.length + unfinishedTierings(library).length
  if (unfinished === 0) return
  const begun = new Set(pending.map(({ id }) => id))
  // Those of a set are completed in one transaction: where one is pending, all of them are.
  const sets = [...library.snapshotSets.all().values()].filter(([member]) =>
    begun.has(member!.snapshotId),
  )
  library.quietly(() => {
    for (const row of pending) {
      library.snapshots.fail(row.id, CAUSE)
      library.tell(snapshotFailed(row, rows, at, CAUSE))
    }
    for (const volume of coming) {
      const row = volumes.get(volume.id)
      library.volumes.giveUp(volume.id)
      if (row === undefined) library.tell(volumeFailed(volume, at, '', CAUSE))
      else if (isUntouched(row)) takeAway(library, row, at, '')
    }
    endTierings(library, at, CAUSE)
    for (const set of sets) {
      const members = set.map(({ snapshotId }) => rows.get(snapshotId)!)
      library.tell(setEnded(members, at, inErrorState(members[0]!.id)))
    }
  })
  const kept = library.volumeRows()
  for (const { id } of coming) {
    if (kept.get(id)?.isRemoved !== false) rmSync(library.volumeFile(id), { force: true })
  }
}

/**
 * What a launch had made goes with the instance that never was. It could be used already: where
 * somebody wrote to it, or took a snapshot of it, it stays as a volume like others.
 */
function isUntouched(row: VolumeRow): boolean {
  return row.snapshotsTaken === 0 && isEmpty(managedHead(row)?.dirty ?? EMPTY)
}

/** Files that a restore was writing. One that cannot be removed now is tried again next time. */
function removeUnfinished(library: Library): void {
  for (const path of library.unfinished.all()) {
    // The catalog may come from elsewhere: it must not name other files for removal.
    if (isPartial(path) && !isRemoved(path)) continue
    library.quietly(() => library.unfinished.remove(path))
  }
}

function isRemoved(path: string): boolean {
  try {
    rmSync(path, { force: true })
    return true
  } catch {
    // Its disk is read-only, or belongs to somebody else by now: no reason not to open.
    return false
  }
}

function removeOthers(folder: string, named: ReadonlySet<string>): void {
  // A folder without files may be lost when a library is copied by other means.
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true })
  // Nor may a library from elsewhere have a link in its place: what it leads to is not garbage.
  if (realpathSync(folder) !== folder) return
  const there = readdirSync(folder)
  // Where a named file is missing, the catalog may be damaged: what looks like garbage may be data.
  if (there.filter((file) => named.has(file)).length < named.size) return
  for (const file of there) {
    if (!named.has(file)) rmSync(join(folder, file), { recursive: true, force: true })
  }
}
