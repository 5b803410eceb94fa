import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { RegionName, type SnapshotId } from '../contract/ids.ts'
import type { KeyVault } from '../engine/key-vault.ts'
import { blocks, noises, Scene } from '../engine/testing/scene.ts'
import { filesIn } from '../testing/files-in.ts'

const vault = { passphrase: () => 'correct horse battery', cost: 1_024 }
const DAY_MS = 86_400_000

async function encrypted(scene: Scene, key?: string): Promise<SnapshotId> {
  const input = { name: 'disk', sizeBytes: blocks(4), encrypted: true, ...(key && { key }) }
  const { volumeId } = await scene.engine.createVolume(input)
  await scene.write(volumeId, 1_000, randomBytes(blocks(2)))
  return scene.snapshot(volumeId)
}

async function refusal(asked: Promise<unknown>): Promise<string | undefined> {
  return asked.then(
    () => undefined,
    (error) => error.code,
  )
}

const keyNamed = async (scene: Scene, name: string) =>
  (await scene.engine.describeKeys()).keys.find((key) => key.name === name)!

function restored(scene: Scene, snapshotId: SnapshotId): Promise<string | undefined> {
  const target = { snapshotId, file: scene.path('out'), sha256: false, overwrite: true }
  return scene.failureOf(scene.engine.restoreToFile(target))
}

it('F23: a disabled key keeps from making, taking, reading and copying, and from nothing else', async () => {
  const scene = await Scene.begin({ vault })
  await scene.engine.createKey({ name: 'mine' })
  const id = await encrypted(scene, 'mine')
  const [volume] = (await scene.view()).volumes
  const { volumeId } = volume!
  await scene.engine.disableKey({ key: 'mine' })

  const wish = { encrypted: true, key: 'mine' }
  const making = scene.engine.createVolume({ name: 'no', sizeBytes: blocks(1), ...wish })
  expect(await refusal(making)).toBe('KMSInvalidStateException')
  const [event] = (await scene.engine.listEvents({ type: 'createVolume' })).slice(-1)
  expect(event?.detail).toMatchObject({
    result: 'failed',
    cause: expect.stringMatching(/key-[0-9a-f]{17} is disabled\.$/),
  })
  expect((await scene.view()).volumes).toHaveLength(1)
  expect(await scene.failureOf(scene.engine.takeSnapshot({ volumeId }))).toBe(
    'KMSInvalidStateException',
  )
  expect(await restored(scene, id)).toBe('KMSInvalidStateException')
  const cloning = scene.engine.createVolumeFromSnapshot({ snapshotId: id, name: 'no' })
  expect(await scene.failureOf(cloning)).toBe('KMSInvalidStateException')
  const region = RegionName.parse('local')
  const copying = scene.engine.copySnapshot({ snapshotId: id, region, ...wish })
  const remedy = 'Enable the key, or name another.'
  await expect(copying).rejects.toMatchObject({ code: 'InvalidParameterValue', remedy })
  const other = scene.engine.copySnapshot({ snapshotId: id, region, encrypted: true })
  expect(await scene.failureOf(other)).toBe('KMSInvalidStateException')
  const write = scene.engine.writeFill({
    volumeId,
    spans: [{ offsetBytes: 0, lengthBytes: 1 }],
    seed: 'x',
  })
  expect(await refusal(write)).toBe('KMSInvalidStateException')

  expect(await scene.snapshotOf(id)).toMatchObject({ fullBytes: blocks(3) })
  expect((await scene.verify()).ok).toBe(true)
  await scene.engine.renameVolume({ volumeId, name: 'renamed' })
  await scene.engine.resizeVolume({ volumeId, sizeBytes: blocks(6) })
  expect(await scene.engine.planDeletion({ snapshotIds: [id] })).toMatchObject({
    releasedBytes: blocks(3),
  })

  await scene.engine.enableKey({ key: 'mine' })
  expect(await restored(scene, id)).toBeUndefined()
  await scene.engine.disableKey({ key: 'mine' })
  await scene.remove([id])
  await scene.reclaim()
  await scene.engine.removeVolume({ volumeId })
  // What failed still names it.
  expect(await scene.view()).toMatchObject({ storedBytes: 0, volumes: [{ isRemoved: true }] })
})

