import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, expect, it, vi } from 'vitest'
import { Engine } from '../core/engine/engine.ts'
import { ask, refusal, strata } from './testing/command.ts'
import { Scene, sha256Of } from './testing/scene.ts'

const scene = new Scene()
const PASSPHRASE = 'correct horse battery'

afterAll(() => {
  vi.unstubAllEnvs()
  scene.remove()
})

/** A library whose passphrase is cheap to try. */
async function guarded(): Promise<string> {
  const path = scene.path('library.strata')
  const engine = await Engine.create(path, { onEvent: () => {}, keyVault: { cost: 1_024 } })
  await engine.setPassphrase({ passphrase: PASSPHRASE })
  await engine.close()
  return path
}

it('encrypts with a passphrase of the environment or of a file, and reads nothing without', async () => {
  const library = await guarded()
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
