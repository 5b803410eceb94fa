import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { inProject, root } from '../project.mjs'
import { isFresh, markFresh } from './freshness.mjs'

const PIECE = `freshness-test-${process.pid}`
/** @type {string} */
let sources
beforeEach(() => {
  sources = fs.mkdtempSync(path.join(os.tmpdir(), 'strata-freshness-'))
  fs.writeFileSync(path.join(sources, 'a.ts'), 'a')
  fs.mkdirSync(inProject('out'), { recursive: true })
  markFresh(PIECE, look().fingerprint)
})
afterEach(() => {
  fs.rmSync(sources, { recursive: true })
  fs.rmSync(inProject('out', `.${PIECE}-built`))
})

it('stays fresh while nothing changes, and when a test does', () => {
  expect(look().fresh).toBe(true)
  fs.writeFileSync(path.join(sources, 'a.test.ts'), 'a test')
  expect(look().fresh).toBe(true)
})

it.each([
  ['changed', () => fs.writeFileSync(path.join(sources, 'a.ts'), 'bb')],
  ['touched', () => fs.utimesSync(path.join(sources, 'a.ts'), 1, 1)],
  ['added', () => fs.writeFileSync(path.join(sources, 'b.ts'), 'b')],
  ['deleted', () => fs.rmSync(path.join(sources, 'a.ts'))],
])('is stale when a source is %s', (_what, change) => {
  change()
  expect(look().fresh).toBe(false)
})

function look() {
  return isFresh(PIECE, [path.relative(root, sources)])
}
