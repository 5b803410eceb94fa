import { fireEvent, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { AccountId } from '../../core/contract/account.ts'
import { actionById, runAction } from '../actions/all.ts'
import { KeepingFacts } from '../inspector/KeepingFacts.tsx'
import { id, library } from '../state/library-example.ts'
import { storeExample } from '../state/world-example.ts'
import { inPage, show } from '../testing/page.tsx'
import { isAboutKeeping, KeepingDialogs } from './KeepingDialogs.tsx'

const ownerId = AccountId.parse('444455556666')

inPage()

it('what another account shares is tagged for the own account alone, and not locked', async () => {
  const setTags = vi.fn().mockResolvedValue([])
  const store = storeExample({ setTags })
  const tags = [{ key: 'Team', value: 'ours' }]
  const shared = { ...library().snapshots[0]!, ownerId, tags }
  const seen = library({ snapshots: [shared] })
  store.setState({ library: seen, selection: [id('a')] })
  expect(actionById('snapshot.lock').isEnabled(store.getState())).toBe(false)
  expect(runAction('snapshot.tags', store.getState())).toBe(true)
  const { dialog } = store.getState()
  if (!isAboutKeeping(dialog)) throw new Error(`It asks about ${dialog.kind}`)
  show(
    store,
    <>
      <KeepingFacts library={seen} snapshot={shared} />
      <KeepingDialogs dialog={dialog} library={seen} />
    </>,
  )
  expect(screen.getByText('Team=ours', { selector: 'span' })).toBeTruthy()
  expect(screen.getByText(/Only your account sees them/)).toBeTruthy()
  fireEvent.change(screen.getByLabelText('Tags'), { target: { value: 'Team=ours\nKeep=yes' } })
  fireEvent.click(screen.getByRole('button', { name: 'Set tags' }))
  const added = { resourceId: id('a'), tags: [{ key: 'Keep', value: 'yes' }] }
  await vi.waitFor(() => expect(setTags).toHaveBeenCalledWith(added))
})
