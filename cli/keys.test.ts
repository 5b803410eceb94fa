import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, expect, it, vi } from 'vitest'
import { Engine } from '../core/engine/engine.ts'
import { ask, refusal, strata } from './testing/command.ts'
import { Scene, sha256Of } from './testing/scene.ts'

const scene = new Scene()
const OTHER = '444455556666'
const PASSPHRASE = 'correct horse battery'

afterAll(() => {
  vi.unstubAllEnvs()
  scene.remove()
})

/** A library whose passphrase is cheap to try. @param fill what it holds */
async function guarded(
  name: string,
  fill: (engine: Engine) => Promise<void> = async () => {},
  clock: () => number = Date.now,
): Promise<string> {
  const path = scene.path(`${name}.strata`)
  const engine = await Engine.create(path, { onEvent: () => {}, keyVault: { cost: 1_024 }, clock })
  await engine.setPassphrase({ passphrase: PASSPHRASE })
  await fill(engine)
  await engine.close()
  return path
}

/** A is a snapshot under the key `backups`, behind the image `web`. */
async function withImage(engine: Engine): Promise<void> {
  await engine.addAccount({ accountId: OTHER, name: 'partner' })
  const wish = { encrypted: true, key: (await engine.createKey({ name: 'backups' })).keyId }
  const { volumeId } = await engine.createVolume({ name: 'disk', sizeBytes: 1_048_576, ...wish })
  const { jobId, snapshotId } = await engine.takeSnapshot({ volumeId, name: 'A' })
  await engine.awaitJob({ jobId })
  const mappings = [{ deviceName: '/dev/sda', snapshotId }]
  await engine.registerImage({ name: 'web', rootDeviceName: '/dev/sda', mappings })
}

it('encrypts with a passphrase of the environment or of a file, and reads nothing without', async () => {
  const library = await guarded('keys')
  const file = scene.path('passphrase')
  writeFileSync(file, `${PASSPHRASE}\n`)
  const image = scene.image()
  vi.stubEnv('STRATA_PASSPHRASE', PASSPHRASE)
  const key = await ask<{ keyId: string }>(library, ['key', 'create', 'backups'])
  expect(key).toMatchObject({ state: 'enabled', version: 1 })
  await ask(library, [
    'volume',
    'import',
    image,
    '--name',
    'disk',
    '--encrypted',
    '--key',
    'backups',
  ])
  vi.unstubAllEnvs()

  expect(await refusal(library, ['snapshot', 'create', 'disk'])).toMatchObject({
    code: 'KEYS_LOCKED',
    remedy: expect.stringContaining('STRATA_PASSPHRASE'),
  })
  const withFile = ['--passphrase-file', file]
  const taken = await ask(library, ['snapshot', 'create', 'disk', '--name', 'A', ...withFile])
  expect(taken).toMatchObject({ encryption: { keyId: key.keyId } })
  const out = scene.path('out.img')
  expect(await refusal(library, ['snapshot', 'restore', 'A', '--to', out])).toMatchObject({
    code: 'KEYS_LOCKED',
  })
  await ask(library, ['snapshot', 'restore', 'A', '--to', out, ...withFile])
  expect(sha256Of(out)).toBe(sha256Of(image))
  rmSync(out)

  await ask(library, ['key', 'rotate', 'backups', ...withFile])
  await ask(library, ['key', 'schedule-deletion', 'backups', '--days', '7'])
  const { stdout } = await strata(['--library', library, 'key', 'ls'])
  expect(stdout).toMatch(/backups +local +pending-deletion, gone on .+ 2 +1 +1/)
})

it('opens keys with a recovery key of a file or of the environment, and sets a passphrase with it', async () => {
  const path = scene.path('recovered.strata')
  const engine = await Engine.create(path, { onEvent: () => {}, keyVault: { cost: 1_024 } })
  await engine.setPassphrase({ passphrase: PASSPHRASE })
  await engine.close()
  const sheet = scene.path('recovery-key.txt')
  const given = { env: { STRATA_PASSPHRASE: PASSPHRASE } }
  const recovery = (...args: string[]) => ['key', 'recovery', ...args]
  expect(await ask(path, recovery('create', '--to', sheet), given)).toMatchObject({
    recoveryKey: null,
    madeAt: expect.any(Number),
  })
  expect(readFileSync(sheet, 'utf8')).toMatch(/^# .+\n# .+\n# .+\n\n(\w{4}-){13}\w{4}\n$/)
  const withFile = ['--recovery-key-file', sheet]

  const next = scene.path('next-passphrase')
  writeFileSync(next, 'staple of another sort\n')
  const set = ['key', 'passphrase', next]
  const mistyped = {
    env: { STRATA_RECOVERY_KEY: readFileSync(sheet, 'utf8').replace(/\w\n$/, '*') },
  }
  expect(await refusal(path, set, mistyped)).toMatchObject({ code: 'RECOVERY_KEY_MISTYPED' })
  await ask(path, [...set, ...withFile])
  const withNext = ['--passphrase-file', next]
  const { stdout } = await strata(['--library', path, ...recovery('create'), ...withNext])
  const [, text = ''] = stdout.match(/^((?:\w{4}-){13}\w{4})\n/) ?? []
  const removed = await ask(path, recovery('remove'), { env: { STRATA_RECOVERY_KEY: text } })
  expect(removed).toMatchObject({ state: 'open', recoveryKeyMadeAt: null })
})

it('says of a default key that was deleted that it is gone, and how to do without it', async () => {
  let keyId = ''
  const fill = async (engine: Engine) => {
    keyId = (await engine.createKey({ name: 'backups' })).keyId
    await engine.setDefaultKey({ key: 'backups' })
    await engine.scheduleKeyDeletion({ key: 'backups', days: 7 })
  }
  const library = await guarded('gone', fill, () => Date.now() - 8 * 86_400_000)
  const gone = `${keyId}, deleted; \`strata key default --reset\` goes back to aws/ebs\n`
  const told = async (...args: string[]) =>
    (await strata(['--library', library, 'key', ...args])).stdout
  expect(await told('default')).toMatch(new RegExp(`Default key +${gone}$`))
  expect(await told('ls')).toBe(`There are no keys yet.\n\nDefault key of local: ${gone}`)
})

it('F33: shares a key on its own, says who is without it, and copies an image under it', async () => {
  const library = await guarded('shared', withImage)
  const told = async (...args: string[]) =>
    (await strata(['--library', library, ...args])).stdout.replace(/ +/g, ' ')
  const [, keyId] =
    /To share it, too: strata key share (key-\w+) --add 444455556666\n$/.exec(
      await told('snapshot', 'share', 'A', '--add', 'partner'),
    ) ?? []
  const permissions = { keyId, name: 'backups', sharedWith: [OTHER] }
  expect(await ask(library, ['key', 'share', 'backups', '--add', 'partner'])).toEqual(permissions)
  expect(await told('key', 'permissions', 'backups')).toBe(
    `Key backups (${keyId})\nShared with ${OTHER}\n`,
  )
  expect(await told('key', 'ls', '--account', 'partner')).toContain(`\n${keyId} 111122223333 local`)

  vi.stubEnv('STRATA_PASSPHRASE', PASSPHRASE)
  const copying = ['image', 'copy', 'web', '--to-region', 'local', '--name', 'copy']
  expect(await told(...copying, '--encrypted', '--key', 'backups')).toMatch(
    new RegExp(`Encrypted with\n/dev/sda root .* ${keyId}\n`, 'i'),
  )
  vi.unstubAllEnvs()
})
