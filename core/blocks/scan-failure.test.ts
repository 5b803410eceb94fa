import {
  appendFileSync,
  closeSync,
  openSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { makeBench, noiseBlocks, scanImage } from '../testing/store-image.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import type { ParentBlocks } from './scan.ts'

vi.setConfig({ testTimeout: 30_000 })

describe('nothing is left when it fails', () => {
  const many = () => makeBench(noiseBlocks(70))

  test('cancelled before and in between', async () => {
    const at = many()
    await expect(scanImage(at, { signal: AbortSignal.abort('before') })).rejects.toBe('before')
    const controller = new AbortController()
    const parent: ParentBlocks = () => controller.abort('between')
    await expect(scanImage(at, { parent, signal: controller.signal })).rejects.toBe('between')
    expect(readdirSync(at.segmentsDir)).toEqual([])
  })

  const changes: [string, (path: string) => void, RegExp][] = [
    ['cut', (path) => truncateSync(path, 1_000_000), /shrank to 1000000 bytes/],
    ['grown', (path) => appendFileSync(path, 'more'), /grew/],
    [
      'written',
      (path) => {
        const fd = openSync(path, 'r+')
        writeSync(fd, 'x', 5_000)
        closeSync(fd)
      },
      /written to/,
    ],
  ]
  test.each(changes)('the image is %s meanwhile', async (_, change, message) => {
    const at = many()
    const parent: ParentBlocks = () => change(at.image)
    await expect(scanImage(at, { parent })).rejects.toMatchObject({
      code: 'IMAGE_CHANGED',
      message: expect.stringMatching(message),
    })
    expect(readdirSync(at.segmentsDir)).toEqual([])
  })

  test('the parent cannot be read', async () => {
    const at = many()
    const parent: ParentBlocks = () => {
      throw new Error('no parent')
    }
    await expect(scanImage(at, { parent })).rejects.toThrow('no parent')
    expect(readdirSync(at.segmentsDir)).toEqual([])
  })

  test('the folder of the segments is not there', async () => {
    const at = many()
    const segmentsDir = join(at.segmentsDir, 'none')
    await expect(scanImage(at, { segmentsDir })).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' })
  })

  test('a scan after a failed one is as good as any', async () => {
    const at = many()
    await expect(scanImage(at, { segmentsDir: '/nowhere' })).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
    })
    expect((await scanImage(at)).blocks.count).toBe(70)
  })

  test('the image is a link by then', async () => {
    const at = many()
    const link = join(tempFolder(), 'link.img')
    symlinkSync(at.image, link)
    await expect(scanImage(at, { path: link })).rejects.toMatchObject({ code: 'FILE_LINK_LOOP' })
  })

  test('a write just before a scan does not hide one during it', async () => {
    const at = many()
    writeFileSync(at.image, 'x', { flag: 'r+' })
    const parent: ParentBlocks = () => writeFileSync(at.image, 'y', { flag: 'r+' })
    await expect(scanImage(at, { parent })).rejects.toMatchObject({ code: 'IMAGE_CHANGED' })
  })
})
