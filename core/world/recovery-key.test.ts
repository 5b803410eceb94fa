import { chmodSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { expect, it } from 'vitest'
import type { KeyVault } from '../engine/key-vault.ts'
import { inCatalog } from '../engine/testing/alter-catalog.ts'
import { blocks, Scene } from '../engine/testing/scene.ts'
import { filesWithBytesOf } from '../testing/found-bytes.ts'

const PASSPHRASE = 'correct horse battery'
const NEW_PASSPHRASE = 'staple of another sort'
const vault = { passphrase: () => PASSPHRASE, cost: 1_024 }
/** Somebody who has lost the passphrase. */
const without: KeyVault = { cost: 1_024 }

async function refusal(asked: Promise<unknown>): Promise<string | undefined> {
  return asked.then(
    () => undefined,
    (error) => error.code,
  )
}

/** A library with something encrypted in it. */
async function begin(): Promise<{ scene: Scene; reads: () => Promise<string | undefined> }> {
  const scene = await Scene.begin({ vault })
  const disk = { name: 'disk', sizeBytes: blocks(1), encrypted: true }
  const { volumeId } = await scene.engine.createVolume(disk)
  await scene.write(volumeId, 1_000, Buffer.from('what nobody else may read'))
  const snapshotId = await scene.snapshot(volumeId)
  const target = { snapshotId, file: scene.path('out'), sha256: false, overwrite: true }
  return { scene, reads: () => scene.failureOf(scene.engine.restoreToFile(target)) }
}

async function kept(scene: Scene): Promise<string> {
  const { recoveryKey } = await scene.engine.createRecoveryKey()
  await scene.engine.keepRecoveryKey()
  return recoveryKey
}

async function reopenWith(scene: Scene, next: KeyVault): Promise<void> {
  scene.vault = next
  await scene.reopen()
}

const told = async (scene: Scene) => (await scene.engine.describeKeys()).vault

const wrapOf = (db: Database, kind: string) =>
  db.prepare('SELECT wrapped FROM key_guard WHERE kind = ?').pluck().get(kind) as Buffer

it('a recovery key opens the keys and sets another passphrase; a newer one takes its place', async () => {
  const { scene, reads } = await begin()
  const { engine } = scene
  expect(await told(scene)).toMatchObject({ recoveryKeyMadeAt: null })
  const early = { recoveryKey: 'whatever', passphrase: NEW_PASSPHRASE }
  expect(await refusal(engine.recoverKeys(early))).toBe('RECOVERY_KEY_MISSING')
  expect(await refusal(engine.removeRecoveryKey())).toBe('RECOVERY_KEY_MISSING')
  expect(await refusal(engine.keepRecoveryKey())).toBe('RECOVERY_KEY_UNSEEN')
  const recoveryKey = await kept(scene)
  expect(await told(scene)).toMatchObject({ recoveryKeyMadeAt: expect.any(Number) })
  expect(await refusal(engine.keepRecoveryKey())).toBe('RECOVERY_KEY_UNSEEN')

  await reopenWith(scene, without)
  expect(await reads()).toBe('KEYS_LOCKED')
  expect(await refusal(scene.engine.createRecoveryKey())).toBe('KEYS_LOCKED')
  expect(await refusal(scene.engine.removeRecoveryKey())).toBe('KEYS_LOCKED')
  const recover = (text: string, passphrase = NEW_PASSPHRASE) =>
    scene.engine.recoverKeys({ recoveryKey: text, passphrase })
  expect(await refusal(recover(recoveryKey.slice(0, -1)))).toBe('RECOVERY_KEY_MISTYPED')
  expect(await refusal(recover(recoveryKey, 'short'))).toBe('PASSPHRASE_REFUSED')
  expect(await told(scene)).toMatchObject({ state: 'locked' })
  expect(await recover(recoveryKey.toLowerCase().replaceAll('-', ' '))).toMatchObject({
    state: 'open',
  })
  expect(await reads()).toBeUndefined()
  // It is what opens them from now on; the one that was lost does not.
  await reopenWith(scene, vault)
  expect(await reads()).toBe('PASSPHRASE_WRONG')
  await reopenWith(scene, { passphrase: () => NEW_PASSPHRASE, cost: 1_024 })
  expect(await reads()).toBeUndefined()

  // What was shown and not kept changes nothing; what was kept takes the place of what was.
  const { recoveryKey: dropped } = await scene.engine.createRecoveryKey()
  expect(await scene.engine.dropRecoveryKey()).toEqual({ isDropped: true })
  expect(await refusal(recover(dropped))).toBe('RECOVERY_KEY_WRONG')
  expect(await refusal(recover(recoveryKey))).toBeUndefined()
  const shown = await scene.engine.createRecoveryKey()
  expect(await refusal(recover(shown.recoveryKey))).toBe('RECOVERY_KEY_WRONG')
  await scene.engine.keepRecoveryKey()
  expect(await scene.engine.dropRecoveryKey()).toEqual({ isDropped: false })
  expect(await refusal(recover(recoveryKey))).toBe('RECOVERY_KEY_WRONG')
  expect(await refusal(recover(shown.recoveryKey))).toBeUndefined()
  // Passphrases come and go, keys get new material: it opens them all the same.
  await scene.engine.setPassphrase({ passphrase: 'a third one, of many words' })
  await scene.engine.createKey({ name: 'mine' })
  await scene.engine.rotateKey({ key: 'mine' })
  await reopenWith(scene, { ...without, recoveryKey: () => shown.recoveryKey })
  expect(await reads()).toBeUndefined()
  expect((await scene.verify()).ok).toBe(true)

  expect(await scene.engine.removeRecoveryKey()).toMatchObject({ recoveryKeyMadeAt: null })
  expect(await refusal(recover(shown.recoveryKey))).toBe('RECOVERY_KEY_MISSING')
  await scene.reopen()
  expect(await reads()).toBe('RECOVERY_KEY_MISSING')
  const lines = (await scene.engine.listHistory()).map(({ title }) => title)
  const about = lines.filter((title) => title.includes('recovery key'))
  expect(about.sort()).toEqual([
    'Made a recovery key',
    'Removed the recovery key',
    'Replaced the recovery key',
  ])
})

it('it opens its own library alone, and no wrap that was changed', async () => {
  const { scene, reads } = await begin()
  const recoveryKey = await kept(scene)
  const other = await Scene.begin({ vault })
  await other.engine.setPassphrase({ passphrase: PASSPHRASE })
  const foreign = await kept(other)
  const recover = (text: string) =>
    scene.engine.recoverKeys({ recoveryKey: text, passphrase: NEW_PASSPHRASE })
  expect(await refusal(recover(foreign))).toBe('RECOVERY_KEY_WRONG')
  const put = (db: Database, wrap: Buffer) =>
    db.prepare(`UPDATE key_guard SET wrapped = ? WHERE kind = 'recovery'`).run(wrap)
  // Nor is its wrap of any use in another library.
  const own = await inCatalog(scene, (db) => wrapOf(db, 'recovery'))
  await inCatalog(other, (db) => put(db, own))
  const elsewhere = other.engine.recoverKeys({ recoveryKey, passphrase: NEW_PASSPHRASE })
  expect(await refusal(elsewhere)).toBe('RECOVERY_KEY_WRONG')
  const flipped = (db: Database) => {
    const wrap = Buffer.from(wrapOf(db, 'recovery'))
    wrap[20]! ^= 1
    return wrap
  }
  // Nor does the wrap under another guard stand for its own.
  for (const wrapFrom of [flipped, (db: Database) => wrapOf(db, 'passphrase')]) {
    await inCatalog(scene, (db) => put(db, wrapFrom(db)))
    expect(await refusal(recover(recoveryKey))).toBe('RECOVERY_KEY_WRONG')
  }
  // The passphrase goes on, and another recovery key can be made.
  expect(await reads()).toBeUndefined()
  expect(await refusal(recover(await kept(scene)))).toBeUndefined()
})

it('it lies nowhere in the library; the file it is saved to is its own', async () => {
  const { scene } = await begin()
  const { recoveryKey } = await scene.engine.createRecoveryKey()
  const file = scene.path('recovery.txt')
  writeFileSync(file, 'what was there before')
  chmodSync(file, 0o644)
  expect(await refusal(scene.engine.saveRecoveryKey({ file, overwrite: false }))).toBe(
    'FILE_EXISTS',
  )
  const inside = join(scene.library, 'recovery.txt')
  expect(await refusal(scene.engine.saveRecoveryKey({ file: inside, overwrite: true }))).toBe(
    'FILE_IN_LIBRARY',
  )
  await scene.engine.saveRecoveryKey({ file, overwrite: true })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await scene.engine.keepRecoveryKey()
  expect(await refusal(scene.engine.saveRecoveryKey({ file, overwrite: true }))).toBe(
    'RECOVERY_KEY_UNSEEN',
  )
  const secrets = Buffer.from(`${recoveryKey} ${recoveryKey.replaceAll('-', '')}`)
  expect(filesWithBytesOf(scene.library, secrets)).toEqual([])
  const said = JSON.stringify([
    scene.events,
    await scene.engine.listHistory(),
    await scene.engine.listEvents({}),
  ])
  expect(said).not.toContain(recoveryKey.slice(0, 9))
  const replaced = await inCatalog(scene, (db) => wrapOf(db, 'recovery'))
  expect(filesWithBytesOf(scene.library, replaced)).toHaveLength(1)
  // What they opened goes from the disk with them, from the log of the open catalog too.
  await kept(scene)
  expect(filesWithBytesOf(scene.library, replaced)).toEqual([])
  await scene.engine.createKey({ name: 'mine' })
  const [removed, passphrase, material] = await inCatalog(scene, (db) => [
    wrapOf(db, 'recovery'),
    wrapOf(db, 'passphrase'),
    db.prepare(`SELECT material FROM master_key WHERE name = 'mine'`).pluck().get() as Buffer,
  ])
  await scene.engine.removeRecoveryKey()
  expect(filesWithBytesOf(scene.library, removed)).toEqual([])
  // So it does with a passphrase, and with what a key was before it was rotated.
  await scene.engine.setPassphrase({ passphrase: NEW_PASSPHRASE })
  expect(filesWithBytesOf(scene.library, passphrase)).toEqual([])
  await scene.engine.rotateKey({ key: 'mine' })
  expect(filesWithBytesOf(scene.library, material)).toEqual([])
  await scene.engine.close()
  expect(filesWithBytesOf(scene.folder, secrets)).toEqual([file])
})
