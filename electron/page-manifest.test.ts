import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tempFolder } from '../core/testing/temp-folder.ts'
import { manifestOf } from './page-manifest.ts'
import { policyOf, withNonce } from './page-policy.ts'

it('the page has the files that were built, by their address, and itself as the root', () => {
  const folder = tempFolder()
  mkdirSync(join(folder, 'assets'))
  for (const file of ['index.html', 'assets/index-a1.js', 'assets/inter 1.woff2', 'assets/x.map']) {
    writeFileSync(join(folder, file), '')
  }
  symlinkSync('/etc/passwd', join(folder, 'leak.js'))
  const manifest = manifestOf(folder)
  expect([...manifest.keys()].sort()).toEqual([
    'app://strata/',
    'app://strata/assets/index-a1.js',
    'app://strata/assets/inter%201.woff2',
    'app://strata/index.html',
  ])
  expect(manifest.get('app://strata/')).toBe(join(folder, 'index.html'))
})

it.each(['../package.json', '%2e%2e/package.json', 'assets', '//etc/passwd'])(
  'the page cannot ask for %s',
  (address) => {
    const folder = join(tempFolder(), 'renderer')
    mkdirSync(join(folder, 'assets'), { recursive: true })
    writeFileSync(join(folder, 'index.html'), '')
    writeFileSync(join(folder, '..', 'package.json'), '{}')
    expect(manifestOf(folder).has(`app://strata/${address}`)).toBe(false)
  },
)

it('the policy lets nothing run but what was built, and styles with the nonce of the load', () => {
  const directives = new Map(
    policyOf('n0nce')
      .split('; ')
      .map((directive) => {
        const [name, ...sources] = directive.split(' ')
        return [name, sources.join(' ')]
      }),
  )
  expect(Object.fromEntries(directives)).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'nonce-n0nce'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'object-src': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': 'default',
  })
})

it('the page finds the nonce in its head', () => {
  expect(withNonce('<html><head><title>', 'n0nce')).toBe(
    '<html><head><meta name="csp-nonce" content="n0nce"><title>',
  )
})
