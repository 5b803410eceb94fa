import { fireEvent, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import type { StrataApi } from '../../core/contract/calls.ts'
import type { ShellApi } from '../../core/contract/shell.ts'
import { EngineError } from '../state/api.ts'
import { useApp } from '../state/context.ts'
import { keysExample } from '../state/key-example.ts'
import { storeExample } from '../state/world-example.ts'
import { inPage, show } from '../testing/page.tsx'
import { isAboutKeys, KeyDialogs } from './KeyDialogs.tsx'

inPage()

const TEXT = '000G-40R4-0M30-E209-185G-R38E-1W81-24GK-2GAH-C5RR-34D1-P70X-3RFQ-2NSS'
const vault = { state: 'open', isKeptBySystem: false, recoveryKeyMadeAt: null } as const
const none = keysExample({ vault: { ...vault, state: 'none' } })
const made = keysExample({ vault: { ...vault, recoveryKeyMadeAt: 4 } })

function Shown() {
  const dialog = useApp((state) => state.dialog)
  const library = useApp((state) => state.library)
  return isAboutKeys(dialog) ? <KeyDialogs dialog={dialog} library={library!} /> : null
}

async function begin(engine: Partial<StrataApi>, shell: Partial<ShellApi> = {}) {
  const store = storeExample({ describeKeys: async () => keysExample(), ...engine }, shell)
  await store.getState().refreshKeys()
  show(store, <Shown />)
  return store
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

it('the first passphrase offers a recovery key, which is shown once, saved, and kept or not', async () => {
  let keys = none
  const keepRecoveryKey = vi.fn().mockResolvedValue(made.vault)
  const dropRecoveryKey = vi.fn().mockResolvedValue({ isDropped: true })
  const saveRecoveryKey = vi.fn().mockResolvedValue({})
  const setPassphrase = async () => {
    keys = keysExample()
    return keys.vault
  }
  const file = { fileId: 'file-1', name: 'paper.txt', sizeBytes: null }
  const store = await begin(
    {
      describeKeys: async () => keys,
      setPassphrase,
      createRecoveryKey: async () => ({ recoveryKey: TEXT }),
      keepRecoveryKey,
      dropRecoveryKey,
      saveRecoveryKey,
    },
    { chooseRecoveryFile: async () => file },
  )
  // Whoever fills in a form is offered it beside it.
  store.getState().openDialog({ kind: 'newVolume' })
  await store.getState().setPassphrase('correct horse battery')
  expect(store.getState().dialog.kind).toBe('newVolume')
  expect(store.getState().notices.at(-1)).toMatchObject({ actionId: 'keys.recoveryKey' })
  keys = none
  await store.getState().refreshKeys()
  store.getState().openDialog({ kind: 'keys' })
  await store.getState().setPassphrase('correct horse battery')
  await screen.findByRole('heading', { name: 'Make a recovery key?' })
  expect(store.getState().notices.at(-1)).not.toHaveProperty('actionId')
  press('Not now')
  expect(store.getState().dialog).toEqual({ kind: 'keys' })
  // Another passphrase later offers none.
  await store.getState().setPassphrase('staple of another sort')
  expect(store.getState().dialog).toEqual({ kind: 'keys' })

  const showKey = async () => {
    press('Make a recovery key…')
    press('Make recovery key')
    await screen.findByRole('heading', { name: 'Keep this key where you keep paper' })
    expect(document.body.textContent).toContain(TEXT.replaceAll('-', ' '))
    expect(JSON.stringify(store.getState())).not.toContain(TEXT.slice(0, 4))
  }
  await showKey()
  press('Cancel')
  expect(dropRecoveryKey).toHaveBeenCalledOnce()
  expect(document.body.textContent).not.toContain('000G')
  await showKey()
  press('Save to a file…')
  expect((await screen.findByRole('status')).textContent).toBe('Saved to paper.txt')
  expect(saveRecoveryKey).toHaveBeenCalledWith({ file: 'file-1', overwrite: false })
  expect(keepRecoveryKey).not.toHaveBeenCalled()
  keys = made
  press('I have kept it')
  await screen.findByRole('button', { name: 'Make a new one…' })
  expect(keepRecoveryKey).toHaveBeenCalledOnce()
  expect(dropRecoveryKey).toHaveBeenCalledOnce()
  expect(document.body.textContent).not.toContain('000G')
})

it('a recovery key that is being kept is neither dropped nor kept twice', async () => {
  const answers: Array<(vault: typeof made.vault) => void> = []
  const keepRecoveryKey = vi.fn(
    () => new Promise<typeof made.vault>((resolve) => answers.push(resolve)),
  )
  const dropRecoveryKey = vi.fn().mockResolvedValue({ isDropped: false })
  const createRecoveryKey = async () => ({ recoveryKey: TEXT })
  const store = await begin({ createRecoveryKey, keepRecoveryKey, dropRecoveryKey })
  const askToKeep = async () => {
    store.getState().openDialog({ kind: 'recoveryKey', isOffer: false, back: { kind: 'keys' } })
    await screen.findByRole('button', { name: 'Make recovery key' })
    press('Make recovery key')
    await screen.findByRole('button', { name: 'I have kept it' })
    press('I have kept it')
  }
  await askToKeep()
  press('I have kept it')
  press('Cancel')
  fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' })
  expect(keepRecoveryKey).toHaveBeenCalledOnce()
  expect(dropRecoveryKey).not.toHaveBeenCalled()
  expect(document.body.textContent).toContain('000G')
  answers[0]!(made.vault)
  await screen.findByRole('heading', { name: /^Keys/ })

  // What took its place meanwhile is not closed by the answer.
  await askToKeep()
  store.getState().openDialog({ kind: 'newPassphrase' })
  answers[1]!(made.vault)
  await vi.waitFor(() => expect(store.getState().notices).toHaveLength(2))
  await new Promise(setImmediate)
  expect(store.getState().dialog).toEqual({ kind: 'newPassphrase' })
  // Nor is a key that was kept said to open nothing.
  await store.getState().dropRecoveryKey()
  expect(store.getState().notices).toHaveLength(2)
})

it('a lost passphrase: the recovery key sets another one, and a mistyped one is told at its field', async () => {
  const wire = { code: 'RECOVERY_KEY_MISTYPED', message: 'Mistyped.', remedy: 'Compare it.' }
  const recoverKeys = vi
    .fn()
    .mockRejectedValueOnce(new EngineError(wire))
    .mockResolvedValue(made.vault)
  const locked = keysExample({ vault: { ...made.vault, state: 'locked' } })
  const store = await begin({ describeKeys: async () => locked, recoverKeys })
  store.getState().openDialog({ kind: 'unlockKeys' })
  await screen.findByRole('heading', { name: 'Unlock keys' })
  press('Use the recovery key instead…')
  const type = (label: string, value: string) =>
    fireEvent.change(screen.getByLabelText(label), { target: { value } })
  type('Recovery key', TEXT)
  type('New passphrase', 'correct horse battery')
  type('The same again', 'correct horse batter')
  expect(screen.getByRole('button', { name: 'Unlock' })).toHaveProperty('disabled', true)
  type('The same again', 'correct horse battery')
  press('Unlock')
  await screen.findByText('Mistyped. Compare it.')
  press('Unlock')
  await vi.waitFor(() => expect(store.getState().dialog).toEqual({ kind: 'none' }))
  expect(recoverKeys).toHaveBeenLastCalledWith({
    recoveryKey: TEXT,
    passphrase: 'correct horse battery',
  })
})
