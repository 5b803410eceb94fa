import { readdirSync } from 'node:fs'
import { extname, join } from 'node:path'

/** Where the window's page lives. */
export const PAGE_ORIGIN = 'app://strata'
export const PAGE_URL = `${PAGE_ORIGIN}/`

/** The kinds of files a build makes; others are not served. */
export const MIME_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** Address of each built file, and where it lies. The page itself is also the root. */
export function manifestOf(folder: string): ReadonlyMap<string, string> {
  const manifest = new Map(filesIn(folder, PAGE_URL))
  const page = manifest.get(`${PAGE_URL}index.html`)
  if (page) manifest.set(PAGE_URL, page)
  return manifest
}

/** Folder by folder: inside an app archive a recursive listing is not to be had. */
function* filesIn(folder: string, address: string): Generator<[address: string, file: string]> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name)
    const url = `${address}${encodeURIComponent(entry.name)}`
    if (entry.isDirectory()) yield* filesIn(file, `${url}/`)
    else if (entry.isFile() && extname(file) in MIME_TYPES) yield [url, file]
  }
}
