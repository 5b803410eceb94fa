import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { protocol, type Session } from 'electron'
import { MIME_TYPES, manifestOf } from './page-manifest.ts'
import { policyOf, withNonce } from './page-policy.ts'

/*
 * The window's page, served as app://strata/.
 * (1) A request is looked up in a list of the built files that was made at the start; no path is
 *     ever made from what a request says.
 * (2) Every answer carries the content security policy. Style tags need the nonce of their load.
 */

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
