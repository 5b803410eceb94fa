import { join } from 'node:path'
import { expect, it } from 'vitest'
import { CATALOG_FILE } from '../catalog/database.ts'
import { RegionName, type SnapshotId } from '../contract/ids.ts'
import { alterCatalog } from '../engine/testing/alter-catalog.ts'
import { makeOlder } from '../engine/testing/older-catalog.ts'
import { blocks, type Scene } from '../engine/testing/scene.ts'
import { enabled } from './testing/fast-restore-scene.ts'
import { sealed, taken } from './testing/key-scene.ts'
import { as, OTHER, share, THIRD, unshare } from './testing/sharing-scene.ts'

const HERE = RegionName.parse('local')
const NOT_ACCESSIBLE = 'Given key ID is not accessible'

const refusal = (code: string) => expect.objectContaining({ code })

const shareKey = (scene: Scene, ...add: string[]) => scene.engine.shareKey({ key: 'ours', add })
const unshareKey = (scene: Scene, ...remove: string[]) =>
  scene.engine.shareKey({ key: 'ours', remove })
const copying = (scene: Scene, snapshotId: SnapshotId) =>
  scene.engine.copySnapshot({ snapshotId, region: HERE })

it('F33: without its key a shared snapshot can be seen, and nothing can be made of it', async () => {
  const { scene, engine, keyId, snapshotId } = await sealed()
  expect(await share(scene, snapshotId, OTHER)).toMatchObject({
    ...{ sharedWith: [OTHER], keyId, withoutKey: [OTHER] },
  })
  const tried = await as(scene, OTHER, async () => {
    expect(await scene.snapshotOf(snapshotId)).toMatchObject({ encryption: { keyId } })
    expect((await engine.describeKeys()).sharedKeys).toEqual([])
    const cloning = engine.createVolumeFromSnapshot({ snapshotId, name: 'mine' })
    expect(await scene.failureOf(cloning)).toBe('KEY_NOT_ACCESSIBLE')
    const file = scene.path('out')
    const restoring = engine.restoreToFile({ snapshotId, file, sha256: false, overwrite: false })
    expect(await scene.failureOf(restoring)).toBe('KEY_NOT_ACCESSIBLE')
    const copy = await copying(scene, snapshotId)
    expect((await engine.awaitJob(copy)).error).toMatchObject({ code: 'KEY_NOT_ACCESSIBLE' })
    return copy
  })
  await as(scene, OTHER, async () => {
    const { volumes, snapshots } = await scene.view()
    expect(volumes.filter(({ ownerId }) => ownerId === OTHER)).toEqual([])
    expect(snapshots.find((one) => one.snapshotId === tried.snapshotId)).toMatchObject({
      ...{ state: 'error', stateMessage: NOT_ACCESSIBLE, volumeSizeBytes: 0 },
    })
    const failed = (await engine.listEvents({})).map(({ detail }) => detail)
    expect(failed).toMatchObject([
      { event: 'shareSnapshot', result: 'succeeded' },
      { event: 'createVolume', result: 'failed', cause: NOT_ACCESSIBLE },
      { event: 'copySnapshot', result: 'failed', cause: NOT_ACCESSIBLE },
    ])
  })
  // What state it is in is told to those that it is shared with.
  await engine.disableKey({ key: 'ours' })
  const cloning = () => engine.createVolumeFromSnapshot({ snapshotId, name: 'mine' })
  expect(await as(scene, OTHER, () => scene.failureOf(cloning()))).toBe('KEY_NOT_ACCESSIBLE')
  await shareKey(scene, OTHER)
  expect(await as(scene, OTHER, () => scene.failureOf(cloning()))).toBe('KMSInvalidStateException')
})

