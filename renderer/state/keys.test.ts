import { expect, it, vi } from 'vitest'
import { StrataError, toWire } from '../../core/contract/errors.ts'
import { actionById, runAction } from '../actions/all.ts'
import { keysExample, sealedLibrary } from './key-example.ts'
import { id } from './library-example.ts'
import { storeExample } from './world-example.ts'

const locked = keysExample({
  vault: { state: 'locked', isKeptBySystem: false, recoveryKeyMadeAt: null },
})

it('a locked key offers to be unlocked, and is not offered once it is', async () => {
  const given: string[] = []
  let keys = locked
  const store = storeExample({
    describeKeys: async () => keys,
    unlockKeys: async ({ passphrase }) => {
      given.push(passphrase)
      keys = keysExample()
      return keys.vault
    },
  })
  expect(runAction('keys.unlock', store.getState())).toBe(false)
  await store.getState().refreshKeys()
  store.getState().tellFailure(toWire(new StrataError('KEYS_LOCKED', {})))
  expect(store.getState().notices).toMatchObject([{ actionId: 'keys.unlock' }])
  expect(actionById('keys.unlock').isEnabled(store.getState())).toBe(true)
  await store.getState().unlockKeys('correct horse battery')
  expect(given).toEqual(['correct horse battery'])
  expect(store.getState().notices).toMatchObject([{ kind: 'done', title: 'Keys are unlocked' }])
  expect(actionById('keys.unlock').isEnabled(store.getState())).toBe(false)
})

it('a key is worked on from what it encrypts, as far as its state lets', async () => {
  const enableKey = vi.fn().mockResolvedValue({})
  const keys = keysExample({}, { state: 'disabled' })
  const store = storeExample({ enableKey, describeKeys: async () => keys })
  await store.getState().refreshKeys()
  store.setState({ library: sealedLibrary(), selection: [id('b')] })
  const titleOf = (action: string) => actionById(action).title(store.getState())
  expect(titleOf('key.enable')).toBe('Enable key backups')
  expect(runAction('key.disable', store.getState())).toBe(false)
  expect(runAction('key.enable', store.getState())).toBe(true)
  expect(enableKey).toHaveBeenCalledWith({ key: keys.keys[0]!.keyId })
  store.setState({ selection: [id('a')] })
  expect(runAction('key.enable', store.getState())).toBe(false)
})

it('a key without material asks for the file, and is brought it by its id', async () => {
  const pending = keysExample({}, { origin: 'imported', state: 'pending-import' })
  const [key] = pending.keys
  const importKeyMaterial = vi.fn().mockResolvedValue(key)
  const file = { fileId: 'file-1', name: 'material.bin', sizeBytes: 32 }
  const chooseKeyMaterial = vi.fn().mockResolvedValueOnce(null).mockResolvedValue(file)
  const engine = { createKey: async () => key!, describeKeys: async () => pending }
  const store = storeExample({ ...engine, importKeyMaterial }, { chooseKeyMaterial })
  // Choosing none leaves it to be brought later.
  await store.getState().createKey('backups', true)
  expect(importKeyMaterial).not.toHaveBeenCalled()
  store.setState({ library: sealedLibrary(), selection: [id('b')] })
  const titleOf = (action: string) => actionById(action).title(store.getState())
  expect(titleOf('key.bringMaterial')).toBe('Bring the material of key backups…')
  expect(runAction('key.removeMaterial', store.getState())).toBe(false)
  await store.getState().bringMaterial(key!)
  expect(importKeyMaterial).toHaveBeenCalledWith({ key: key!.keyId, file: 'file-1' })
})

it('what was asked from another dialog goes back to it', () => {
  const store = storeExample()
  store.getState().openDialog({ kind: 'newKey', back: { kind: 'keys' } })
  store.getState().closeDialog()
  expect(store.getState().dialog).toEqual({ kind: 'keys' })
  store.getState().closeDialog()
  expect(store.getState().dialog).toEqual({ kind: 'none' })
})
