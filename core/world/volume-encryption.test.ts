import { expect, it } from 'vitest'
import { StrataError } from '../contract/errors.ts'
import type { SnapshotId, VolumeId } from '../contract/ids.ts'
import { blocks, type Scene } from '../engine/testing/scene.ts'
import { codeOf } from './testing/instance-scene.ts'
import { sealed, taken } from './testing/key-scene.ts'
import { as, OTHER, OWNER } from './testing/sharing-scene.ts'

type Wish = { encrypted?: boolean; key?: string }

/** Snapshots that are plain, under the key `ours`, and under a key of another account that shares both. */
async function sources() {
  const { scene, engine, snapshotId: own } = await sealed()
  await engine.createKey({ name: 'named' })
  await engine.createKey({ name: 'chosen' })
  await engine.setDefaultKey({ key: 'chosen' })
  const volumeId = await scene.managed(blocks(1), 'plain')
  await scene.fill(volumeId, 0, blocks(1), 'plain')
  const plain = await scene.snapshot(volumeId)
  const foreign = await as(scene, OTHER, async () => {
    await engine.createKey({ name: 'theirs' })
    const snapshotId = await taken(scene, 'foreign', 'theirs')
    await engine.shareSnapshot({ snapshotId, add: [OWNER], withKey: true })
    return snapshotId
  })
  return { scene, engine, none: null, plain, own, foreign }
}

/** Names of the keys of the account, by their ids; what has none is plain. */
async function keyNames({ engine }: Scene) {
  const { keys } = await engine.describeKeys()
  const names = new Map(keys.map(({ keyId, name }) => [keyId, name]))
  return (encryption: { keyId: (typeof keys)[number]['keyId'] } | null) =>
    encryption === null ? 'plain' : names.get(encryption.keyId)
}

const COMBINATION = 'InvalidParameterCombination'
const DEPENDENCY = 'InvalidParameterDependency'

it('F36, F6, F9: each volume, empty or of a snapshot, has the key that EBS gives it, and its lineage', async () => {
  const all = await sources()
  const { scene, engine } = all
  // source, Encrypted, key that is named; the key with encryption by default off, and on
  const cells = [
    ['none', undefined, undefined, 'plain', 'chosen'],
    ['none', true, undefined, 'chosen', 'chosen'],
    ['none', true, 'named', 'named', 'named'],
    ['none', false, undefined, 'plain', 'chosen'],
    ['none', undefined, 'named', DEPENDENCY, DEPENDENCY],
    ['plain', undefined, undefined, 'plain', 'chosen'],
    ['plain', true, undefined, 'chosen', 'chosen'],
    ['plain', true, 'named', 'named', 'named'],
    ['plain', false, undefined, 'plain', 'chosen'],
    ['plain', undefined, 'named', DEPENDENCY, DEPENDENCY],
    ['own', undefined, undefined, 'ours', 'ours'],
    ['own', true, undefined, 'ours', 'ours'],
    ['own', true, 'named', 'named', 'named'],
    ['own', false, undefined, COMBINATION, COMBINATION],
    ['own', undefined, 'named', DEPENDENCY, DEPENDENCY],
    ['foreign', undefined, undefined, 'chosen', 'chosen'],
    ['foreign', true, undefined, 'chosen', 'chosen'],
    ['foreign', true, 'named', 'named', 'named'],
    ['foreign', false, undefined, COMBINATION, COMBINATION],
    ['foreign', undefined, 'named', DEPENDENCY, DEPENDENCY],
  ] as const
  const nameOf = await keyNames(scene)
  const origins: string[] = []
  const made = async (source: SnapshotId | null, name: string, wish: Wish): Promise<VolumeId> => {
    if (source === null) {
      return (await engine.createVolume({ name, sizeBytes: blocks(1), ...wish })).volumeId
    }
    const cloning = engine.createVolumeFromSnapshot({ snapshotId: source, name, ...wish })
    return (await scene.result('volume', cloning)).volumeId
  }
  for (const [isOn, column] of [
    [false, 3],
    [true, 4],
  ] as const) {
    await engine.setEncryptionByDefault({ isOn })
    for (const cell of cells) {
      const [source, encrypted, key] = cell
      const name = `${source} ${encrypted} ${key} ${isOn}`
      let volumeId: VolumeId | undefined
      const code = await codeOf(
        made(all[source], name, { encrypted, key }).then((id) => (volumeId = id)),
      )
      const volume = (await scene.view()).volumes.find((each) => each.volumeId === volumeId)
      expect([name, volume ? nameOf(volume.encryption) : code]).toEqual([name, cell[column]])
      if (volumeId === undefined || isOn) continue
      // Its own snapshot has its key, and goes on where the key and the account are the same.
      const snapshot = await scene.snapshotOf(await scene.snapshot(volumeId))
      const goesOn =
        source !== 'foreign' && { none: '', plain: 'plain', own: 'ours' }[source] === cell[column]
      expect([name, nameOf(snapshot.encryption), snapshot.parentId]).toEqual([
        ...[name, cell[column], goesOn ? all[source] : null],
      ])
      if (snapshot.encryption && !goesOn) origins.push(snapshot.encryption.dataKeyId)
      if (source !== 'none') expect(snapshot.storedHereBytes).toBe(goesOn ? 0 : blocks(1))
    }
  }
  // Volumes of their own tell of no common origin, also under one key.
  expect(origins).toHaveLength(8)
  expect(new Set(origins).size).toBe(8)
})

