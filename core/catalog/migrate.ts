import type { Database } from 'better-sqlite3'
import { StrataError } from '../contract/errors.ts'
import { overwriting } from './erasures.ts'
import { begin } from './migrations/0001-begin.ts'
import { regions } from './migrations/0002-regions.ts'
import { events } from './migrations/0003-events.ts'
import { prices } from './migrations/0004-prices.ts'
import { locks } from './migrations/0005-locks.ts'
import { accounts } from './migrations/0006-accounts.ts'
import { instances } from './migrations/0007-instances.ts'
import { tags } from './migrations/0008-tags.ts'
import { lifeCycle } from './migrations/0009-life-cycle.ts'
import { images } from './migrations/0010-images.ts'
import { recycleBin } from './migrations/0011-recycle-bin.ts'
import { keys } from './migrations/0012-keys.ts'
import { loads } from './migrations/0013-loads.ts'
import { sharing } from './migrations/0014-sharing.ts'
import { archive } from './migrations/0015-archive.ts'
import { fastRestore } from './migrations/0016-fast-restore.ts'
import { policies } from './migrations/0017-policies.ts'
import { recoveryKey } from './migrations/0018-recovery-key.ts'
import { manifests } from './migrations/0019-manifests.ts'
import { keyGrants } from './migrations/0020-key-grants.ts'
import { accountTags } from './migrations/0021-account-tags.ts'
import { damagedLoads } from './migrations/0022-damaged-loads.ts'
import { archivedRemnants } from './migrations/0023-archived-remnants.ts'
import { loadKeys } from './migrations/0024-load-keys.ts'

/** In order, never edited once released: the format of a library is how many were applied. */
const MIGRATIONS: readonly string[] = [
  begin,
  regions,
  events,
  prices,
  locks,
  accounts,
  instances,
  tags,
  lifeCycle,
  images,
  recycleBin,
  keys,
  loads,
  sharing,
  archive,
  fastRestore,
  policies,
  recoveryKey,
  manifests,
  keyGrants,
  accountTags,
  damagedLoads,
  archivedRemnants,
  loadKeys,
]

/** The format that this Strata writes. */
export const FORMAT_VERSION = MIGRATIONS.length

/**
 * Changes nothing, and needs no lock.
 *
 * @throws StrataError LIBRARY_NEWER for a format from the future
 */
export function assertKnown(format: number, path: string, known = FORMAT_VERSION): void {
  if (format > known) throw new StrataError('LIBRARY_NEWER', { path, format, known })
  if (format < 0) {
    throw new StrataError('LIBRARY_DAMAGED', { path, problem: `it has no format (${format})` })
  }
}

/**
 * Brings a catalog to the newest format, each step in a transaction of its own.
 *
 * @param path the library, for messages
 * @throws StrataError LIBRARY_NEWER, changing nothing, for a format from the future
 */
export function migrate(
  db: Database,
  path: string,
  migrations: readonly string[] = MIGRATIONS,
): void {
  const format = db.pragma('user_version', { simple: true }) as number
  assertKnown(format, path, migrations.length)
  // While they are on, a table that makes room for its new form would count as rows deleted.
  db.pragma('foreign_keys = OFF')
  try {
    for (let next = format; next < migrations.length; next += 1) {
      const step = migrations[next]!
      const work = db.transaction(() => {
        db.exec(step)
        db.pragma(`user_version = ${next + 1}`)
      })
      // A table that is made anew leaves its pages, and they may hold what opens keys.
      overwriting(db, () => work.immediate())
    }
  } finally {
    db.pragma('foreign_keys = ON')
  }
}
