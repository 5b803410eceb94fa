import { fireEvent, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { KeyId } from '../../core/contract/ids.ts'
import { keysExample, sealedLibrary } from '../state/key-example.ts'
import { storeExample } from '../state/world-example.ts'
import { inPage, show } from '../testing/page.tsx'
import { EncryptionFields } from './EncryptionFields.tsx'
import { KeysDialog } from './KeysDialog.tsx'

inPage()

it('another default leads back to the account’s own key, made or not, also where it is gone', async () => {
  const own = keysExample()
  const setDefaultKey = vi.fn().mockResolvedValue(own.default)
  const keyId = KeyId.parse('key-00000000000000009')
  const gone = { ...own, keys: [], default: { ...own.default, keyId } }
  const store = storeExample({ setDefaultKey, describeKeys: async () => own })
  show(store, <KeysDialog keys={gone} library={sealedLibrary()} />)
  expect(screen.getByText(/^The default key was deleted/)).toBeTruthy()
  expect(screen.getByRole('list', { name: 'Keys' }).textContent).toContain('aws/ebs')
  fireEvent.click(screen.getByRole('button', { name: 'Make default' }))
  expect(setDefaultKey).toHaveBeenCalledWith({ key: null })
})

it('a form that asks for a key says that the default one is gone', async () => {
  const own = keysExample()
  const byDefault = { ...own.default, keyId: KeyId.parse('key-00000000000000009') }
  const gone = { ...own, default: byDefault, defaults: [byDefault] }
  const store = storeExample({ describeKeys: async () => gone })
  await store.getState().refreshKeys()
  store.setState({ library: sealedLibrary() })
  const fields = { source: null, wish: { encrypted: true } as const, onWish: () => {} }
  show(store, <EncryptionFields {...fields} />)
  expect(screen.getByText('The default key: none, it was deleted')).toBeTruthy()
  expect(screen.getByRole('note').textContent).toMatch(/^The default key was deleted: choose /)
  fireEvent.click(screen.getByRole('button', { name: 'Keys…' }))
  expect(store.getState().dialog).toEqual({ kind: 'keys' })
})

it('what is made of several snapshots says so, and takes the key of each', () => {
  const [backups] = keysExample().keys
  const payroll = { ...backups!, keyId: KeyId.parse('key-00000000000000008'), name: 'payroll' }
  const keys = keysExample()
  const store = storeExample()
  store.setState({ keys: { ...keys, keys: [backups!, payroll] }, library: sealedLibrary() })
  const [plain] = sealedLibrary().snapshots
  const sources = [backups!, payroll].map(({ keyId }) => ({
    ...plain!,
    encryption: { keyId, dataKeyId: keyId },
  }))
  const fields = { several: 'both volumes', wish: {}, onWish: () => {} }
  show(store, <EncryptionFields {...fields} source={sources[0]!} sources={sources} />)
  expect(screen.getByLabelText('Encrypt both volumes')).toHaveProperty('checked', true)
  expect(screen.getByText('The keys of their snapshots: backups and payroll')).toBeTruthy()
})

it('with the account’s own as the default there is nothing to go back to', () => {
  show(storeExample(), <KeysDialog keys={keysExample()} library={sealedLibrary()} />)
  expect(screen.queryByText(/^The default key was deleted/)).toBeNull()
  expect(screen.queryByRole('button', { name: 'Make default' })).toBeNull()
})
