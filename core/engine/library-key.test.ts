import { expect, it } from 'vitest'
import { blocks, Scene } from './testing/scene.ts'

const vault = { passphrase: () => 'correct horse battery', cost: 1_024 }

/** Until a passphrase is being stretched, which another thread does. */
async function onItsWay(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await null
}

it('what is locked while its passphrase changes stays locked, and the new one opens all of it', async () => {
  const scene = await Scene.begin({ vault })
  const disk = { name: 'disk', sizeBytes: blocks(4), encrypted: true }
  const { volumeId } = await scene.engine.createVolume(disk)
  await scene.fill(volumeId, 0, blocks(2), 'seed')
  const snapshotId = await scene.snapshot(volumeId)
  const passphrase = 'staple of another sort'
  const changing = scene.engine.setPassphrase({ passphrase })
  await onItsWay()
  await scene.engine.lockKeys()
  expect(await changing).toMatchObject({ state: 'locked' })
  const opening = scene.engine.unlockKeys({ passphrase })
  await onItsWay()
  await scene.engine.lockKeys()
  expect(await opening).toMatchObject({ state: 'locked' })
  expect(await scene.engine.unlockKeys({ passphrase })).toMatchObject({ state: 'open' })
  const target = { snapshotId, file: scene.path('out'), sha256: false, overwrite: true }
  expect(await scene.failureOf(scene.engine.restoreToFile(target))).toBeUndefined()
})
