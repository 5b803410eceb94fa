import { expect, it } from 'vitest'
import type { Tag } from '../contract/tags.ts'
import { closeLibrary, openLibrary } from '../engine/library-folder.ts'
import { blocks, Scene } from '../engine/testing/scene.ts'
import { as, OTHER, OWNER, share, THIRD, twoSnapshots, unshare } from './testing/sharing-scene.ts'

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

it('F32: whoever a snapshot is shared with has tags of its own on it, and sees no others', async () => {
  const { scene, engine, a } = await twoSnapshots()
  const set = (...tags: Tag[]) => engine.setTags({ resourceId: a, tags })
  const drop = (...keys: string[]) => engine.removeTags({ resourceId: a, keys })
  const seen = async () => (await scene.snapshotOf(a)).tags
  await set(tag('Team', 'ops'), tag('Keep'))
  await engine.addRetentionRule({ days: 7, tags: [tag('Theirs')], excludedTags: [] })
  await as(scene, OTHER, async () => {
    await expect(set(tag('Team'))).rejects.toEqual(refusal('InvalidSnapshot.NotFound'))
    await expect(drop('Team')).rejects.toEqual(refusal('InvalidSnapshot.NotFound'))
  })
  await share(scene, a, OTHER, 'all')
  await as(scene, OTHER, async () => {
    expect(await seen()).toEqual([])
    await expect(drop('Keep')).rejects.toEqual(refusal('TAG_UNKNOWN'))
    expect(await set(tag('Team', 'theirs'), tag('Theirs'), tag('z'))).toHaveLength(3)
    expect(await drop('z')).toEqual([tag('Team', 'theirs'), tag('Theirs')])
    // To EC2 its name, too, is a tag of its owner's.
    const { Snapshots } = await engine.describeSnapshots({ snapshotIds: [a] })
    expect(Snapshots[0]!.Tags).toEqual([
      { Key: 'Team', Value: 'theirs' },
      { Key: 'Theirs', Value: 'x' },
    ])
    await expect(set(tag('Name'))).rejects.toEqual(refusal('InvalidTagKey.Malformed'))
    const commands = (await engine.listHistory()).map(({ command }) => command)
    expect(commands).toContain(`strata tag rm ${a} z`)
  })
  await as(scene, THIRD, () => set(tag('third')))
  await engine.setPublicAccess({ state: 'block-all-sharing' })
  await as(scene, THIRD, () =>
    expect(set(tag('more'))).rejects.toEqual(refusal('InvalidSnapshot.NotFound')),
  )
  await engine.setPublicAccess({ state: 'unblocked' })
  expect(await as(scene, THIRD, seen)).toEqual([tag('third')])
  await scene.reopen()
  expect((await scene.snapshotOf(a)).tags).toEqual([tag('Keep'), tag('Team', 'ops')])
  // Its owner's rules do not find it by what others put on it.
  const { binned } = await scene.engine.planDeletion({ snapshotIds: [a] })
  expect(binned).toEqual([])
})

it('they go with the last share by which the account had it', async () => {
  const { scene, engine, a, b } = await twoSnapshots()
  const seen = async (account: typeof OTHER, snapshotId = a) =>
    as(scene, account, async () => {
      const { snapshots } = await scene.view()
      return snapshots.find((one) => one.snapshotId === snapshotId)?.tags ?? null
    })
  await engine.setTags({ resourceId: a, tags: [tag('own')] })
  for (const id of [a, b]) {
    await share(scene, id, OTHER, THIRD, 'all')
    for (const account of [OTHER, THIRD]) {
      await as(scene, account, () => engine.setTags({ resourceId: id, tags: [tag('theirs')] }))
    }
  }
  await unshare(scene, a, OTHER)
  expect(await seen(OTHER)).toEqual([tag('theirs')])
  await unshare(scene, a, 'all')
  expect([await seen(OTHER), await seen(THIRD)]).toEqual([null, [tag('theirs')]])
  await share(scene, a, OTHER)
  expect([await seen(OTHER), (await scene.snapshotOf(a)).tags]).toEqual([[], [tag('own')]])
  await scene.remove([b], 60_000)
  await engine.undoDeletion({})
  expect(await seen(OTHER, b)).toEqual([tag('theirs')])
  // In the archive nothing is shared.
  await scene.result('tier', engine.archiveSnapshot({ snapshotId: b }))
  await scene.result('tier', engine.restoreTier({ snapshotId: b }))
  await share(scene, b, OTHER)
  expect(await seen(OTHER, b)).toEqual([])
})

it('an image has them, too: of its owner, and of whoever may launch it', async () => {
  const { scene, engine, a } = await twoSnapshots()
  const mappings = [{ deviceName: '/dev/sda', snapshotId: a }]
  const wish = { name: 'web', rootDeviceName: '/dev/sda', mappings }
  const { imageId, tags } = await engine.registerImage(wish)
  const permit = (operation: 'add' | 'remove') =>
    engine.modifyImagePermissions({ imageId, operation, accounts: [OTHER], all: false })
  const set = (value: string) => engine.setTags({ resourceId: imageId, tags: [tag('Team', value)] })
  const seen = async () => (await engine.describeImage({ imageId })).tags
  expect([tags, await set('ops')]).toEqual([[], [tag('Team', 'ops')]])
  const unknown = refusal('InvalidAMIID.NotFound')
  await as(scene, OTHER, () => expect(set('theirs')).rejects.toEqual(unknown))
  await permit('add')
  await as(scene, OTHER, async () => {
    expect([await seen(), await set('theirs')]).toEqual([[], [tag('Team', 'theirs')]])
    // Launching is not reading.
    const ofSnapshot = engine.setTags({ resourceId: a, tags: [tag('Team')] })
    await expect(ofSnapshot).rejects.toEqual(refusal('InvalidSnapshot.NotFound'))
  })
  await permit('remove')
  await permit('add')
  expect([await seen(), await as(scene, OTHER, seen)]).toEqual([[tag('Team', 'ops')], []])
  await engine.deregisterImage({ imageId, deleteSnapshots: null })
  await expect(set('late')).rejects.toEqual(refusal('InvalidAMIID.Unavailable'))
  await engine.close()
  // Nobody could see or remove what were left.
  const library = openLibrary(scene.library, {}, () => {})
  expect(library.imageTags.all(OWNER)).toEqual(new Map())
  closeLibrary(library)
})
