import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import { CATALOG_FILE } from '../../catalog/database.ts'
import type { Scene } from './scene.ts'

/** Changes a closed catalog by hand. */
export function alterCatalog(catalog: string, sql: string): void {
  withCatalog(catalog, (db) => db.exec(sql))
}

/** Looks into a scene's catalog, which nobody else has open meanwhile. */
export async function inCatalog<T>(scene: Scene, work: (db: Database) => T): Promise<T> {
  await scene.engine.close()
  const result = withCatalog(join(scene.library, CATALOG_FILE), work)
  await scene.reopen()
  return result
}

function withCatalog<T>(catalog: string, work: (db: Database) => T): T {
  const nativeBinding = process.env.STRATA_SQLITE_BINDING
  const db = new Sqlite(catalog, nativeBinding ? { nativeBinding } : {})
  const result = work(db)
  db.close()
  return result
}
