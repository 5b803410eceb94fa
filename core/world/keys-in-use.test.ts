import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import type { VolumeId } from '../contract/ids.ts'
import { HeldQueue } from '../engine/testing/held-queue.ts'
import { blocks, Scene } from '../engine/testing/scene.ts'
import { disableKey } from './key-states.ts'
import { attach, codeOf } from './testing/instance-scene.ts'

const vault = { passphrase: () => 'correct horse battery', cost: 1_024 }
const REFUSED = 'KMSInvalidStateException'

/** A key of own material, a volume under it, and an instance without volumes. */
async function keyed() {
  const scene = await Scene.begin({ vault })
  const { engine } = scene
  const file = scene.path('material')
  writeFileSync(file, randomBytes(32))
  const { keyId } = await engine.createKey({ name: 'mine', imported: true })
  await engine.importKeyMaterial({ key: 'mine', file })
  const wish = { encrypted: true, key: 'mine' }
  const { volumeId } = await engine.createVolume({ name: 'disk', sizeBytes: blocks(2), ...wish })
  const { instanceId } = await engine.createInstance({ name: 'web' })
  return { scene, file, keyId, volumeId, instanceId }
}

const write = (scene: Scene, volumeId: VolumeId, seed = 'x') =>
  codeOf(scene.fill(volumeId, 0, blocks(1), seed))

it('F23: a volume is not attached under a key that cannot be used, and EBS’s event says why', async () => {
  const { scene, file, keyId, volumeId, instanceId } = await keyed()
  const { engine } = scene
  const arn = `arn:aws:kms:local:111122223333:key/${keyId}`
  await engine.disableKey({ key: 'mine' })
  expect(await codeOf(attach(scene, instanceId, volumeId, '/dev/sdf'))).toBe(REFUSED)
  const { deletedAt } = await engine.scheduleKeyDeletion({ key: 'mine', days: 7 })
  expect(deletedAt).not.toBeNull()
  expect(await codeOf(attach(scene, instanceId, volumeId, '/dev/sdf'))).toBe(REFUSED)
  // To take the material away calls no deletion off.
  const removed = await engine.removeKeyMaterial({ key: 'mine' })
  expect(removed).toMatchObject({ state: 'pending-deletion', deletedAt })
  const cancelled = await engine.cancelKeyDeletion({ key: 'mine' })
  expect(cancelled).toMatchObject({ state: 'pending-import', deletedAt: null })
  expect(await codeOf(attach(scene, instanceId, volumeId, '/dev/sdf'))).toBe(REFUSED)
  const events = await engine.listEvents({ type: 'attachVolume' })
  expect(events.map(({ detail }) => detail)).toEqual(
    ['disabled', 'pending deletion', 'pending import'].map((problem) => ({
      event: 'attachVolume',
      result: 'failed',
      cause: `${arn} is ${problem}.`,
      'request-id': '',
    })),
  )
  expect(events[0]!.resources).toEqual([`arn:aws:ec2:local:111122223333:volume/${volumeId}`, arn])
  expect((await scene.view()).instances).toMatchObject([{ attachments: [] }])
  await engine.importKeyMaterial({ key: 'mine', file })
  await attach(scene, instanceId, volumeId, '/dev/sdf')
})

it('F23: an attached volume goes on when its key is disabled, until that is needed again', async () => {
  const { scene, volumeId, instanceId } = await keyed()
  const { engine } = scene
  const free = await engine.createVolume({
    ...{ name: 'free', sizeBytes: blocks(1), encrypted: true, key: 'mine' },
  })
  await attach(scene, instanceId, volumeId, '/dev/sdf')
  await scene.write(volumeId, 0, Buffer.alloc(blocks(2), 1))
  await engine.disableKey({ key: 'mine' })
  await scene.write(volumeId, 0, Buffer.alloc(10, 2))
  const expected = Buffer.alloc(blocks(2), 1).fill(2, 0, 10)
  expect((await scene.contentOf(volumeId, blocks(2))).equals(expected)).toBe(true)
  expect(await write(scene, volumeId)).toBe('done')
  // One that is on no instance does not, and a snapshot has a data key of its own.
  expect(await write(scene, free.volumeId)).toBe(REFUSED)
  expect(await scene.failureOf(engine.takeSnapshot({ volumeId }))).toBe(REFUSED)
  expect(await engine.listEvents({ type: 'reattachVolume' })).toEqual([])
  const held = async () => (await scene.engine.describeKeys()).heldVolumeIds
  expect(await held()).toEqual([volumeId])

  await engine.detachVolume({ volumeId })
  expect(await write(scene, volumeId)).toBe(REFUSED)
  expect(await held()).toEqual([])
  await engine.enableKey({ key: 'mine' })
  await attach(scene, instanceId, volumeId, '/dev/sdf')
  await engine.disableKey({ key: 'mine' })
  expect(await write(scene, volumeId)).toBe('done')

  // To lock the keys is to take them away, and so is to close the library.
  await engine.lockKeys()
  await engine.unlockKeys({ passphrase: vault.passphrase() })
  expect(await write(scene, volumeId)).toBe(REFUSED)
  expect(await held()).toEqual([])
  await engine.enableKey({ key: 'mine' })
  await engine.disableKey({ key: 'mine' })
  expect(await write(scene, volumeId)).toBe('done')
  expect(await held()).toEqual([volumeId])
  await scene.reopen()
  expect(await write(scene, volumeId)).toBe(REFUSED)
  const events = await scene.engine.listEvents({ type: 'reattachVolume' })
  expect(events.map(({ detail }) => detail)).toMatchObject([
    { result: 'failed', cause: expect.stringMatching(/ is disabled\.$/) },
    { result: 'failed' },
  ])
})

it('a snapshot whose key is disabled while it waits is not begun with, though the volume goes on', async () => {
  const { scene, volumeId, instanceId } = await keyed()
  await attach(scene, instanceId, volumeId, '/dev/sdf')
  await scene.write(volumeId, 0, Buffer.alloc(blocks(2), 1))
  const held = await HeldQueue.begin(scene, volumeId)
  const { jobs, library } = held.context
  await library.keyring.ready()
  const made = vi.spyOn(library.keyring, 'newDataKey')
  const { jobId } = held.snapshot()
  disableKey(held.context, { key: 'mine' })
  await held.write(0, Buffer.alloc(10, 2))
  expect(await held.release()).toEqual([])
  expect((await jobs.ended(jobId)).error?.code).toBe(REFUSED)
  expect(made).not.toHaveBeenCalled()
})
