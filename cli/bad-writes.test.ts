import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BLOCK_BYTES } from '../core/contract/units.ts'
import { allocate } from './testing/allocate.ts'
import { ask, isReading, refusal, startStrata, waitFor } from './testing/command.ts'
import { isRoot, nameOf, oddFiles, onSmallDisk } from './testing/odd-files.ts'
import { expectRefused, Scene, sha256Of } from './testing/scene.ts'

const scene = new Scene()
let filled: string
let image: string

/** With a managed volume of 8 MiB. */
beforeAll(async () => {
  ;({ library: filled, image } = await scene.filled())
  await ask(filled, ['volume', 'create', 'web', '--size', '8MiB'])
})
afterAll(() => scene.remove())

describe.concurrent('a file that cannot be written into a volume', () => {
  it.each(oddFiles)('$what', async ({ code, make }) => {
    const path = make(scene)
    const args = ['volume', 'write', 'web', '--at', '0', '--file', path]
    await expectRefused(scene, filled, { code, says: nameOf(path) }, args)
  })

  it('a file of the library itself', async () => {
    const library = scene.copyOf(filled)
    const file = join(library, 'catalog.sqlite')
    const error = await refusal(library, ['volume', 'write', 'web', '--at', '0', '--file', file])
    expect(error).toMatchObject({ code: 'FILE_IN_LIBRARY', exitCode: 1 })
  })
})

describe('a full disk under the library', () => {
  it.skipIf(!isRoot)('stops a write: the volume can be used, its snapshots are whole', async () => {
    await onSmallDisk(scene, async (disk) => {
      const library = join(disk, 'small.strata')
      const small = scene.image(BLOCK_BYTES, 'small.img')
      await ask(library, ['init'])
      await ask(library, ['volume', 'create', 'web', '--size', '8MiB'])
      await ask(library, ['volume', 'write', 'web', '--at', '0', '--file', small])
      await ask(library, ['snapshot', 'create', 'web', '--name', 'kept'])
      const error = await refusal(library, ['volume', 'write', 'web', '--at', '0', '--file', image])
      expect(error).toMatchObject({ code: 'DISK_FULL', exitCode: 1 })
      const to = scene.path('kept.img')
      await ask(library, ['snapshot', 'restore', 'kept', '--to', to])
      expect(await ask(library, ['verify', '--deep'])).toMatchObject({ ok: true })
      expect(await ask(library, ['volume', 'show', 'web'])).toMatchObject({
        sizeBytes: 8 * 2 ** 20,
      })
    })
  })

  it.skipIf(!isRoot)(
    'stops the loading of a volume, which goes on when there is room',
    async () => {
      await onSmallDisk(scene, async (disk) => {
        const library = join(disk, 'small.strata')
        const source = scene.image(3 * BLOCK_BYTES, 'source.img')
        await ask(library, ['init', '--compression', 'none'])
        await ask(library, ['volume', 'import', source, '--name', 'disk'])
        await ask(library, ['snapshot', 'create', 'disk', '--name', 'first'])
        const args = ['snapshot', 'restore', 'first', '--volume', 'copy']
        expect(await refusal(library, args)).toMatchObject({ code: 'DISK_FULL', exitCode: 1 })
        execFileSync('mount', ['-o', 'remount,size=16m', disk])
        await ask(library, ['volume', 'load', 'copy'])
        expect(sha256Of(join(library, 'volumes', readdirSync(join(library, 'volumes'))[0]!))).toBe(
          sha256Of(source),
        )
        expect(await ask(library, ['verify', '--deep'])).toMatchObject({ ok: true })
      })
    },
  )
})

describe.skipIf(!existsSync('/proc/self/fd'))('Ctrl+C during a write', () => {
  it('tells how much was written, and that it stays', async () => {
    const library = await scene.library()
    const endless = scene.image(1, 'endless.bin')
    allocate(endless, 2 * 2 ** 30)
    await ask(library, ['volume', 'create', 'web', '--size', '2GiB'])
    const file = ['volume', 'write', 'web', '--at', '0', '--file', endless]
    const { done, child } = startStrata(['--library', library, '--json', ...file])
    await waitFor(() => isReading(child, endless))
    child.kill('SIGINT')
    const outcome = await done
    expect(outcome).toMatchObject({ exitCode: 1, stderr: '' })
    const { error } = JSON.parse(outcome.stdout) as { error: Record<string, string> }
    expect(error).toMatchObject({
      code: 'WRITE_CANCELLED',
      message: expect.stringMatching(/^Cancelled: Write to web, after \d+ of 2147483648 bytes\.$/),
    })
    const writtenBytes = Number(/after (\d+)/.exec(error.message ?? '')?.[1])
    expect(await ask(library, ['volume', 'show', 'web'])).toMatchObject({
      head: { dataBytes: Math.ceil(writtenBytes / BLOCK_BYTES) * BLOCK_BYTES },
    })
  })
})
