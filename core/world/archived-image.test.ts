import { join } from 'node:path'
import { expect, it } from 'vitest'
import { CATALOG_FILE } from '../catalog/database.ts'
import { alterCatalog } from '../engine/testing/alter-catalog.ts'
import { oneSnapshot } from './testing/event-scene.ts'
import { registered } from './testing/instance-scene.ts'

const DAY_MS = 86_400_000

it('what an image maps by older rules stays in the standard tier when its days are over', async () => {
  const { scene, snapshotId } = await oneSnapshot()
  const { volumeId } = await scene.snapshotOf(snapshotId)
  const { imageId } = await registered(scene, 'gold', await scene.snapshot(volumeId))
  await scene.done(await scene.engine.archiveSnapshot({ snapshotId }))
  await scene.done(await scene.engine.restoreTier({ snapshotId, days: 1 }))
  await scene.engine.close()
  alterCatalog(
    join(scene.library, CATALOG_FILE),
    `UPDATE image_mapping SET snapshot_id = '${snapshotId}'`,
  )
  scene.nowMs += 2 * DAY_MS
  await scene.reopen()
  expect(await scene.engine.listJobs()).toEqual([])
  await scene.result('instance', scene.engine.launchImage({ imageId, name: 'web', sizes: [] }))

  await scene.engine.deregisterImage({ imageId, deleteSnapshots: null })
  await scene.reopen()
  const [leaving] = (await scene.engine.listJobs()).filter(({ kind }) => kind === 'restoreTier')
  await scene.done(leaving!)
  expect(await scene.snapshotOf(snapshotId)).toMatchObject({ tiering: { tier: 'archive' } })
})
