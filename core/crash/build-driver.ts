import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Beside the block thread's file, which it starts. */
const DRIVER = `${ROOT}out/workers/crash-driver.js`

/** Bundles the driver: a process cannot start from TypeScript under Node 20. @returns its path */
export async function buildDriver(): Promise<string> {
  await build({
    input: `${ROOT}core/crash/driver.ts`,
    cwd: ROOT,
    platform: 'node',
    external: ['better-sqlite3'],
    logLevel: 'warn',
    output: { file: DRIVER, format: 'esm', codeSplitting: false },
  })
  return DRIVER
}