it('rotating a key wraps data keys anew and touches no block', async () => {
  const scene = await Scene.begin({ vault })
  await scene.engine.createKey({ name: 'mine' })
  const id = await encrypted(scene, 'mine')
  const bytes = await scene.bytesOf(id)
  const data = () =>
    filesIn(scene.library)
      .filter((file) => /\.(seg|img)$/.test(file))
      .map((file) => readFileSync(file).toString('base64'))
  const before = data()
  expect(await scene.engine.rotateKey({ key: 'mine' })).toMatchObject({ version: 2 })
  expect(data()).toEqual(before)
  await scene.reopen()
  expect((await scene.bytesOf(id)).equals(bytes)).toBe(true)
  const [volume] = (await scene.view()).volumes
  const next = await scene.snapshot(volume!.volumeId)
  expect((await scene.bytesOf(next)).equals(bytes)).toBe(true)
})

it('a key goes after its days, not before, and what it encrypted opens no more', async () => {
  const scene = await Scene.begin({ vault })
  await scene.engine.createKey({ name: 'mine' })
  const id = await encrypted(scene, 'mine')
  expect(await refusal(scene.engine.scheduleKeyDeletion({ key: 'mine', days: 6 }))).toBe(
    'WAITING_DAYS_REFUSED',
  )
  const scheduled = await scene.engine.scheduleKeyDeletion({ key: 'mine', days: 7 })
  expect(scheduled).toMatchObject({ state: 'pending-deletion', volumeCount: 1, snapshotCount: 1 })
  expect(await restored(scene, id)).toBe('KMSInvalidStateException')
  expect(await scene.engine.cancelKeyDeletion({ key: 'mine' })).toMatchObject({ state: 'disabled' })
  await scene.engine.enableKey({ key: 'mine' })
  expect(await restored(scene, id)).toBeUndefined()

  await scene.engine.scheduleKeyDeletion({ key: 'mine', days: 30 })
  scene.nowMs += 30 * DAY_MS
  expect((await scene.engine.describeKeys()).keys).toEqual([])
  expect(await restored(scene, id)).toBe('KEY_DELETED')
  await scene.remove([id])
  expect((await scene.view()).snapshots).toEqual([])
})

it('material from elsewhere can be taken away and brought again, and no other', async () => {
  const scene = await Scene.begin({ vault })
  const file = scene.path('material')
  writeFileSync(file, randomBytes(32))
  await scene.engine.createKey({ name: 'ours', imported: true })
  expect(await keyNamed(scene, 'ours')).toMatchObject({ state: 'pending-import' })
  const wish = { encrypted: true, key: 'ours' }
  const early = scene.engine.createVolume({ name: 'no', sizeBytes: blocks(1), ...wish })
  expect(await refusal(early)).toBe('KMSInvalidStateException')
  const missing = { key: 'ours', file: scene.path('missing') }
  expect(await refusal(scene.engine.importKeyMaterial(missing))).toBe('FILE_MISSING')
  await scene.engine.importKeyMaterial({ key: 'ours', file })
  const id = await encrypted(scene, 'ours')
  await scene.engine.removeKeyMaterial({ key: 'ours' })
  expect(await restored(scene, id)).toBe('KMSInvalidStateException')
  const other = scene.path('other')
  writeFileSync(other, randomBytes(32))
  expect(await refusal(scene.engine.importKeyMaterial({ key: 'ours', file: other }))).toBe(
    'KEY_MATERIAL_REFUSED',
  )
  await scene.engine.importKeyMaterial({ key: 'ours', file })
  expect(await restored(scene, id)).toBeUndefined()
})

it('without its passphrase, or with another, nothing is read and nothing is written plain', async () => {
  const scene = await Scene.begin()
  const wish = { name: 'disk', sizeBytes: blocks(1), encrypted: true }
  expect(await refusal(scene.engine.createVolume(wish))).toBe('PASSPHRASE_MISSING')
  expect((await scene.view()).volumes).toEqual([])
  expect(await refusal(scene.engine.setPassphrase({ passphrase: 'short' }))).toBe(
    'PASSPHRASE_REFUSED',
  )
  scene.vault = vault
  await scene.reopen()
  const id = await encrypted(scene)
  expect(await scene.engine.lockKeys()).toMatchObject({ state: 'locked' })

  scene.vault = { passphrase: () => undefined }
  await scene.reopen()
  expect(await restored(scene, id)).toBe('KEYS_LOCKED')
  expect(await refusal(scene.engine.unlockKeys({ passphrase: 'wrong horse battery' }))).toBe(
    'PASSPHRASE_WRONG',
  )
  scene.vault = { passphrase: () => 'wrong horse battery' }
  await scene.reopen()
  expect(await restored(scene, id)).toBe('PASSPHRASE_WRONG')
  expect(await scene.engine.unlockKeys({ passphrase: vault.passphrase() })).toMatchObject({
    state: 'open',
  })
  expect(await restored(scene, id)).toBeUndefined()

  // Another passphrase opens the same keys.
  await scene.engine.setPassphrase({ passphrase: 'staple of another sort' })
  scene.vault = { passphrase: () => 'staple of another sort' }
  await scene.reopen()
  expect(await restored(scene, id)).toBeUndefined()
})

