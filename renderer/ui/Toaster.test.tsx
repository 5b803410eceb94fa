import { fireEvent, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { DeletionId } from '../../core/contract/ids.ts'
import { id, owner, plan } from '../state/library-example.ts'
import { storeExample } from '../state/world-example.ts'
import { inPage, show } from '../testing/page.tsx'
import { Toaster } from './Toaster.tsx'

inPage()

/** Of one snapshot by its letter. */
const deletionOf = (letter: string) => ({
  deletionId: DeletionId.parse(`del-0000000000000000${letter}`),
  snapshotIds: [id(letter)],
  names: [letter.toUpperCase()],
  deletedAt: 0,
  undoableUntil: 600_000,
  releasedBytes: 0,
})

it('a notice undoes the deletion that it tells, whatever was deleted since, and once', async () => {
  const undoDeletion = vi.fn().mockResolvedValue(deletionOf('a'))
  const store = storeExample({
    planDeletion: async ({ snapshotIds }) => plan({ snapshotIds }),
    deleteSnapshots: async ({ snapshotIds }) => deletionOf(snapshotIds[0] === id('a') ? 'a' : 'b'),
    undoDeletion,
    useAccount: async () => owner,
  })
  show(store, <Toaster />)
  const titles = () => store.getState().notices.map(({ title }) => title)
  for (const letter of ['a', 'b']) {
    await store.getState().previewDeletion([id(letter)])
    await store.getState().confirmDeletion()
  }
  expect(titles()).toEqual(['Deleted A', 'Deleted B'])
  await screen.findByRole('button', { name: 'Undo delete B' })
  const first = screen.getByRole('button', { name: 'Undo delete A' })
  fireEvent.click(first)
  fireEvent.click(first)
  await vi.waitFor(() => expect(titles()).toEqual(['Deleted B', 'A is back']))
  expect(undoDeletion.mock.calls).toEqual([[{ deletionId: deletionOf('a').deletionId }]])

  // Another account has deletions of its own.
  await store.getState().goToAccount(owner.accountId)
  expect(titles()).toEqual(['A is back'])
})
