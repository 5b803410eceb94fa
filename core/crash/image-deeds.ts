import { join } from 'node:path'
import { BLOCK_BYTES } from '../contract/units.ts'
import type { Engine } from '../engine/engine.ts'
import type { Deed, Outcome } from './deed.ts'
import { digestOf, done, type Lab, restored } from './lab.ts'

const IMAGE = 'gold'
const INSTANCE = 'web-2'
const EMPTY_DEVICE = { deviceName: '/dev/sdg', sizeBytes: BLOCK_BYTES }

/** Deeds with machine images: each is wholly there or not at all. */
export const imageDeeds: readonly Deed[] = [
  {
    name: 'image of an instance',
    states: 2,
    async prepare(engine, lab) {
      const { instanceId } = await engine.createInstance({ name: 'web' })
      const at = { instanceId, isRoot: false }
      await engine.attachVolume({
        ...at,
        volumeId: lab.linked,
        deviceName: '/dev/sda1',
        isRoot: true,
      })
      await engine.attachVolume({ ...at, volumeId: lab.managed, deviceName: '/dev/sdf' })
      // Nothing was written since: the third of the one and the second of the other are as before.
      lab.digests.set('s3', lab.digests.get('state 2')!)
      lab.digests.set('s2', lab.digests.get('work 1')!)
      lab.instanceId = instanceId
    },
    request: (lab) => ({
      call: 'createImage',
      input: { instanceId: lab.instanceId!, name: IMAGE, noReboot: false },
    }),
    async check(engine, lab, { isAcked }) {
      const [image] = await engine.listImages()
      const { snapshots } = await engine.describeLibrary()
      const made = snapshots.filter(({ state }) => state === 'completed').length
      const whole = lab.snapshots.size + 2
      if (image === undefined && isAcked) return ['the image was acknowledged and is gone']
      const expected = image === undefined ? lab.snapshots.size : whole
      return made === expected ? [] : [`there are ${made} snapshots, where ${expected} belong`]
    },
  },
  {
    name: 'deregister with snapshots',
    states: 2,
    prepare: (engine, lab) => register(engine, lab),
    request: ({ imageId, revision }) => ({
      call: 'deregisterImage',
      input: { imageId: imageId!, deleteSnapshots: { revision, undoableMs: 0 } },
    }),
    takesAway: ['state 1', 'state 2'],
    async check(engine, lab, { isAcked }) {
      const imageCount = (await engine.listImages()).length
      const { snapshots } = await engine.describeLibrary()
      const left = snapshots.length - (lab.snapshots.size - 2)
      if (imageCount === 1 ? left !== 2 : left !== 0) {
        return [`with ${imageCount} images ${left} of its snapshots are there`]
      }
      return isAcked && imageCount > 0 ? ['an acknowledged image is still there'] : []
    },
  },
  {
    name: 'launch',
    states: 2,
    prepare: (engine, lab) => register(engine, lab),
    request: ({ imageId }) => ({
      call: 'launchImage',
      input: { imageId: imageId!, name: INSTANCE, sizes: [] },
    }),
    check: launched,
  },
]

/** An image of both states of the disk, and of one device that is empty. */
async function register(engine: Engine, lab: Lab): Promise<void> {
  const { imageId } = await engine.registerImage({
    name: IMAGE,
    rootDeviceName: '/dev/sda1',
    mappings: [
      { deviceName: '/dev/sda1', snapshotId: lab.snapshots.get('state 1')! },
      EMPTY_DEVICE,
      { deviceName: '/dev/sdf', snapshotId: lab.snapshots.get('state 2')! },
    ],
  })
  lab.imageId = imageId
  lab.revision = (await engine.describeLibrary()).revision
}

/** An instance has all of its volumes, or there is none of either. */
async function launched(engine: Engine, lab: Lab, outcome: Outcome): Promise<string[]> {
  const { instances, volumes } = await engine.describeLibrary()
  const instance = instances.find(({ name }) => name === INSTANCE)
  const made = volumes.filter(({ name, isRemoved }) => name.startsWith(INSTANCE) && !isRemoved)
  if (instance === undefined) {
    const lost = outcome.isAcked ? ['the launch was acknowledged and is gone'] : []
    return made.length === 0 ? lost : [...lost, `${made.length} volumes belong to no instance`]
  }
  if (instance.attachments.length !== 3 || made.length !== 3) return ['some volumes are missing']
  const data = instance.attachments.find(({ deviceName }) => deviceName === '/dev/sdf')!
  const taken = await engine.takeSnapshot({ volumeId: data.volumeId })
  await done(engine, taken.jobId)
  const bytes = await restored(engine, taken.snapshotId, join(outcome.folder, 'launched.img'))
  return digestOf(bytes) === lab.digests.get('state 2') ? [] : ['a volume holds other bytes']
}
