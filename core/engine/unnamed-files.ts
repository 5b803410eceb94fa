import { rmSync } from 'node:fs'
import { isUnclear } from '../catalog/database.ts'

/**
 * Removes files that rows would have named if `failure` had not come between. Where it is not clear
 * whether the rows are there, the files stay: the next open removes them if nothing names them.
 */
export function removeUnnamed(failure: unknown, files: readonly string[]): void {
  if (isUnclear(failure)) return
  for (const file of files) rmSync(file, { force: true })
}