it('F33: with its key volumes and copies are made, under keys of the grantee’s, and outlive it', async () => {
  const { scene, keyId, snapshotId } = await sealed()
  const bytes = await scene.bytesOf(snapshotId)
  await share(scene, snapshotId, OTHER)
  expect(await shareKey(scene, THIRD, OTHER, OTHER)).toEqual({
    ...{ keyId, name: 'ours', sharedWith: [OTHER, THIRD] },
  })
  const { revision } = await scene.view()
  await shareKey(scene, OTHER)
  await unshareKey(scene, '000000000000')
  expect((await scene.view()).revision).toBe(revision)
  await scene.reopen()
  expect(await scene.engine.listKeyPermissions({ key: keyId })).toMatchObject({
    ...{ sharedWith: [OTHER, THIRD] },
  })
  expect(await scene.engine.listPermissions({ snapshotId })).toMatchObject({ withoutKey: [] })

  const made = await as(scene, OTHER, async () => {
    expect(await scene.engine.describeKeys()).toMatchObject({
      ...{ keys: [], sharedKeys: [{ keyId, region: HERE }] },
    })
    await enabled(scene, snapshotId)
    const cloning = scene.engine.createVolumeFromSnapshot({ snapshotId, name: 'mine' })
    const { volumeId } = await scene.result('volume', cloning)
    await scene.engine.pauseLoading({ volumeId })
    const copy = await scene.result('copy', copying(scene, snapshotId))
    expect(await scene.engine.describeVolumeStatus({ volumeId })).toMatchObject({
      ...{ state: 'paused', totalBytes: blocks(1), loadedBytes: 0, isFastRestored: false },
    })
    // It opens what is shared; it makes nothing new of theirs.
    const key = `arn:aws:kms:local:111122223333:key/${keyId}`
    const named = { name: 'new', sizeBytes: blocks(1), encrypted: true, key }
    await expect(scene.engine.createVolume(named)).rejects.toEqual(refusal('InvalidParameterValue'))
    return { volumeId, copy: copy.snapshotId }
  })
  await unshareKey(scene, OTHER)
  await as(scene, OTHER, async () => {
    const again = scene.engine.createVolumeFromSnapshot({ snapshotId, name: 'again' })
    expect(await scene.failureOf(again)).toBe('KEY_NOT_ACCESSIBLE')
  })
  // What the volume has not loaded yet needs its own key alone.
  await scene.engine.disableKey({ key: 'ours' })
  await as(scene, OTHER, async () => {
    const next = await scene.snapshot(made.volumeId)
    for (const id of [made.copy, next]) {
      expect((await scene.bytesOf(id)).equals(bytes)).toBe(true)
      expect((await scene.snapshotOf(id)).encryption?.keyId).not.toBe(keyId)
    }
    // Only a share that goes ends it.
    expect(await scene.engine.listFastRestores()).toMatchObject([{ state: 'enabled' }])
  })
  await unshare(scene, snapshotId, OTHER)
  await as(scene, OTHER, async () => expect(await scene.engine.listFastRestores()).toEqual([]))
  const commands = (await scene.engine.listHistory()).map(({ command }) => command)
  expect(commands.filter((command) => command.startsWith('strata key share'))).toEqual([
    `strata key share ours --add ${THIRD} --add ${OTHER}`,
    `strata key share ours --remove ${OTHER}`,
  ])
})

it('F33: a job whose key is no longer shared by the time its turn comes fails', async () => {
  const { scene, engine, snapshotId } = await sealed()
  await engine.shareSnapshot({ snapshotId, add: [OTHER], withKey: true })
  const second = await as(scene, OTHER, async () => {
    await copying(scene, snapshotId)
    return engine.copySnapshot({ snapshotId, region: HERE, name: 'second' })
  })
  await unshareKey(scene, OTHER)
  expect((await engine.awaitJob(second)).error).toMatchObject({ code: 'KEY_NOT_ACCESSIBLE' })
})

