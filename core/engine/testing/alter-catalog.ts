import Sqlite from 'better-sqlite3'

/** Changes a closed catalog by hand. */
export function alterCatalog(catalog: string, sql: string): void {
  const nativeBinding = process.env.STRATA_SQLITE_BINDING
  const db = new Sqlite(catalog, nativeBinding ? { nativeBinding } : {})
  db.exec(sql)
  db.close()
}
