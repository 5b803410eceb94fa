import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { alterCatalog } from '../core/engine/testing/alter-catalog.ts'
import { drawn, launch } from './app.ts'

const HOUR_MS = 3_600_000

/** Of each table of the catalog what tells when something was. */
const TIMES = {
  policy: ['settled_until'],
  snapshot: ['started_at', 'completed_at'],
  fast_restore: ['enabling_at', 'optimizing_at', 'enabled_at', 'counted_at'],
}

/** Lets time pass for a library that is closed: what it remembers was so much earlier. */
export function letHoursPass(library: string, hours: number): void {
  const earlier = (column: string) => `${column} = ${column} - ${hours * HOUR_MS}`
  const changes = Object.entries(TIMES).map(
    ([table, columns]) => `UPDATE ${table} SET ${columns.map(earlier).join(', ')}`,
  )
  alterCatalog(join(library, 'catalog.sqlite'), changes.join(';'))
}

/** Starts the app anew, with its library on the screen. */
export async function startAgain(
  profile: string,
  args: readonly string[],
): Promise<{ app: ElectronApplication; page: Page }> {
  const app = await launch(profile, args)
  return { app, page: await drawn(app) }
}
