import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '..')
const page = readFileSync(resolve(ROOT, 'docs/ebs-coverage.md'), 'utf8')
const rows = [
  ...page.matchAll(/^\| ([FW]\d+) \|(?: (.+) \|)? (left out|`[^`]+`(?:, `[^`]+`)*) \|$/gm),
].map(([, key, what = '', tests]) => ({
  key: key!,
  what,
  files: [...tests!.matchAll(/`([^`]+)`/g)].map(([, file]) => file!),
}))
const held = rows.flatMap(({ key, files }) => files.map((file) => ({ key, file })))
const range = (letter: string, first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => `${letter}${first + i}`)

describe('docs/ebs-coverage.md', () => {
  it('has every rule and every example once, in order', () =>
    expect(rows.map(({ key }) => key)).toEqual([
      ...range('F', 1, 44),
      ...range('W', 1, 36),
      ...range('W', 40, 44),
    ]))

  it.each(held)('$key is held by a test of that name in $file', ({ key, file }) => {
    expect(existsSync(resolve(ROOT, file)), file).toBe(true)
    // Named in comments alone they are held by nothing.
    const code = readFileSync(resolve(ROOT, file), 'utf8').replace(/^\s*(\/[/*]|\*).*$/gm, '')
    expect(code).toMatch(new RegExp(`'[^'\n]*\\b${key}\\b[^'\n]*'`))
  })

  it('leaves out what was decided to be left out, and says why', () => {
    const out = rows.filter(({ files }) => files.length === 0)
    expect(out.map(({ key }) => key)).toEqual(['F25', 'F37'])
    for (const { key, what } of out) expect(what, key).toMatch(/: (\S+ ){5}/)
  })
})
