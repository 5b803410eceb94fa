import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { protocol, type Session } from 'electron'

/*
 * The window's page, served as app://strata/.
 * (1) A request is looked up in a list of the built files that was made at the start; no path is
 *     ever made from what a request says.
 * (2) Every answer carries the content security policy. Style tags need the nonce of their load.
 */

export const PAGE_ORIGIN = 'app://strata'
export const PAGE_URL = `${PAGE_ORIGIN}/`

const MIME_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** Must be called before the app is ready. */
export function registerPageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }])
}

/** Serves the built page in `folder` to the windows of `session`. */
export function servePage(session: Session, folder: string): void {
  const manifest = manifestOf(folder)
  session.protocol.handle('app', async ({ url, method }) => {
    const file = method === 'GET' ? manifest.get(url.split(/[?#]/, 1)[0] ?? '') : undefined
    const nonce = randomBytes(16).toString('base64')
    if (!file) return new Response(null, { status: 404, headers: headersOf('.html', nonce) })
    const type = extname(file)
    const body = await readFile(file)
    const page = type === '.html' ? withNonce(body.toString('utf8'), nonce) : new Uint8Array(body)
    return new Response(page, { headers: headersOf(type, nonce) })
  })
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
    else if (extname(file) in MIME_TYPES) yield [url, file]
  }
}

/** The page may run and show what it was built with, and nothing else. */
export function policyOf(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')
}

/** Where the page finds the nonce for the style tags it makes. */
export function withNonce(html: string, nonce: string): string {
  return html.replace('<head>', `<head><meta name="csp-nonce" content="${nonce}">`)
}

function headersOf(type: string, nonce: string): Record<string, string> {
  return {
    'content-type': MIME_TYPES[type] ?? 'application/octet-stream',
    'content-security-policy': policyOf(nonce),
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(type === '.html' ? { 'cache-control': 'no-store' } : {}),
  }
}
