import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BLOCK_BYTES } from '../core/contract/units.ts'
import { ask, refusal } from './testing/command.ts'
import {
  danglingLink,
  device,
  fifo,
  isRoot,
  loop,
  nameOf,
  onSmallDisk,
} from './testing/odd-files.ts'
import { dataOf, expectRefused, Scene, sha256Of, stateOf } from './testing/scene.ts'

const scene = new Scene()
let filled: string
let image: string

beforeAll(async () => {
  ;({ library: filled, image } = await scene.filled())
})
afterAll(() => scene.remove())

describe.concurrent('a place to restore to', () => {
  it('that is taken is refused, and replaced only when asked', async () => {
    const path = scene.path('taken.img')
    writeFileSync(path, 'mine')
    await expectRefused(scene, filled, { code: 'FILE_EXISTS', says: /taken\.img/ }, [
      'snapshot',
      'restore',
      'first',
      '--to',
      path,
    ])
    expect(readFileSync(path, 'utf8')).toBe('mine')
    await ask(scene.copyOf(filled), ['snapshot', 'restore', 'first', '--to', path, '--force'])
    expect(sha256Of(path)).toBe(sha256Of(image))
  })

  it.each([
    ['itself', () => image],
    ['a link to it', () => linkTo(symlinkSync)],
  ])('is never the image that is read: %s', async (_, make) => {
    const digest = sha256Of(image)
    await expectRefused(scene, filled, { code: 'FILE_IS_SOURCE', says: /volume “disk”/ }, [
      ...['snapshot', 'restore', 'first', '--force', '--to', make()],
    ])
    expect(sha256Of(image)).toBe(digest)
  })

  it('may be another name of that image: the name is replaced, the image is not', async () => {
    const before = readFileSync(image)
    const path = linkTo(linkSync)
    await ask(scene.copyOf(filled), ['snapshot', 'restore', 'first', '--force', '--to', path])
    expect(readFileSync(image).equals(before)).toBe(true)
    expect(statSync(path).ino).not.toBe(statSync(image).ino)
  })

  it.each([
    { what: 'a folder', code: 'FILE_IS_FOLDER', make: () => scene.folder },
    { what: 'a device', code: 'FILE_IS_DEVICE', make: () => device(scene) },
    { what: 'a FIFO', code: 'FILE_IS_SPECIAL', make: () => fifo(scene) },
    { what: 'in no folder', code: 'FILE_MISSING', make: () => join(scene.folder, 'no', 'a.img') },
    { what: 'below a file', code: 'FILE_MISSING', make: () => join(image, 'a.img') },
    { what: 'below a link to itself', code: 'FILE_UNWRITABLE', make: () => `${loop(scene)}/a` },
    { what: 'endless', code: 'FILE_UNWRITABLE', make: () => scene.path('x'.repeat(300)) },
  ])('is refused when it is $what', async ({ code, make }) => {
    const path = make()
    const named = code === 'FILE_MISSING' ? dirname(path) : path
    const says = nameOf(named)
    await expectRefused(scene, filled, { code, says }, [
      ...['snapshot', 'restore', 'first', '--force', '--to', path],
    ])
  })

  it.skipIf(!isRoot)('is refused in a folder that may not be written', async () => {
    chmodSync(scene.folder, 0o755)
    const folder = scene.folderAt('of-root')
    const library = join(scene.folderAt('of-nobody'), 'theirs.strata')
    chmodSync(dirname(library), 0o777)
    await ask(library, ['init'], { asNobody: true })
    await ask(library, ['volume', 'create', 'web', '--size', '1MiB'], { asNobody: true })
    await ask(library, ['snapshot', 'create', 'web', '--name', 'A'], { asNobody: true })
    const inner = join(folder, 'inner')
    mkdirSync(inner)
    const to = join(folder, 'back.img')
    const expectNotAllowed = async (path: string) => {
      const restore = ['snapshot', 'restore', 'A', '--to', path]
      const error = await refusal(library, restore, { asNobody: true })
      expect(error).toMatchObject({ code: 'FILE_NOT_ALLOWED', exitCode: 1 })
      expect(error.message).toContain('may not be written')
    }
    await expectNotAllowed(to)
    // Not even what is in it may be asked for.
    chmodSync(folder, 0o700)
    await expectNotAllowed(to)
    await expectNotAllowed(join(inner, 'back.img'))
    expect(readdirSync(folder)).toEqual(['inner'])
  })

  it('is taken by a link to nothing, too', async () => {
    const path = danglingLink(scene)
    const args = ['snapshot', 'restore', 'first', '--to', path]
    await expectRefused(scene, filled, { code: 'FILE_EXISTS', says: basename(path) }, args)
    await ask(scene.copyOf(filled), [...args, '--force'])
    expect(sha256Of(path)).toBe(sha256Of(image))
  })

  it('is refused inside the library', async () => {
    const library = scene.copyOf(filled)
    const path = join(library, 'segments.img')
    const error = await refusal(library, ['snapshot', 'restore', 'first', '--to', path])
    expect(error).toMatchObject({ code: 'FILE_IN_LIBRARY', exitCode: 1 })
    expect(existsSync(path)).toBe(false)
  })

  it.skipIf(!isRoot)('that is full is told, and no piece of a file is left', async () => {
    await onSmallDisk(scene, async (disk) => {
      const path = join(disk, 'back.img')
      await expectRefused(scene, filled, { code: 'DISK_FULL', says: /back\.img/ }, [
        'snapshot',
        'restore',
        'first',
        '--to',
        path,
      ])
      expect(readdirSync(disk)).toEqual([])
    })
  })
})