it("the system's store opens keys without a passphrase, and the passphrase still does", async () => {
  const mask = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a))
  const system = {
    seal: async (secret: Buffer) => mask(secret),
    unseal: async (sealed: Buffer) => mask(sealed),
  }
  const foreign = { ...system, unseal: () => Promise.reject(new Error('of another user')) }
  const told = async () => (await scene.engine.describeKeys()).vault
  const reopenWith = async (next: KeyVault) => {
    scene.vault = next
    await scene.reopen()
  }
  const scene = await Scene.begin({ vault })
  const id = await encrypted(scene)
  // It takes the key over when the passphrase is given where there is one.
  await reopenWith({ system })
  expect(await told()).toMatchObject({ state: 'locked', isKeptBySystem: false })
  expect(await restored(scene, id)).toBe('KEYS_LOCKED')
  expect(await scene.engine.unlockKeys({ passphrase: vault.passphrase() })).toMatchObject({
    state: 'open',
    isKeptBySystem: true,
  })
  await reopenWith({ system })
  expect(await told()).toMatchObject({ state: 'locked', isKeptBySystem: true })
  expect(await restored(scene, id)).toBeUndefined()
  // Locked by hand it stays locked.
  await scene.engine.lockKeys()
  expect(await restored(scene, id)).toBe('KEYS_LOCKED')
  expect(await told()).toMatchObject({ state: 'locked', isKeptBySystem: false })
  // Where there is none, or another user's, the passphrase is what opens it.
  await reopenWith({})
  expect(await told()).toMatchObject({ state: 'locked', isKeptBySystem: false })
  await reopenWith({ ...vault, system: foreign })
  expect(await restored(scene, id)).toBeUndefined()
})

it('encryption by default and the default key hold for one region', async () => {
  const scene = await Scene.begin({ vault })
  await scene.engine.addRegion({ name: 'eu-west-1' })
  await scene.engine.createKey({ name: 'mine' })
  await scene.engine.setEncryptionByDefault({ isOn: true })
  const { volumeId } = await scene.engine.createVolume({ name: 'own', sizeBytes: blocks(1) })
  expect(await keyNamed(scene, 'aws/ebs')).toMatchObject({ manager: 'strata', isDefault: true })
  await scene.engine.setDefaultKey({ key: 'mine' })
  const file = scene.image(noises(1))
  const linked = await scene.linked(file, 'linked')
  await scene.engine.useRegion({ name: 'eu-west-1' })
  const abroad = await scene.engine.createVolume({ name: 'plain', sizeBytes: blocks(1) })
  const keys = (await scene.engine.describeKeys()).keys
  const keyOf = async (id: string) =>
    (await scene.view()).volumes.find((volume) => volume.volumeId === id)?.encryption?.keyId
  expect(await keyOf(volumeId)).toBe(keys.find(({ name }) => name === 'aws/ebs')?.keyId)
  expect(await keyOf(linked)).toBe(keys.find(({ name }) => name === 'mine')?.keyId)
  expect(abroad.encryption).toBeNull()
  expect((await scene.engine.describeKeys()).defaults).toMatchObject([
    { region: 'local', isOn: true, keyId: await keyOf(linked) },
    { region: 'eu-west-1', isOn: false, keyId: null },
  ])
  expect(await refusal(scene.engine.setDefaultKey({ key: 'mine' }))).toBe('InvalidParameterValue')
  expect(await refusal(scene.engine.disableKey({ key: keys[0]!.keyId }))).toBe(undefined)
  const own = keys.find(({ name }) => name === 'aws/ebs')!
  expect(await refusal(scene.engine.disableKey({ key: own.keyId }))).toBe('KEY_MANAGED')
})