it('F35: what is encrypted is never made plain, and what is there keeps its key', async () => {
  const { scene, engine, plain, own } = await sources()
  const facts = async () => {
    const { volumes, snapshots } = await scene.view()
    return new Map(
      [...volumes, ...snapshots].map((each) => [
        'snapshotId' in each ? each.snapshotId : each.volumeId,
        each.encryption,
      ]),
    )
  }
  const before = await facts()
  await engine.setDefaultKey({ key: 'named' })
  await engine.setEncryptionByDefault({ isOn: true })
  await engine.rotateKey({ key: 'ours' })
  await scene.reopen()
  expect(await facts()).toEqual(before)
  // The next snapshot of a volume has its key, or none, whatever is the default by now.
  for (const snapshotId of [plain, own]) {
    const { volumeId, encryption } = await scene.snapshotOf(snapshotId)
    expect(await scene.snapshotOf(await scene.snapshot(volumeId))).toMatchObject({
      ...{ parentId: snapshotId, encryption },
    })
  }
  const region = (await scene.snapshotOf(own)).region
  const name = 'made plain'
  await scene.engine.setEncryptionByDefault({ isOn: false })
  const cloning = scene.engine.createVolumeFromSnapshot({ snapshotId: own, name, encrypted: false })
  expect(await codeOf(cloning)).toBe(COMBINATION)
  const copying = scene.engine.copySnapshot({ snapshotId: own, region, encrypted: false })
  const { snapshotId: copy } = await scene.result('copy', copying)
  const nameOf = await keyNames(scene)
  expect(nameOf((await scene.snapshotOf(copy)).encryption)).toBe('named')
})

it('a region whose default key was deleted says so and how to go on, and aws/ebs is there by name', async () => {
  const { scene, engine, keyId, snapshotId } = await sealed()
  await engine.setDefaultKey({ key: 'ours' })
  await engine.scheduleKeyDeletion({ key: 'ours', days: 7 })
  scene.nowMs += 7 * 86_400_000
  expect((await engine.describeKeys()).keys).toEqual([])
  const wish = { name: 'new', sizeBytes: blocks(1), encrypted: true }
  const gone = new StrataError('DEFAULT_KEY_DELETED', { key: keyId, region: 'local' })
  expect(gone.remedy).toMatch('key default --reset')
  await expect(engine.createVolume(wish)).rejects.toThrow(gone)
  // What lies under it is lost, and is told as that.
  const cloning = engine.createVolumeFromSnapshot({ snapshotId, name: 'clone' })
  expect(await scene.failureOf(cloning)).toBe('KEY_DELETED')

  expect(await engine.setDefaultKey({ key: 'alias/aws/ebs' })).toMatchObject({ keyId: null })
  const odd = await engine.createKey({ name: '-odd' })
  await engine.setDefaultKey({ key: odd.keyId })
  // The line of history is understood as it stands, whatever the key is called.
  const command = `strata key default ${odd.keyId}`
  expect((await engine.listHistory()).at(-1)).toMatchObject({ command })
  await engine.setDefaultKey({ key: null })
  const { encryption } = await engine.createVolume(wish)
  const { keys } = await engine.describeKeys()
  expect(keys.slice(1)).toMatchObject([
    { name: 'aws/ebs', keyId: encryption!.keyId, isDefault: true },
  ])
})

it('aws/ebs can be named before it is there: it is made then, in the region of what is new', async () => {
  const { scene, engine, snapshotId } = await sealed()
  await engine.setDefaultKey({ key: 'ours' })
  const region = (await engine.addRegion({ name: 'eu-west-1' })).name
  const keys = async () => (await engine.describeKeys()).keys
  const wish = { encrypted: true, key: 'aws/ebs' }
  const elsewhere = { ...wish, key: `arn:aws:kms:eu-west-1:${OWNER}:alias/aws/ebs` }
  const make = (name: string, asked = wish) =>
    engine.createVolume({ name, sizeBytes: blocks(1), ...asked })
  expect(await codeOf(make('abroad', elsewhere))).toBe('InvalidParameterValue')
  expect(await keys()).toMatchObject([{ name: 'ours' }])

  const { encryption } = await make('here')
  expect(await make('again')).toMatchObject({ encryption: { keyId: encryption!.keyId } })
  const copying = engine.copySnapshot({ snapshotId, region, ...elsewhere })
  const copy = await scene.snapshotOf((await scene.result('copy', copying)).snapshotId)
  expect(await keys()).toMatchObject([
    { name: 'ours', isDefault: true },
    { name: 'aws/ebs', keyId: encryption!.keyId, manager: 'strata', isDefault: false },
    { name: 'aws/ebs', keyId: copy.encryption!.keyId, region, manager: 'strata' },
  ])
})
