import { renameSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Beside the block thread's file, which it starts. */
const DRIVER = `${ROOT}out/workers/crash-driver.js`

/**
 * Bundles the driver: a process cannot start from TypeScript under Node 20. Renamed when whole:
 * another run may be starting it.
 *
 * @returns its path
 */
export async function buildDriver(): Promise<string> {
  const unfinished = `${DRIVER}.${process.pid}.js`
  await build({
    input: `${ROOT}core/crash/driver.ts`,
    cwd: ROOT,
    platform: 'node',
    external: ['better-sqlite3'],
    logLevel: 'warn',
    output: { file: unfinished, format: 'esm', codeSplitting: false },
  })
  renameSync(unfinished, DRIVER)
  return DRIVER
}
