import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const OUT = `${ROOT}out/workers`
const ENTRIES = ['block-worker', 'engine-worker']

/**
 * Global set-up of the tests: bundles the threads' files into `out/workers`, where code that runs
 * from source looks for them. Threads cannot start from TypeScript under Node 20.
 */
export default async function buildWorkers(): Promise<void> {
  const newestMs = newest(`${ROOT}core`)
  for (const name of ENTRIES) {
    const file = `${OUT}/${name}.js`
    if (!existsSync(file) || statSync(file).mtimeMs < newestMs) await bundle(name, file)
  }
}

/** Renamed when whole: another run may be reading the file. */
async function bundle(name: string, file: string): Promise<void> {
  mkdirSync(OUT, { recursive: true })
  const unfinished = `${OUT}/${name}.${process.pid}.js`
  await build({
    input: `${ROOT}core/threads/${name}.ts`,
    cwd: ROOT,
    platform: 'node',
    external: ['better-sqlite3'],
    logLevel: 'warn',
    output: { file: unfinished, format: 'esm', codeSplitting: false },
  })
  renameSync(unfinished, file)
}

function newest(folder: string): number {
  let newestMs = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    newestMs = Math.max(newestMs, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs)
  }
  return newestMs
}
