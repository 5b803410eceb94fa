import { Menu } from '@mantine/core'
import { fireEvent, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { AccountId } from '../../core/contract/account.ts'
import { id, library } from '../state/library-example.ts'
import { storeExample } from '../state/world-example.ts'
import { inPage, show } from '../testing/page.tsx'
import { ActionButton } from '../ui/Button.tsx'
import { ActionItem } from './ActionItem.tsx'

inPage()

it('what is off is reached by keys all the same, tells why, and does nothing', async () => {
  const store = storeExample()
  const [a, ...others] = library().snapshots
  const foreign = { ...a!, ownerId: AccountId.parse('444455556666') }
  store.setState({ library: library({ snapshots: [foreign, ...others] }), selection: [id('a')] })
  show(
    store,
    <>
      <Menu opened>
        <Menu.Dropdown>
          <ActionItem actionId="snapshot.rename" store={store} />
        </Menu.Dropdown>
      </Menu>
      <ActionButton actionId="deletion.preview" />
    </>,
  )
  const whyOff = 'A belongs to account 444455556666'
  const item = await screen.findByRole('menuitem', { name: 'Rename A…' })
  const reasonOf = (of: HTMLElement) =>
    document.getElementById(of.getAttribute('aria-describedby') ?? '')?.textContent
  expect(reasonOf(item)).toBe(whyOff)
  fireEvent.click(item)
  expect(store.getState().dialog).toEqual({ kind: 'none' })
  const button = screen.getByRole('button', { name: 'Preview delete of A' })
  for (const control of [item, button]) {
    expect(control).toHaveProperty('disabled', false)
    expect(control.getAttribute('aria-disabled')).toBe('true')
  }
  fireEvent.focus(button)
  fireEvent.click(button)
  expect(reasonOf(button)).toBe(whyOff)
  expect(store.getState().deletion.step).toBe('none')
})
