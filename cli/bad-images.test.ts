import { spawn } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BLOCK_BYTES } from '../core/contract/units.ts'
import { ask, builtCommand, refusal } from './testing/command.ts'
import { isRoot, nameOf, oddFiles } from './testing/odd-files.ts'
import { expectRefused, IMAGE_BYTES, Scene, sha256Of, stateOf } from './testing/scene.ts'

/** A file system of the machine that holds files of any claimed size. */
const hasTmpfs = existsSync('/dev/shm')

const scene = new Scene()
let filled: string
let image: string

beforeAll(async () => {
  ;({ library: filled, image } = await scene.filled())
})
afterAll(() => scene.remove())

describe.concurrent('a file that is no image', () => {
  const belowFile = { what: 'below a file', code: 'FILE_MISSING', make: () => `${image}/a.img` }
  const cases = [...oddFiles, belowFile]

  it.each(cases)('import refuses $what', async ({ code, make }) => {
    const path = make(scene)
    await expectRefused(scene, filled, { code, says: nameOf(path) }, ['volume', 'import', path])
  })

  it.each(cases)('a snapshot refuses $what as the new state', async ({ code, make }) => {
    const path = make(scene)
    const args = ['snapshot', 'create', 'disk', '--from', path]
    await expectRefused(scene, filled, { code, says: nameOf(path) }, args)
  })

  it('import refuses a socket', async () => {
    const path = scene.path('socket')
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(path, resolve))
    await expectRefused(scene, filled, { code: 'FILE_IS_SPECIAL', says: /socket/ }, [
      'volume',
      'import',
      path,
    ])
    server.close()
  })

  it('import refuses a file of the library itself', async () => {
    const library = scene.copyOf(filled)
    const error = await refusal(library, ['volume', 'import', join(library, 'catalog.sqlite')])
    expect(error).toMatchObject({ code: 'FILE_IN_LIBRARY', exitCode: 1 })
  })

  it('import refuses a name that is not UTF-8, and says so', async () => {
    const path = Buffer.concat([
      Buffer.from(`${scene.folder}/`),
      Buffer.from([0xff]),
      Buffer.from('.img'),
    ])
    writeFileSync(path, 'x')
    const library = scene.copyOf(filled)
    const script = `exec "$0" "$1" --library "$2" --json volume import "$3/$(printf '\\377').img"`
    const words = ['-c', script, process.execPath, builtCommand, library, scene.folder]
    const child = spawn('sh', words, { stdio: ['ignore', 'pipe', 'inherit'] })
    let stdout = ''
    for await (const text of child.stdout) stdout += text
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'FILE_NAME_UNUSABLE', message: expect.stringContaining('.img') },
    })
  })

  it.skipIf(!isRoot)('import refuses a file that may not be read', async () => {
    const folder = scene.folderAt('of-nobody')
    chmodSync(scene.folder, 0o755)
    chmodSync(folder, 0o777)
    const secret = scene.image(4_096, 'secret.img')
    chmodSync(secret, 0o600)
    const library = join(folder, 'theirs.strata')
    await ask(library, ['init'], { asNobody: true })
    const error = await refusal(library, ['volume', 'import', secret], { asNobody: true })
    expect(error).toMatchObject({ code: 'FILE_NOT_ALLOWED', exitCode: 1 })
    expect(error.message).toMatch(/secret\.img.* may not be read/)
  })

  it.skipIf(!hasTmpfs)('import refuses more than 64 TiB, and takes 64 TiB', async () => {
    const folder = mkdtempSync('/dev/shm/strata-cli-')
    try {
      const path = join(folder, 'huge.img')
      writeFileSync(path, '')
      truncateSync(path, 64 * 2 ** 40)
      const library = scene.copyOf(filled)
      expect(await ask(library, ['volume', 'import', path])).toMatchObject({
        sizeBytes: 70_368_744_177_664,
      })
      appendFileSync(path, 'x')
      await expectRefused(
        scene,
        filled,
        { code: 'IMAGE_TOO_LARGE', says: /huge\.img.* has 70368744177665 bytes/ },
        ['volume', 'import', path],
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe.concurrent('a linked image', () => {
  it('of a size that is no multiple of 512 is restored to the byte', async () => {
    const target = scene.path('back.img')
    const library = scene.copyOf(filled)
    const restored = await ask(library, [
      'snapshot',
      'restore',
      'first',
      '--to',
      target,
      '--sha256',
    ])
    expect(statSync(target).size).toBe(IMAGE_BYTES)
    expect(restored).toMatchObject({ bytesWritten: IMAGE_BYTES, sha256: sha256Of(image) })
    expect(sha256Of(target)).toBe(sha256Of(image))
  })

  it('that grows is followed; one that shrinks, goes or is replaced is told', async () => {
    const library = await scene.library()
    const mine = scene.image()
    await ask(library, ['volume', 'import', mine, '--name', 'mine'])
    await ask(library, ['snapshot', 'create', 'mine', '--name', 'small'])
    appendFileSync(mine, Buffer.alloc(BLOCK_BYTES, 7))
    expect(await ask(library, ['volume', 'show', 'mine'])).toMatchObject({
      source: { state: 'grown' },
    })
    expect(await ask(library, ['snapshot', 'create', 'mine', '--name', 'grown'])).toMatchObject({
      volumeSizeBytes: IMAGE_BYTES + BLOCK_BYTES,
    })
    truncateSync(mine, 4_096)
    const shrank = await refusal(library, ['snapshot', 'create', 'mine'])
    expect(shrank).toMatchObject({ code: 'IMAGE_SHRANK', exitCode: 1 })
    expect(shrank.message).toMatch(/disk\.img.* has 4 KiB, less than the /)
    rmSync(mine)
    const gone = await refusal(library, ['snapshot', 'create', 'mine'])
    expect(gone).toMatchObject({ code: 'IMAGE_MISSING', exitCode: 1 })
    expect(gone.message).toContain('“mine”')
    expect(await ask(library, ['verify'])).toMatchObject({ ok: true })
  })

  it('that changes while it is read is refused, and its snapshot has failed', async () => {
    const mine = scene.image(64 * 2 ** 20)
    const library = scene.copyOf(filled)
    await ask(library, ['volume', 'import', mine, '--name', 'mine'])
    const before = await stateOf(library)
    const script =
      "const fs = require('fs'); const fd = fs.openSync(process.argv[1], 'r+');" +
      "console.log('ready'); for (;;) fs.writeSync(fd, Buffer.from([Math.random() * 256]), 0, 1, 0)"
    const writer = spawn(process.execPath, ['-e', script, mine], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    try {
      await new Promise((resolve) => writer.stdout.once('data', resolve))
      const error = await refusal(library, ['snapshot', 'create', 'mine'])
      expect(error).toMatchObject({ code: 'IMAGE_CHANGED', exitCode: 1 })
      expect(error.message).toMatch(/disk\.img.* changed while it was read: /)
    } finally {
      writer.kill('SIGKILL')
    }
    const after = await stateOf(library)
    const { view, ...rest } = after as { view: { snapshots: { state: string }[] } }
    const failed = view.snapshots.find(({ state }) => state === 'error')!
    expect(failed).toMatchObject({ name: 's1', storedHereBytes: 0 })
    const left = { ...view, snapshots: view.snapshots.filter((each) => each !== failed) }
    expect(withoutSources({ ...rest, view: left })).toEqual(withoutSources(before))
  })
})

/** How an image looks at the moment belongs to the image, not to what is stored. */
function withoutSources(state: unknown): unknown {
  return JSON.parse(JSON.stringify(state, (key, value) => (key === 'source' ? undefined : value)))
}
