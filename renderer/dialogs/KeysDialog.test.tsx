import { fireEvent, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { KeyId } from '../../core/contract/ids.ts'
import { keysExample, sealedLibrary } from '../state/key-example.ts'
import { storeExample } from '../state/world-example.ts'
import { inPage, show } from '../testing/page.tsx'
import { EncryptionFields } from './EncryptionFields.tsx'
import { KeyDialogs } from './KeyDialogs.tsx'
import { KeysDialog } from './KeysDialog.tsx'
import { NewVolumeDialog } from './NewVolumeDialog.tsx'

inPage()

it.each([
  ['others', keysExample().keys, () => screen.getByRole('list', { name: 'Keys' })],
  ['none', [], () => screen.getByText(/^No keys yet/)],
])(
  'another default that is gone leads back to the account’s own key, beside %s',
  async (_, keys, next) => {
    const own = keysExample()
    const setDefaultKey = vi.fn().mockResolvedValue(own.default)
    const keyId = KeyId.parse('key-00000000000000009')
    const told = { ...own, keys }
    const gone = { ...told, default: { ...own.default, keyId } }
    const store = storeExample({ setDefaultKey, describeKeys: async () => told })
    store.setState({ keys: gone })
    show(store, <KeyDialogs dialog={{ kind: 'keys' }} library={sealedLibrary()} />)
    expect(screen.getByText(/^The default key was deleted/)).toBeTruthy()
    expect(screen.getByRole('list', { name: 'Keys' }).textContent).toContain('aws/ebs')
    const make = screen.getByRole('button', { name: 'Make default' })
    // First the dialog takes the focus.
    await new Promise((resolve) => setTimeout(resolve))
    make.focus()
    fireEvent.click(make)
    expect(setDefaultKey).toHaveBeenCalledWith({ key: null })
    await vi.waitFor(() => expect(document.activeElement).toBe(next()))
  },
)

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

it('a form is not sent, and keeps what was typed, while the key that it asks for is gone', async () => {
  const createVolume = vi.fn().mockReturnValue(new Promise(() => undefined))
  const store = storeExample({ createVolume })
  const keys = keysExample()
  const byDefault = { ...keys.default, keyId: KeyId.parse('key-00000000000000009'), isOn: true }
  store.setState({ keys: { ...keys, default: byDefault, defaults: [byDefault] } })
  show(store, <NewVolumeDialog />)
  const make = screen.getByRole('button', { name: 'Make volume' })
  fireEvent.click(make)
  expect(createVolume).not.toHaveBeenCalled()
  const key = keys.keys[0]!.keyId
  fireEvent.change(screen.getByLabelText('Key'), { target: { value: key } })
  fireEvent.click(make)
  expect(createVolume).toHaveBeenCalledWith(expect.objectContaining({ encrypted: true, key }))
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
