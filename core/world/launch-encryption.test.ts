import { expect, it } from 'vitest'
import type { Input } from '../contract/calls.ts'
import type { ImageId } from '../contract/ids.ts'
import { codeOf, imageOf, webServer } from './testing/instance-scene.ts'

it('F36: launching encrypts what is asked for, by the rules of volumes that are made of snapshots', async () => {
  const { scene, instanceId } = await webServer()
  const { engine } = scene
  const { imageId } = await imageOf(scene, instanceId, 'gold')
  const [root, data] = ['/dev/sda1', '/dev/sdf']
  type Wishes = Input<'launchImage'>['encryption']
  const launch = (id: ImageId, name: string, encryption: Wishes) =>
    engine.launchImage({ imageId: id, name, sizes: [], encryption })
  const locked = launch(imageId, 'none', [{ deviceName: root, encrypted: true }])
  expect(await codeOf(locked)).toBe('PASSPHRASE_MISSING')
  await engine.setPassphrase({ passphrase: 'correct horse battery' })
  const { keyId } = await engine.createKey({ name: 'mine' })
  const keysOf = async (started: ReturnType<typeof launch>) => {
    const { volumeIds } = await scene.result('instance', started)
    const { volumes } = await scene.view()
    return volumeIds.map((id) => volumes.find(({ volumeId }) => volumeId === id)!.encryption?.keyId)
  }
  const sealed = { deviceName: data, encrypted: true, key: 'mine' }
  expect(await keysOf(launch(imageId, 'one', [sealed]))).toEqual([undefined, keyId])
  const both = launch(imageId, 'both', [sealed, { deviceName: root, encrypted: true }])
  const [own, named] = await keysOf(both)
  expect([named, own === undefined, own === keyId]).toEqual([keyId, false, false])

  const [bothOf] = (await engine.listInstances()).filter(({ name }) => name === 'both')
  const next = await imageOf(scene, bothOf!.instanceId, 'sealed')
  expect(await keysOf(launch(next.imageId, 'three', undefined))).toEqual([own, keyId])
  const refused: [string, Wishes][] = [
    ['InvalidParameterCombination', [{ deviceName: data, encrypted: false }]],
    ['InvalidParameterDependency', [{ deviceName: data, key: 'mine' }]],
    ['InvalidParameterValue', [{ deviceName: data, encrypted: true, key: 'nobody' }]],
    ['InvalidBlockDeviceMapping', [{ deviceName: '/dev/sdz', encrypted: true }]],
  ]
  const { volumes } = await scene.view()
  for (const [code, wishes] of refused) {
    expect(await codeOf(launch(next.imageId, 'four', wishes))).toBe(code)
  }
  expect((await scene.view()).volumes).toHaveLength(volumes.length)
})
