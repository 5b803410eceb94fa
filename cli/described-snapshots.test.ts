import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BLOCK_BYTES } from '../core/contract/units.ts'
import type { DescribedSnapshotsJson } from './json.ts'
import { ask, refusal, strata } from './testing/command.ts'
import { rewriteBlocks, Scene } from './testing/scene.ts'

type Told = ReturnType<(typeof DescribedSnapshotsJson)['parse']>

const scene = new Scene()
let library: string

beforeAll(async () => {
  library = await scene.library()
  const image = scene.image()
  await ask(library, ['volume', 'import', image, '--name', 'disk'])
  await ask(library, ['snapshot', 'create', 'disk', '--name', 'A', '--description', 'first'])
  rewriteBlocks(image, [1])
  await ask(library, ['snapshot', 'create', 'disk', '--name', 'B'])
  await ask(library, ['region', 'add', 'eu-west-1'])
  await ask(library, ['snapshot', 'copy', 'A', '--to-region', 'eu-west-1', '--name', 'far'])
})
afterAll(() => scene.remove())

const describing = async (...args: string[]) =>
  (await ask<Told>(library, ['describe', 'snapshots', ...args])).Snapshots

const names = (told: Told['Snapshots']) => told.map(({ Tags }) => Tags[0]!.Value)

describe('strata describe snapshots', () => {
  it('tells the full size where the increment is a block', async () => {
    const [a, b] = await describing('A', 'B')
    expect(a).toMatchObject({ Description: 'first', VolumeId: expect.stringMatching(/^vol-/) })
    expect(b).toMatchObject({
      State: 'completed',
      Progress: '100%',
      VolumeSize: 1,
      FullSnapshotSizeInBytes: 8 * BLOCK_BYTES,
    })
  })

  it('tells all of them, and with --region those that lie there', async () => {
    expect(names(await describing())).toEqual(['A', 'B', 'far'])
    const [far, ...others] = await describing('--region', 'eu-west-1')
    expect(others).toEqual([])
    expect(far).toMatchObject({ VolumeId: 'vol-ffffffff', TransferType: 'standard' })
  })

  it('is a list of fields for people', async () => {
    const { stdout } = await strata(['--library', library, 'describe', 'snapshots', 'A', 'far'])
    const [a, far] = stdout.trimEnd().split('\n\n')
    expect(a).toMatch(/^FullSnapshotSizeInBytes +4194304$/m)
    expect(a).toMatch(/^Tags +Name=A$/m)
    expect(far).toMatch(/^VolumeId +vol-ffffffff$/m)
  })

  it('refuses what is not there in the words of EC2', async () => {
    const id = 'snap-0123456789abcdef0'
    expect(await refusal(library, ['describe', 'snapshots', id])).toMatchObject({
      code: 'InvalidSnapshot.NotFound',
      message: `The snapshot '${id}' does not exist.`,
    })
    expect(await refusal(library, ['describe', 'snapshots', 'C'])).toMatchObject({
      code: 'InvalidSnapshot.NotFound',
    })
  })
})
