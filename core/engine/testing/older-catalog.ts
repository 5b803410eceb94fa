import { alterCatalog } from './alter-catalog.ts'

/**
 * What takes the newest migrations back, by the format that each of them made: as much of it as the
 * migration needs to run again.
 */
const UNDOINGS = new Map([
  [24, 'DROP TABLE load_key'],
  [23, 'ALTER TABLE snapshot DROP COLUMN is_left_by_archiving'],
  [22, 'ALTER TABLE volume_load DROP COLUMN damaged'],
  [21, 'DROP TABLE image_tag'],
  [20, 'DROP TABLE key_grant'],
  [19, 'DROP TABLE manifest; ALTER TABLE data_key DROP COLUMN format'],
  [17, 'DROP TABLE policy'],
  [16, 'DROP TABLE fast_restore; ALTER TABLE volume_load DROP COLUMN fast_restored'],
])

/** Makes a closed catalog one of an older format, which the next opening migrates. */
export function makeOlder(catalog: string, format: number): void {
  const undone = [...UNDOINGS].filter(([made]) => made > format).map(([, sql]) => sql)
  alterCatalog(catalog, [...undone, `PRAGMA user_version = ${format}`].join(';'))
}
