import { afterAll, expect, it, vi } from 'vitest'
import { StrataError, toWire } from '../core/contract/errors.ts'
import { BLOCK_BYTES } from '../core/contract/units.ts'
import { JobFailed } from './failure.ts'
import { Library } from './library.ts'
import { ProgressBar } from './progress-bar.ts'
import { deleteSnapshots } from './snapshots.ts'
import { ask } from './testing/command.ts'
import { Scene } from './testing/scene.ts'

const scene = new Scene()
afterAll(() => scene.remove())

it('a deletion whose space cannot be given back now is told as done, for it is', async () => {
  const { library: path } = await scene.filled()
  const progress = new ProgressBar({ write: () => {} })
  const note = () => {}
  const library = await Library.open({
    path,
    region: undefined,
    account: undefined,
    command: 'test',
    progress,
    note,
  })
  const cancelled = toWire(new StrataError('JOB_CANCELLED', { title: 'Reclaim space' }))
  vi.spyOn(library, 'finish').mockRejectedValue(new JobFailed(cancelled))
  const said = await deleteSnapshots(library, ['first'], {})
  await library.close()
  expect(said.json).toMatchObject({ reclaimedBytes: null, releasedBytes: 8 * BLOCK_BYTES })
  expect(said.text).toMatch(/not given back yet: Cancelled: Reclaim space\.\nTry `strata reclaim`/)
  expect(await ask(path, ['snapshot', 'ls'])).toMatchObject({ snapshots: [] })
})