describe('a full disk under the library', () => {
  it.skipIf(!isRoot)('stops a snapshot and loses nothing', async () => {
    await onSmallDisk(scene, async (disk) => {
      const library = join(disk, 'small.strata')
      const small = scene.image(BLOCK_BYTES, 'small.img')
      await ask(library, ['init'])
      await ask(library, ['volume', 'import', small, '--name', 'small'])
      await ask(library, ['snapshot', 'create', 'small'])
      await ask(library, ['volume', 'import', image, '--name', 'disk'])
      const before = (await ask(library, ['snapshot', 'ls'])) as { snapshots: object[] }
      const data = dataOf(library)
      const error = await refusal(library, ['snapshot', 'create', 'disk'])
      expect(error).toMatchObject({ code: 'DISK_FULL', exitCode: 1 })
      expect(error.message).toContain('small.strata')
      // What failed stays to tell why, and holds nothing.
      const failed = expect.objectContaining({ state: 'error', fullBytes: 0 })
      expect(await ask(library, ['snapshot', 'ls'])).toEqual({
        ...before,
        snapshots: [...before.snapshots, failed],
      })
      expect(dataOf(library)).toEqual(data)
      expect(await ask(library, ['verify', '--deep'])).toMatchObject({ ok: true })
    })
  })

  it.skipIf(!isRoot)(
    'with no byte left keeps nobody from saving a snapshot elsewhere',
    async () => {
      await onSmallDisk(scene, async (disk) => {
        const library = join(disk, 'small.strata')
        const small = scene.image(BLOCK_BYTES, 'small.img')
        await ask(library, ['init'])
        await ask(library, ['volume', 'import', small, '--name', 'small'])
        await ask(library, ['snapshot', 'create', 'small', '--name', 'saved'])
        fillUp(join(disk, 'ballast'))
        expect(await ask(library, ['snapshot', 'show', 'saved'])).toMatchObject({ name: 'saved' })
        const to = scene.path('saved.img')
        await ask(library, ['snapshot', 'restore', 'saved', '--to', to])
        expect(sha256Of(to)).toBe(sha256Of(small))
        expect(await ask(library, ['verify'])).toMatchObject({ ok: true })
        const error = await refusal(library, ['snapshot', 'create', 'small'])
        expect(error).toMatchObject({ code: 'DISK_FULL', exitCode: 1 })
      })
    },
  )

  it.skipIf(!isRoot)('stops a copying import and loses nothing', async () => {
    await onSmallDisk(scene, async (disk) => {
      const library = join(disk, 'small.strata')
      await ask(library, ['init'])
      const before = await stateOf(library)
      const error = await refusal(library, ['volume', 'import', image, '--copy'])
      expect(error).toMatchObject({ code: 'DISK_FULL', exitCode: 1 })
      expect(await stateOf(library)).toEqual(before)
    })
  })
})

/** Takes all the room that is left. */
function fillUp(path: string): void {
  for (const size of [65_536, 4_096, 1]) {
    try {
      for (;;) appendFileSync(path, Buffer.alloc(size))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }
}

function linkTo(make: (to: string, path: string) => void): string {
  const path = scene.path('other-name.img')
  make(image, path)
  return path
}
