import type { ImageId, InstanceId, SnapshotId, VolumeId } from '../../contract/ids.ts'
import { blocks, noises, Scene } from '../../engine/testing/scene.ts'

/** An instance “web” with a managed root and a linked data volume, each holding two blocks. */
export async function webServer() {
  const scene = await Scene.begin()
  const root = await scene.managed(blocks(4), 'root')
  await scene.fill(root, 0, blocks(2), 'system')
  const data = await scene.linked(scene.image(noises(1, 2)), 'data')
  const { instanceId } = await scene.engine.createInstance({ name: 'web' })
  await attach(scene, instanceId, root, '/dev/sda1', true)
  await attach(scene, instanceId, data, '/dev/sdf')
  return { scene, instanceId, root, data }
}

export const attach = (
  scene: Scene,
  instanceId: InstanceId,
  volumeId: VolumeId,
  deviceName: string,
  isRoot = false,
) => scene.engine.attachVolume({ instanceId, volumeId, deviceName, isRoot })

/** All volumes of an instance at one moment. */
export async function snapshotAll(scene: Scene, instanceId: InstanceId, name?: string) {
  const input = { instanceId, excludeBoot: false, excludeVolumeIds: [], name }
  const started = await scene.engine.createSnapshots(input)
  await scene.done(started)
  return started
}

/** What a call is refused with. */
export const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error) => error.code,
  )

/** An image of all volumes of an instance. */
export async function imageOf(scene: Scene, instanceId: InstanceId, name: string) {
  const creating = scene.engine.createImage({ instanceId, name, noReboot: false })
  const { imageId } = await scene.result('image', creating)
  return scene.engine.describeImage({ imageId })
}

/** An image of snapshots, the first of them at the root. */
export const registered = (scene: Scene, name: string, ...snapshotIds: SnapshotId[]) =>
  scene.engine.registerImage({
    name,
    rootDeviceName: '/dev/sda1',
    mappings: snapshotIds.map((snapshotId, i) => ({
      deviceName: i === 0 ? '/dev/sda1' : `/dev/sd${'fghij'[i - 1]}`,
      snapshotId,
    })),
  })

export const deregister = (scene: Scene, imageId: ImageId) =>
  scene.engine.deregisterImage({ imageId, deleteSnapshots: null })
