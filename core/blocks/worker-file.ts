import { existsSync } from 'node:fs'

/**
 * The file a thread starts from. Bundled, it lies beside the bundle that starts it, or one folder
 * up when that is a chunk. From source it is in `out/workers`, where the tests build it: a thread
 * cannot start from TypeScript under Node 20.
 *
 * @throws Error when it has not been built
 */
export function workerFile(name: 'block-worker' | 'engine-worker'): URL {
  const here = import.meta.url
  const places = here.endsWith('.ts')
    ? [`../../out/workers/${name}.js`]
    : [`./${name}.js`, `../${name}.js`]
  for (const place of places) {
    const url = new URL(place, here)
    if (existsSync(url)) return url
  }
  throw new Error(`${name}.js is not beside ${here}: build it first`)
}
