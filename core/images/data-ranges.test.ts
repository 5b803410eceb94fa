import { execFileSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BLOCK_BYTES } from '../contract/units.ts'
import { dataBlocksOf } from './data-ranges.ts'

const never = new AbortController().signal
const TIB = 2 ** 40

describe.skipIf(process.platform !== 'linux')('where a sparse file holds data', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'strata-data-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  function sparse(name: string, sizeBytes: number, writes: readonly number[]): string {
    const path = join(folder, name)
    const fd = openSync(path, 'w')
    ftruncateSync(fd, sizeBytes)
    for (const offset of writes) writeSync(fd, 'data', offset)
    closeSync(fd)
    return path
  }
  const runs = (path: string) => dataBlocksOf(path, never)

  it('is told at once for a terabyte, also for what is not on the disk yet', async () => {
    const at = [0, 5 * BLOCK_BYTES + 17, TIB - 4]
    expect(await runs(sparse('tera.img', TIB, at))).toEqual([
      [0, 1],
      [5, 6],
      [TIB / BLOCK_BYTES - 1, TIB / BLOCK_BYTES],
    ])
  })

  it('is not known of a file that went meanwhile', async () => {
    expect(await runs(join(folder, 'gone.img'))).toBeNull()
  })

  it('is nowhere in a file without data', async () => {
    expect(await runs(sparse('empty.img', TIB, []))).toEqual([])
  })

  it('follows thousands of pieces', async () => {
    const at = Array.from({ length: 3_000 }, (_, i) => i * 2 * BLOCK_BYTES)
    const found = await runs(sparse('many.img', TIB, at))
    expect(found).toEqual(at.map((offset) => [offset / BLOCK_BYTES, offset / BLOCK_BYTES + 1]))
  })

  it('is not asked where little can be saved', async () => {
    expect(await runs(sparse('small.img', 2 ** 20, [0]))).toBeNull()
  })

  it('takes names that look like options or other machines as names', async () => {
    for (const name of ['--help', 'host:disk.img', ' two  words\n.img']) {
      expect(await runs(sparse(name, TIB, [0]))).toEqual([[0, 1]])
    }
  })

  it('stops when it is told to', async () => {
    const path = sparse('stopped.img', TIB, [0])
    await expect(dataBlocksOf(path, AbortSignal.abort(new Error('enough')))).rejects.toThrow(
      'enough',
    )
  })

  it('agrees with the system about a file that was punched', async () => {
    const path = sparse('punched.img', TIB, [0, 10 * BLOCK_BYTES])
    const hole = ['--punch-hole', '--offset', '0', '--length', String(BLOCK_BYTES), path]
    execFileSync('fallocate', hole)
    expect(await runs(path)).toEqual([[10, 11]])
  })
})
