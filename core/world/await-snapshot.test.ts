import { writeFileSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { noise } from '../testing/make-image.ts'

it('F22: a snapshot is waited for until it is completed, has failed, or for long enough', async () => {
  const scene = await Scene.begin()
  const file = scene.image(noises(1, 2))
  const volumeId = await scene.linked(file)
  const wait = (snapshotId: typeof first.snapshotId, timeoutMs?: number) =>
    scene.engine.awaitSnapshot({ snapshotId, timeoutMs })
  const first = await scene.engine.takeSnapshot({ volumeId })
  await expect(wait(first.snapshotId, 0)).rejects.toMatchObject({
    code: 'WAITED_TOO_LONG',
    message: expect.stringContaining('is still pending after 0 s'),
  })
  // Forty times 15 seconds, where nothing else is said.
  vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValueOnce(600_000)
  await expect(wait(first.snapshotId)).rejects.toMatchObject({
    message: expect.stringContaining('is still pending after 600 s'),
  })
  expect(await wait(first.snapshotId)).toMatchObject({ state: 'completed', progress: 100 })
  expect(await wait(first.snapshotId, 0)).toMatchObject({ state: 'completed' })

  const torn = await scene.engine.takeSnapshot({ volumeId })
  writeFileSync(file, noise(9, blocks(2)))
  await expect(wait(torn.snapshotId)).rejects.toMatchObject({ code: 'SNAPSHOT_FAILED' })
  const cancelled = await scene.engine.takeSnapshot({ volumeId })
  const waiting = expect(wait(cancelled.snapshotId)).rejects.toMatchObject({
    code: 'InvalidSnapshot.NotFound',
  })
  await scene.engine.cancelJob(cancelled)
  await waiting
})