it('F33: it is shared privately, with its key in one step, and under a key of one’s choice alone', async () => {
  const { scene, engine, snapshotId } = await sealed()
  const byDefault = await taken(scene, 'default')
  await expect(share(scene, byDefault, OTHER)).rejects.toMatchObject({
    code: 'OperationNotPermitted',
    message: 'Encrypted snapshots with EBS default key cannot be shared.',
    remedy: expect.stringMatching(/^Copy the snapshot under a key of your own/),
  })
  await expect(share(scene, snapshotId, 'all')).rejects.toMatchObject({
    code: 'OperationNotPermitted',
    message: 'Encrypted snapshots cannot be shared publicly.',
    remedy: expect.stringMatching(/^Share it with accounts/),
  })
  const ask = (wish: object) => engine.shareSnapshot({ snapshotId, withKey: true, ...wish })
  expect(await ask({ add: [OTHER] })).toMatchObject({ sharedWith: [OTHER], withoutKey: [] })
  await unshareKey(scene, OTHER)
  // Shared already, and still without its key.
  expect(await ask({ add: [OTHER] })).toMatchObject({ withoutKey: [] })
  const line = { command: `strata snapshot share ${snapshotId} --add ${OTHER} --with-key` }
  expect(
    (await engine.listHistory()).filter(({ command }) => command === line.command),
  ).toHaveLength(2)
  const { revision } = await scene.view()
  await ask({ add: [OTHER] })
  expect((await scene.view()).revision).toBe(revision)
  expect(await unshare(scene, snapshotId, OTHER)).toMatchObject({ sharedWith: [] })
  expect(await engine.listKeyPermissions({ key: 'ours' })).toMatchObject({ sharedWith: [OTHER] })

  const invalid = refusal('InvalidParameterCombination')
  await expect(ask({ remove: [OTHER] })).rejects.toEqual(invalid)
  const plain = await scene.snapshot(await scene.managed(blocks(1)))
  await expect(ask({ snapshotId: plain, add: [OTHER] })).rejects.toEqual(invalid)
  const key = 'aws/ebs'
  const forbidden = refusal('OperationNotPermitted')
  await expect(engine.shareKey({ key, add: [OTHER] })).rejects.toEqual(forbidden)
  await expect(shareKey(scene, 'all')).rejects.toEqual(forbidden)
  await expect(shareKey(scene, 'partner')).rejects.toEqual(refusal('InvalidAMIAttributeItemValue'))
  await expect(shareKey(scene)).rejects.toEqual(invalid)
  const theirs = as(scene, OTHER, () => shareKey(scene, THIRD))
  await expect(theirs).rejects.toEqual(refusal('KEY_UNKNOWN'))
  await engine.scheduleKeyDeletion({ key: 'ours', days: 7 })
  scene.nowMs += 7 * 86_400_000
  await engine.describeKeys()
  await expect(ask({ add: [THIRD] })).rejects.toEqual(refusal('KEY_DELETED'))
  expect(await engine.listPermissions({ snapshotId })).toMatchObject({ sharedWith: [] })
})

it('shares and launch permissions from before keys were shared go on opening', async () => {
  const { scene, engine, snapshotId } = await sealed()
  const root = await taken(scene, 'root', 'ours')
  const data = await taken(scene, 'data')
  await engine.registerImage({
    ...{ name: 'web', rootDeviceName: '/dev/sda' },
    mappings: [
      { deviceName: '/dev/sda', snapshotId: root },
      { deviceName: '/dev/sdf', snapshotId: data },
    ],
  })
  await share(scene, snapshotId, THIRD)
  await engine.close()
  const catalog = join(scene.library, CATALOG_FILE)
  alterCatalog(catalog, "INSERT INTO image_permission SELECT id, 'all' FROM image")
  makeOlder(catalog, 19)
  await scene.reopen()
  expect((await scene.engine.describeKeys()).keys).toMatchObject([
    { name: 'ours', sharedWith: [OTHER, THIRD] },
    { name: 'aws/ebs', sharedWith: [OTHER] },
  ])
  const [image] = await scene.engine.listImages()
  await as(scene, OTHER, async () => {
    const launching = scene.engine.launchImage({ imageId: image!.imageId, name: 'web', sizes: [] })
    await scene.result('instance', launching)
  })
})
