import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type ErrorCode, StrataError } from '../contract/errors.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import { openImage, reopenImage, stampOf } from './image-file.ts'

const isRoot = process.getuid?.() === 0

function refusal(code: ErrorCode, what: RegExp = /./) {
  return expect.objectContaining({ code, message: expect.stringMatching(what) })
}

function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown')
}

describe('opening what people give', () => {
  test('an ordinary file opens with its exact size and its real path', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'disk.img'), 'x'.repeat(1_000_003))
    symlinkSync('disk.img', join(folder, 'link.img'))
    const image = openImage(join(folder, 'link.img'))
    onTestFinished(() => image.close())
    expect(image.path).toBe(join(folder, 'disk.img'))
    expect(image.stamp.sizeBytes).toBe(1_000_003)
    expect(image.stamp).toEqual(stampOf(image.path))
  })

  test('a missing file, also behind a dangling link or a file', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'file'), 'x')
    symlinkSync('nowhere', join(folder, 'dangling'))
    for (const name of ['no.img', 'dangling', 'file/deeper.img']) {
      expect(thrownBy(() => openImage(join(folder, name)))).toEqual(refusal('FILE_MISSING'))
    }
  })

  test('a folder', () => {
    expect(thrownBy(() => openImage(tempFolder()))).toEqual(refusal('FILE_IS_FOLDER'))
  })

  test('a named pipe is refused at once, though nobody writes to it', () => {
    const pipe = join(tempFolder(), 'pipe')
    execFileSync('mkfifo', [pipe])
    const startMs = performance.now()
    expect(thrownBy(() => openImage(pipe))).toEqual(refusal('FILE_IS_SPECIAL', /named pipe/))
    expect(performance.now() - startMs).toBeLessThan(1_000)
  })

  test('a socket', async () => {
    const path = join(tempFolder(), 'socket')
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(path, resolve))
    onTestFinished(() => void server.close())
    expect(thrownBy(() => openImage(path))).toEqual(refusal('FILE_IS_SPECIAL', /socket/))
  })

  test('devices', () => {
    expect(thrownBy(() => openImage('/dev/null'))).toEqual(refusal('FILE_IS_DEVICE'))
    expect(thrownBy(() => openImage('/dev/zero'))).toEqual(refusal('FILE_IS_DEVICE'))
  })

  test('links that lead back to themselves', () => {
    const folder = tempFolder()
    symlinkSync('b', join(folder, 'a'))
    symlinkSync('a', join(folder, 'b'))
    expect(thrownBy(() => openImage(join(folder, 'a')))).toEqual(refusal('FILE_LINK_LOOP'))
  })

  test.skipIf(isRoot)('a file that may not be read (root may read all)', () => {
    const path = join(tempFolder(), 'secret.img')
    writeFileSync(path, 'x')
    chmodSync(path, 0)
    expect(thrownBy(() => openImage(path))).toEqual(refusal('FILE_NOT_ALLOWED'))
  })

  test.runIf(isRoot)('a file that may not be read, as another user', () => {
    const folder = tempFolder()
    const path = join(folder, 'secret.img')
    writeFileSync(path, 'x')
    chmodSync(folder, 0o755)
    chmodSync(path, 0)
    const seteuid = process.seteuid as (id: number) => void
    seteuid(65_534)
    onTestFinished(() => seteuid(0))
    const thrown = thrownBy(() => openImage(path))
    seteuid(0)
    expect(thrown).toEqual(refusal('FILE_NOT_ALLOWED'))
  })

  test('an empty file', () => {
    const path = join(tempFolder(), 'empty.img')
    writeFileSync(path, '')
    expect(thrownBy(() => openImage(path))).toEqual(refusal('IMAGE_EMPTY'))
  })

  test('paths that no file can have', () => {
    expect(thrownBy(() => openImage(''))).toEqual(refusal('FILE_NAME_UNUSABLE'))
    expect(thrownBy(() => openImage('/tmp/a\0b'))).toEqual(refusal('FILE_NAME_UNUSABLE', /NUL/))
    const long = join(tempFolder(), 'x'.repeat(300))
    expect(thrownBy(() => openImage(long))).toEqual(refusal('FILE_NAME_UNUSABLE', /too long/))
  })

  test('a name that is not UTF-8 is told from a missing one', () => {
    const folder = tempFolder()
    const raw = Buffer.concat([
      Buffer.from(`${folder}/bad`),
      Buffer.from([0xff]),
      Buffer.from('.img'),
    ])
    writeFileSync(raw, 'x')
    const shown = raw.toString('utf8')
    expect(thrownBy(() => openImage(shown))).toEqual(refusal('FILE_NAME_UNUSABLE', /UTF-8/))
  })

  test('odd but legal names open', () => {
    const folder = tempFolder()
    for (const name of [
      '-rf.img',
      'new\nline',
      '..img',
      'caf\u0065\u0301',
      '\u202egmi.exe',
      '\ufffd',
    ]) {
      writeFileSync(join(folder, name), 'x')
      openImage(join(folder, name)).close()
    }
  })
})

