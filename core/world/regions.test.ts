import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { RegionName, type SnapshotId } from '../contract/ids.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'

const FAR = RegionName.parse('eu-west-1')

const copy = (scene: Scene, snapshotId: SnapshotId) =>
  scene.result('copy', scene.engine.copySnapshot({ snapshotId, region: FAR }))

describe('regions', () => {
  it('are added, used, and kept', async () => {
    const scene = await Scene.begin()
    await scene.engine.addRegion({ name: FAR })
    await scene.engine.useRegion({ name: FAR })
    await scene.reopen()
    const volumeId = await scene.linked(scene.image(noises(1, 2)))
    expect(await scene.snapshotOf(await scene.snapshot(volumeId))).toMatchObject({ region: FAR })
    expect(await scene.engine.listRegions()).toMatchObject([
      { name: 'local', isCurrent: false, snapshotCount: 0, volumeCount: 0, storedBytes: 0 },
      { name: FAR, isCurrent: true, snapshotCount: 1, volumeCount: 1, storedBytes: blocks(2) },
    ])
  })

  test.each(['', 'A', 'a', '../x', 'eu west', '-eu', 'eu-', 'x'.repeat(41)])(
    'are not called %j',
    async (name) => {
      const scene = await Scene.begin()
      await expect(scene.engine.addRegion({ name })).rejects.toMatchObject({
        code: 'REGION_NAME_REFUSED',
      })
    },
  )

  it('are not added twice', async () => {
    const scene = await Scene.begin()
    await expect(scene.engine.addRegion({ name: 'local' })).rejects.toMatchObject({
      code: 'REGION_EXISTS',
    })
  })

  it('whose folder was lost get it back when the library is opened', async () => {
    const scene = await Scene.begin()
    await scene.engine.addRegion({ name: FAR })
    await scene.engine.close()
    rmSync(join(scene.library, 'regions', FAR), { recursive: true })
    await scene.reopen()
    const id = await scene.snapshot(await scene.linked(scene.image(noises(1))))
    expect(await copy(scene, id)).toMatchObject({ movedBytes: blocks(1) })
  })

  it('reclaims the space of each in its own folder', async () => {
    const scene = await Scene.begin()
    await scene.engine.addRegion({ name: FAR })
    const id = await scene.snapshot(await scene.linked(scene.image(noises(1, 2, 3, 4))))
    const { snapshotId } = await copy(scene, id)
    await scene.remove([snapshotId])
    await scene.reclaim()
    expect(readdirSync(join(scene.library, 'regions', FAR, 'segments'))).toEqual([])
    expect((await scene.bytesOf(id)).length).toBe(blocks(4))
  })
})
