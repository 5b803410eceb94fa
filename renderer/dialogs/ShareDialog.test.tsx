import { fireEvent, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { AccountId } from '../../core/contract/account.ts'
import { keysExample, sealedLibrary } from '../state/key-example.ts'
import { id } from '../state/library-example.ts'
import { storeExample } from '../state/world-example.ts'
import { inPage, show } from '../testing/page.tsx'
import { ShareDialog } from './ShareDialog.tsx'

const OTHER = AccountId.parse('444455556666')

inPage()

/** The dialog for the encrypted snapshot of the example. */
function shown(keys = keysExample(), sharedWith: AccountId[] = []) {
  const shareSnapshot = vi.fn().mockResolvedValue({})
  const shareKey = vi.fn().mockResolvedValue({})
  const store = storeExample({ shareSnapshot, shareKey, describeKeys: async () => keys })
  store.setState({ keys })
  const library = sealedLibrary()
  const sealed = library.snapshots.find(({ snapshotId }) => snapshotId === id('b'))!
  show(store, <ShareDialog library={library} snapshot={{ ...sealed, sharedWith }} />)
  const add = () => {
    fireEvent.change(screen.getByLabelText('Another account by its id'), {
      target: { value: OTHER },
    })
    fireEvent.click(screen.getByRole('button', { name: 'Add' }))
  }
  return { shareSnapshot, shareKey, add }
}

it('shares the key of what is encrypted in the same step, unless it is not to', () => {
  const { shareSnapshot, add } = shown()
  const wish = { snapshotId: id('b'), add: [OTHER] }
  add()
  expect(shareSnapshot).toHaveBeenLastCalledWith({ ...wish, withKey: true })
  fireEvent.click(screen.getByRole('checkbox', { name: 'Share its key, too: backups' }))
  add()
  expect(shareSnapshot).toHaveBeenLastCalledWith({ ...wish, withKey: false })
  expect(screen.getByRole('checkbox', { name: 'Everybody (public)' })).toHaveProperty(
    'disabled',
    true,
  )
})

it('does not offer everybody what is blocked where it lies', async () => {
  const library = sealedLibrary()
  const [plain] = library.snapshots
  const { ownerId, region } = plain!
  const access = { ownerId, region, state: 'block-all-sharing' as const }
  const store = storeExample({ getPublicAccess: async () => access })
  show(store, <ShareDialog library={library} snapshot={plain!} />)
  expect(await screen.findByText(/^Blocked in local: nothing more /)).toBeTruthy()
  const everybody = screen.getByRole('checkbox', { name: 'Everybody (public)' })
  expect(everybody).toHaveProperty('disabled', true)
})

it('says who is without the key, and shares it with them', () => {
  const { shareKey } = shown(keysExample(), [OTHER])
  expect(screen.getByRole('note').textContent).toContain('Without its key: account 444455556666.')
  fireEvent.click(screen.getByRole('button', { name: 'Share the key' }))
  const { keyId } = keysExample().keys[0]!
  expect(shareKey).toHaveBeenCalledWith({ key: keyId, add: [OTHER] })
})

it('offers nothing under the key that an account has anyway', () => {
  shown(keysExample({}, { name: 'aws/ebs', manager: 'strata' }))
  expect(screen.getByText(/^It is encrypted with aws\/ebs, .* cannot be shared/)).toBeTruthy()
  expect(screen.queryByLabelText('Another account by its id')).toBeNull()
})