describe('sizes', () => {
  const tmpfs = '/dev/shm'
  const isTmpfs = process.platform === 'linux' && stampOf(tmpfs) !== null

  test.runIf(isTmpfs)('64 TiB is the most, and exact above 2^53 (needs tmpfs)', () => {
    const path = `${tmpfs}/strata-test-${process.pid}.img`
    writeFileSync(path, '')
    onTestFinished(() => rmSync(path, { force: true }))
    execFileSync('truncate', ['-s', String(64n * 2n ** 40n), path])
    openImage(path).close()
    execFileSync('truncate', ['-s', String(64n * 2n ** 40n + 1n), path])
    expect(thrownBy(() => openImage(path))).toEqual(refusal('IMAGE_TOO_LARGE', /70368744177665/))
    const huge = 7n * 2n ** 60n - 1n
    execFileSync('truncate', ['-s', String(huge), path])
    expect(thrownBy(() => openImage(path))).toEqual(
      refusal('IMAGE_TOO_LARGE', new RegExp(`${huge}`)),
    )
  })
})

describe('a change is noticed', () => {
  const changes: [string, RegExp, (path: string) => void][] = [
    ['grown', /grew to 6 bytes/, (path) => appendFileSync(path, 'z')],
    ['cut', /shrank to 2 bytes/, (path) => truncateSync(path, 2)],
    ['written in place', /written to/, (path) => writeFileSync(path, 'other', { flag: 'r+' })],
    [
      'written in place, with its time set back',
      /written to/,
      (path) => {
        writeFileSync(path, 'other', { flag: 'r+' })
        utimesSync(path, 1_000, 1_000)
      },
    ],
    [
      'replaced',
      /another file took its place/,
      (path) => {
        writeFileSync(`${path}.new`, 'other')
        renameSync(`${path}.new`, path)
      },
    ],
    ['moved away', /moved or removed/, (path) => renameSync(path, `${path}.old`)],
  ]
  test.each(changes)('%s', async (_, what, change) => {
    const path = join(tempFolder(), 'disk.img')
    writeFileSync(path, 'bytes')
    utimesSync(path, 1_000, 1_000)
    const image = openImage(path)
    onTestFinished(() => image.close())
    image.assertUnchanged()
    await delay(20)
    change(path)
    // Moving a file changes its own times too; what the path says counts there.
    expect(thrownBy(() => image.assertUnchanged())).toEqual(refusal('IMAGE_CHANGED'))
    expect(thrownBy(() => reopenImage(path, image.stamp))).toBeInstanceOf(StrataError)
    if (!what.source.includes('moved')) {
      expect(thrownBy(() => reopenImage(path, image.stamp))).toEqual(refusal('IMAGE_CHANGED', what))
    }
  })

  test('reading is no change, and a second name of the same file neither to its bytes', () => {
    const folder = tempFolder()
    const path = join(folder, 'disk.img')
    writeFileSync(path, 'bytes')
    const image = openImage(path)
    onTestFinished(() => image.close())
    mkdirSync(join(folder, 'other'))
    expect(stampOf(path)).toEqual(image.stamp)
    image.assertUnchanged()
    linkSync(path, join(folder, 'other/disk.img'))
    expect(thrownBy(() => image.assertUnchanged())).toEqual(refusal('IMAGE_CHANGED', /name/))
  })
})
