import { expect, it } from 'vitest'
import { systemStore } from './system-store.ts'

type Backend = ReturnType<Electron.SafeStorage['getSelectedStorageBackend']>

const safe = (backend: Backend, isAvailable = true) => ({
  isEncryptionAvailable: () => isAvailable,
  getSelectedStorageBackend: () => backend,
  encryptString: (text: string) => Buffer.from(`sealed ${text}`),
  decryptString: (sealed: Buffer) => sealed.toString().replace('sealed ', ''),
})

it('is used on Linux only where a keyring keeps it, elsewhere where it is there', () => {
  const isThere = (backend: Backend, platform: NodeJS.Platform, isAvailable = true) =>
    systemStore(safe(backend, isAvailable), platform) !== null
  expect(isThere('gnome_libsecret', 'linux')).toBe(true)
  expect(isThere('kwallet6', 'linux')).toBe(true)
  expect(isThere('basic_text', 'linux')).toBe(false)
  expect(isThere('unknown', 'linux')).toBe(false)
  expect(isThere('unknown', 'darwin')).toBe(true)
  expect(isThere('unknown', 'win32', false)).toBe(false)
})

it('keeps every byte of a secret', async () => {
  const store = systemStore(safe('kwallet5'), 'linux')!
  const secret = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 8))
  expect(await store.unseal(await store.seal(secret))).toEqual(secret)
})
