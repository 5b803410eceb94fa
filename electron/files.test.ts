import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tempFolder } from '../core/testing/temp-folder.ts'
import { OfferedFiles } from './files.ts'

const refused = expect.objectContaining({ code: 'FILE_NOT_OFFERED' })

describe('files that were dropped or chosen', () => {
  it('are named to the page without where they lie', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'disk.img'), 'twelve bytes')
    const offered = await new OfferedFiles().offer(join(folder, 'disk.img'), 'read')
    expect(offered).toMatchObject({ name: 'disk.img', sizeBytes: 12 })
    expect(offered.fileId).toMatch(/^file-[0-9a-f]{32}$/)
    expect(JSON.stringify(offered)).not.toContain(folder)
  })

  it('have no size where there is no file yet, or a folder', async () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'Work.strata'))
    const files = new OfferedFiles()
    expect((await files.offer(join(folder, 'new.img'), 'write')).sizeBytes).toBeNull()
    expect((await files.offer(join(folder, 'Work.strata'), 'read')).sizeBytes).toBeNull()
  })

  it('replace the id in a call by the path', () => {
    const files = new OfferedFiles()
    const file = files.idOf('/images/disk.img', 'read')
    expect(files.withPath('importImage', { file, copy: true })).toEqual({
      file: '/images/disk.img',
      copy: true,
    })
    expect(files.withPath('takeSnapshot', { volumeId: 'vol-1' })).toEqual({ volumeId: 'vol-1' })
    expect(files.withPath('planDeletion', { snapshotIds: [] })).toEqual({ snapshotIds: [] })
  })

  it.each([
    'importImage',
    'writeFile',
    'takeSnapshot',
    'restoreToFile',
    'importKeyMaterial',
  ] as const)('cannot be named by their path in %s', (name) => {
    const files = new OfferedFiles()
    files.idOf('/images/disk.img', 'read')
    for (const file of ['/images/disk.img', '/etc/shadow', 'file-0', '', '__proto__']) {
      expect(() => files.withPath(name, { file })).toThrow(refused)
    }
  })

  it('can be used for what they were given for only: an image is never replaced', () => {
    const files = new OfferedFiles()
    const dropped = files.idOf('/images/disk.img', 'read')
    const target = files.idOf('/images/restored.img', 'write')
    const library = files.idOf('/images/Work.strata', 'library')
    expect(() => files.withPath('restoreToFile', { file: dropped })).toThrow(refused)
    expect(() => files.withPath('importImage', { file: target })).toThrow(refused)
    expect(() => files.withPath('importImage', { file: library })).toThrow(refused)
    expect(() => files.withPath('importKeyMaterial', { file: dropped })).toThrow(refused)
    const material = files.idOf('/keys/material.bin', 'key')
    expect(() => files.withPath('importImage', { file: material })).toThrow(refused)
    expect(files.withPath('importKeyMaterial', { file: material })).toEqual({
      file: '/keys/material.bin',
    })
    expect(files.pathOf(library, 'library', 'read')).toBe('/images/Work.strata')
  })

  it('keep one id for one path and purpose, so that asking again fills no memory', () => {
    const files = new OfferedFiles()
    expect(files.idOf('/a', 'library')).toBe(files.idOf('/a', 'library'))
    expect(files.idOf('/a', 'library')).not.toBe(files.idOf('/a', 'read'))
  })

  it('are forgotten, the oldest first, when there are too many', () => {
    const files = new OfferedFiles()
    const ids = Array.from({ length: 1_025 }, (_, i) => files.idOf(`/${i}`, 'read'))
    expect(() => files.pathOf(ids[0] ?? '', 'read')).toThrow(refused)
    expect(files.pathOf(ids[1] ?? '', 'read')).toBe('/1')
    expect(files.pathOf(ids[1_024] ?? '', 'read')).toBe('/1024')
    expect(files.idOf('/0', 'read')).not.toBe(ids[0])
  })
})
