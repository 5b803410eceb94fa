import { rmSync, writeFileSync } from 'node:fs'
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
