import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { Engine } from '../core/engine/engine.ts'
import type { VerifyJson } from './json.ts'
import { ask, refusal, strata } from './testing/command.ts'
import { isRoot } from './testing/odd-files.ts'
import { dataOf, rewriteBlocks, Scene, sha256Of } from './testing/scene.ts'

/** Where SQLite's header has the format of a library. */
const USER_VERSION_AT = 60

type Verification = z.infer<typeof VerifyJson>

const scene = new Scene()
let filled: string
let firstState: string

/** A linked volume with two snapshots; the second changed blocks 2 and 5. */
beforeAll(async () => {
  filled = await scene.library()
  const image = scene.image()
  firstState = sha256Of(image)
  await ask(filled, ['volume', 'import', image, '--name', 'disk'])
  await ask(filled, ['snapshot', 'create', 'disk', '--name', 'first'])
  rewriteBlocks(image, [2, 5])
  await ask(filled, ['snapshot', 'create', 'disk', '--name', 'second'])
})
afterAll(() => scene.remove())

/** Segments in the order in which they were written: each snapshot has its own. */
function segmentsOf(library: string): string[] {
  return dataOf(library)
    .map((line) => join(library, line.split(' ')[0] ?? ''))
    .sort((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs)
}

async function verification(library: string): Promise<Verification & { exitCode: number | null }> {
  const outcome = await strata(['--library', library, '--json', 'verify'])
  return { ...(JSON.parse(outcome.stdout) as Verification), exitCode: outcome.exitCode }
}

async function idOf(library: string, name: string): Promise<string> {
  return (await ask<{ snapshotId: string }>(library, ['snapshot', 'show', name])).snapshotId
}

describe.concurrent('block data that is damaged', () => {
  it('a missing segment: verify names it and who is touched, the rest is whole', async () => {
    const library = scene.copyOf(filled)
    const last = segmentsOf(library).at(-1) ?? ''
    renameSync(last, scene.path('away'))
    const found = await verification(library)
    expect(found).toMatchObject({ ok: false, exitCode: 1 })
    expect(found.problems.map(({ kind }) => kind)).toContain('segment-missing')
    expect(found.problems[0]?.message).toContain(last.split('/').at(-1))
    const touched = found.problems.flatMap(({ affected }) => affected)
    expect(new Set(touched.map(({ snapshotId }) => snapshotId))).toEqual(
      new Set([await idOf(library, 'second')]),
    )
    const target = scene.path('second.img')
    const error = await refusal(library, ['snapshot', 'restore', 'second', '--to', target])
    expect(error).toMatchObject({ code: 'SEGMENT_MISSING', exitCode: 1 })
    expect(error.message).toContain(last.split('/').at(-1))
    expect(existsSync(target)).toBe(false)
    const whole = await ask(library, [
      ...['snapshot', 'restore', 'first', '--sha256', '--to', scene.path('first.img')],
    ])
    expect(whole).toMatchObject({ sha256: firstState })
  })

  it('a flipped bit: verify names file, byte and blocks, and restore gives no wrong byte', async () => {
    const library = scene.copyOf(filled)
    const last = segmentsOf(library).at(-1) ?? ''
    const bytes = readFileSync(last)
    const place = bytes.length - 70_000
    bytes[place] = (bytes[place] ?? 0) ^ 1
    writeFileSync(last, bytes)
    const found = await verification(library)
    expect(found).toMatchObject({ ok: false, exitCode: 1 })
    expect(found.problems).toHaveLength(1)
    expect(found.problems[0]).toMatchObject({
      kind: 'block-damaged',
      affected: [{ snapshotId: await idOf(library, 'second'), ranges: [{ blockCount: 1 }] }],
    })
    expect(found.problems[0]?.message).toContain(last.split('/').at(-1))
    const target = scene.path('second.img')
    const error = await refusal(library, ['snapshot', 'restore', 'second', '--to', target])
    expect(error).toMatchObject({ code: 'BLOCK_DAMAGED', exitCode: 1 })
    expect(error.message).toMatch(/block [25] is damaged, in “.*” at byte \d+/)
    expect(existsSync(target)).toBe(false)
    expect(await ask(library, ['snapshot', 'show', 'second'])).toMatchObject({ name: 'second' })
  })

  it('for people: verify says it in words, on standard output, and exits 1', async () => {
    const library = scene.copyOf(filled)
    rmSync(segmentsOf(library).at(-1) ?? '')
    const outcome = await strata(['--library', library, 'verify', '--deep'])
    expect(outcome.exitCode).toBe(1)
    expect(outcome.stdout).toMatch(/blocks checked, \d+ problems?:\nsegment-missing: /)
    expect(outcome.stdout).toMatch(/touches second \(snap-\w+\), block 2/)
  })
})

describe.concurrent('a library that cannot be opened', () => {
  const asked = ['snapshot', 'ls']

  it('is not there', async () => {
    const path = scene.path('nowhere.strata')
    const error = await refusal(path, asked)
    expect(error).toMatchObject({ code: 'LIBRARY_MISSING', exitCode: 1 })
    expect(error.message).toContain('nowhere.strata')
    expect(existsSync(path)).toBe(false)
  })

  it('is some other folder, or a file', async () => {
    const folder = scene.path('folder')
    mkdirSync(folder)
    expect(await refusal(folder, asked)).toMatchObject({ code: 'LIBRARY_MISSING', exitCode: 1 })
    const file = scene.image(100, 'file.strata')
    expect(['LIBRARY_MISSING', 'LIBRARY_DAMAGED']).toContain((await refusal(file, asked)).code)
  })

  it('is already there when it is made', async () => {
    const before = sha256Of(join(filled, 'catalog.sqlite'))
    const library = scene.copyOf(filled)
    const error = await refusal(library, ['init'])
    expect(error).toMatchObject({ code: 'LIBRARY_EXISTS', exitCode: 1 })
    expect(sha256Of(join(library, 'catalog.sqlite'))).toBe(before)
  })

  it.each([
    ['cut short', (path: string) => truncateSync(path, Math.floor(statSync(path).size / 2))],
    ['cut to a piece', (path: string) => truncateSync(path, 1_000)],
    ['empty', (path: string) => truncateSync(path, 0)],
    ['overwritten', (path: string) => writeFileSync(path, Buffer.alloc(40_960, 'x'))],
    ['gone', (path: string) => rmSync(path)],
  ])('has a catalog that is %s', async (_, damage) => {
    const library = scene.copyOf(filled)
    damage(join(library, 'catalog.sqlite'))
    const data = dataOf(library)
    const error = await refusal(library, asked)
    expect(error).toMatchObject({ exitCode: 1 })
    expect(['LIBRARY_DAMAGED', 'LIBRARY_MISSING']).toContain(error.code)
    expect(error.message).toContain('copy.strata')
    expect(dataOf(library)).toEqual(data)
  })

  it('is of a newer format: it is told, and nothing is changed', async () => {
    const library = scene.copyOf(filled)
    const catalog = join(library, 'catalog.sqlite')
    const bytes = readFileSync(catalog)
    bytes.writeUInt32BE(99, USER_VERSION_AT)
    writeFileSync(catalog, bytes)
    const error = await refusal(library, asked)
    expect(error).toMatchObject({ code: 'LIBRARY_NEWER', exitCode: 1 })
    expect(error.message).toMatch(/copy\.strata” has format 99; this Strata knows formats up to \d/)
    expect(readFileSync(catalog).equals(bytes)).toBe(true)
  })

  it.skipIf(!isRoot)('is somebody else’s', async () => {
    chmodSync(scene.folder, 0o755)
    const library = scene.copyOf(filled)
    chmodSync(library, 0o700)
    const error = await refusal(library, asked, { asNobody: true })
    expect(error).toMatchObject({ code: 'FILE_NOT_ALLOWED', exitCode: 1 })
    expect(error.message).toMatch(/copy\.strata” may not be read/)
    const inside = join(library, 'new.strata')
    const made = await refusal(inside, ['init'], { asNobody: true })
    expect(made).toMatchObject({ code: 'FILE_NOT_ALLOWED', exitCode: 1 })
  })

  it('is open elsewhere: the holder is named', async () => {
    const library = scene.copyOf(filled)
    const engine = await Engine.open(library, { onEvent: () => {}, holder: 'the window' })
    try {
      const error = await refusal(library, asked)
      expect(error).toMatchObject({ code: 'LIBRARY_LOCKED', exitCode: 1 })
      expect(error.message).toMatch(/copy\.strata” is open in “the window”/)
      expect(error.message).toContain(`process ${process.pid}`)
    } finally {
      await engine.close()
    }
    expect((await strata(['--library', library, '--json', 'stats'])).exitCode).toBe(0)
  })
})
