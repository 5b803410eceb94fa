import { expect, it } from 'vitest'
import type { Tag } from '../contract/tags.ts'
import { blocks, Scene } from '../engine/testing/scene.ts'

const refusal = (code: string) => expect.objectContaining({ code })
const tag = (key: string, value = 'x') => ({ key, value })

it('tags are put on, replaced and taken away, and told as EC2 does', async () => {
  const scene = await Scene.begin()
  const { engine } = scene
  const volumeId = await scene.managed(blocks(2))
  await engine.setTags({ resourceId: volumeId, tags: [tag('Team', 'ops')] })
  const given = { name: 'A', tags: [tag('Keep', 'no'), tag('keep')] }
  const { jobId, snapshotId } = await engine.takeSnapshot({ volumeId, ...given })
  await scene.done({ jobId })
  // They are case-sensitive, and the volume's own stay with the volume.
  expect((await scene.snapshotOf(snapshotId)).tags).toEqual([tag('Keep', 'no'), tag('keep')])
  const set = { resourceId: snapshotId, tags: [tag('Keep', 'yes')] }
  expect(await engine.setTags(set)).toEqual([tag('Keep', 'yes'), tag('keep')])
  expect(await engine.removeTags({ resourceId: snapshotId, keys: ['keep'] })).toEqual(set.tags)
  const { Snapshots } = await engine.describeSnapshots({ snapshotIds: [snapshotId] })
  expect(Snapshots[0]!.Tags).toEqual([
    { Key: 'Name', Value: 'A' },
    { Key: 'Keep', Value: 'yes' },
  ])
  await scene.reopen()
  expect((await scene.view()).volumes[0]!.tags).toEqual([tag('Team', 'ops')])
  const commands = (await scene.engine.listHistory()).map(({ command }) => command)
  expect(commands).toContain(`strata tag set ${snapshotId} Keep=yes`)
  expect(commands).toContain(`strata tag rm ${snapshotId} keep`)
})

it('a copy gets none, and what goes takes its own with it', async () => {
  const scene = await Scene.begin()
  const { engine } = scene
  const volumeId = await scene.managed(blocks(2))
  const snapshotId = await scene.snapshot(volumeId)
  await engine.setTags({ resourceId: snapshotId, tags: [tag('Keep')] })
  const { region } = await scene.snapshotOf(snapshotId)
  const copied = await scene.result('copy', engine.copySnapshot({ snapshotId, region }))
  expect((await scene.snapshotOf(copied.snapshotId)).tags).toEqual([])
  await scene.remove([snapshotId, copied.snapshotId])
  await scene.reclaim()
  expect((await scene.view()).snapshots).toEqual([])
})

it('keys and values have limits; a bad one changes nothing', async () => {
  const scene = await Scene.begin()
  const resourceId = await scene.managed(blocks(1))
  const set = (...tags: Tag[]) => scene.engine.setTags({ resourceId, tags })
  const bad: [key: string, value: string, code: string][] = [
    ['', 'x', 'InvalidTagKey.Malformed'],
    ['aws:mine', 'x', 'InvalidTagKey.Malformed'],
    ['AWS:mine', 'x', 'InvalidTagKey.Malformed'],
    ['Name', 'x', 'InvalidTagKey.Malformed'],
    ['k'.repeat(128), 'x', 'InvalidTagKey.Malformed'],
    ['k\u202e', 'x', 'InvalidTagKey.Malformed'],
    ['k', 'v'.repeat(256), 'TAG_VALUE_REFUSED'],
  ]
  for (const [key, value, code] of bad) {
    await expect(set(tag('fine'), tag(key, value))).rejects.toEqual(refusal(code))
  }
  const gone = scene.engine.removeTags({ resourceId, keys: ['fine'] })
  await expect(gone).rejects.toEqual(refusal('TAG_UNKNOWN'))
  // The name is the fiftieth.
  await set(...Array.from({ length: 49 }, (_, i) => tag(`k${i}`)))
  await set(tag('k48', 'v'.repeat(255)))
  await expect(set(tag('one more'))).rejects.toEqual(refusal('TagLimitExceeded'))
})
