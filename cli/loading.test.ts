import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { BLOCK_BYTES } from '../core/contract/units.ts'
import type { DeletionPlanJson, VolumeStatusJson } from './json.ts'
import { Library } from './library.ts'
import { createFromSnapshot } from './loading.ts'
import { ProgressBar } from './progress-bar.ts'
import { ask, refusal, strata } from './testing/command.ts'
import { IMAGE_BYTES, Scene } from './testing/scene.ts'

type Status = z.infer<typeof VolumeStatusJson>

const scene = new Scene()
let filled: { library: string; image: string }
beforeAll(async () => {
  filled = await scene.filled()
})
afterAll(() => scene.remove())
/** 1,001 bytes lie in the last one. */
const BLOCKS = 8

test('a volume is made of a snapshot, read before it is loaded, and loaded', async () => {
  const { library, image } = filled
  const make = ['volume', 'create', 'lazy', '--snapshot', 'first']
  expect((await refusal(library, [...make, '--rate', '5'])).code).toBe('RATE_REFUSED')
  expect((await refusal(library, ['volume', 'create', 'x', '--no-wait'])).code).toBe('USAGE')
  await ask(library, [...make, '--no-wait', '--rate', '100'])
  const part = scene.path('part')
  const where = ['--at', String(6 * BLOCK_BYTES), '--length', String(BLOCK_BYTES)]
  await ask(library, ['volume', 'read', 'lazy', ...where, '--to', part])
  const bytes = readFileSync(image)
  expect(readFileSync(part).equals(bytes.subarray(6 * BLOCK_BYTES, 7 * BLOCK_BYTES))).toBe(true)
  const before = await ask<Status>(library, ['volume', 'status', 'lazy'])
  expect(before).toMatchObject({ state: 'loading', touchedBlocks: 1, backgroundBlocks: 0 })
  expect(before.rateMiBPerS).toBe(100)

  const deleting = ['snapshot', 'delete', 'first', '--dry-run']
  const plan = await ask<z.infer<typeof DeletionPlanJson>>(library, deleting)
  expect(plan).toMatchObject({ releasedBytes: BLOCK_BYTES, heldBytes: (BLOCKS - 1) * BLOCK_BYTES })
  const { stdout } = await strata(['--library', library, ...deleting])
  expect(stdout).toContain('3.5 MiB held by volume lazy while it loads')

  const after = await ask<Status>(library, ['volume', 'load', 'lazy', '--rate', 'unlimited'])
  expect(after).toMatchObject({ state: 'loaded', rateMiBPerS: null, backgroundBlocks: BLOCKS - 1 })
  const whole = ['--at', '0', '--length', String(IMAGE_BYTES), '--to', part, '--force']
  await ask(library, ['volume', 'read', 'lazy', ...whole])
  expect(readFileSync(part).equals(bytes)).toBe(true)
})

test('Ctrl+C while it loads is no pause', async () => {
  const path = filled.library
  const library = await Library.open({
    ...{ path, region: undefined, account: undefined, command: 'volume create' },
    progress: new ProgressBar({ write: () => {} }),
    note: () => {},
  })
  const making = createFromSnapshot(library, 'left', { snapshot: 'first', wait: true })
  process.emit('SIGINT')
  await expect(making).rejects.toMatchObject({
    code: 'LOAD_LEFT',
    remedy: expect.stringContaining('strata volume load'),
  })
  await library.close()
  expect(await ask(path, ['volume', 'status', 'left'])).toMatchObject({ state: 'loading' })
})
