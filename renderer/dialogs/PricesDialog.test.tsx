import { fireEvent, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { LIST_PRICES } from '../../core/contract/money.ts'
import { runAction } from '../actions/all.ts'
import { costs } from '../state/library-example.ts'
import { storeExample } from '../state/world-example.ts'
import { inPage, show } from '../testing/page.tsx'
import { Dialogs } from './Dialogs.tsx'

inPage()

/** The sheet, opened as people open it. */
async function shown() {
  const setPrices = vi.fn(async (prices: typeof LIST_PRICES) => prices)
  const store = storeExample({ setPrices })
  expect(runAction('prices.show', store.getState())).toBe(true)
  show(store, <Dialogs />)
  const field = await screen.findByLabelText<HTMLInputElement>('Standard tier')
  const type = (label: string, value: string) =>
    fireEvent.change(screen.getByLabelText(label), { target: { value } })
  const submit = screen.getByRole('button', { name: 'Count with these' })
  return { store, setPrices, field, type, submit }
}

it('shows the table with its day and source, and keeps another one', async () => {
  const { store, setPrices, field, type, submit } = await shown()
  expect(field.value).toBe('0.05')
  expect(screen.getByDisplayValue('AWS list prices')).toBeTruthy()
  expect(screen.getByDisplayValue('2026-11-22')).toBeTruthy()
  expect(submit).toHaveProperty('disabled', true)
  type('Standard tier', '0.07')
  type('Currency', 'eur')
  type('Whose prices', 'our contract')
  fireEvent.click(submit)
  const wish = { ...costs.prices, currency: 'EUR', source: 'our contract', standard: 0.07 }
  await vi.waitFor(() => expect(setPrices).toHaveBeenCalledWith(wish))
  await vi.waitFor(() => expect(store.getState().dialog).toEqual({ kind: 'none' }))
})

it('says what is wrong beside the field, and fills in the list prices', async () => {
  const { field, type, submit } = await shown()
  type('Standard tier', '0,05')
  type('Written down on', 'today')
  expect(screen.getByText('A number, as in 0.05')).toBeTruthy()
  expect(screen.getByText('A day, as in 2026-11-22')).toBeTruthy()
  expect(submit).toHaveProperty('disabled', true)
  fireEvent.click(screen.getByRole('button', { name: 'Fill in AWS’s list prices' }))
  expect(field.value).toBe(String(LIST_PRICES.standard))
  expect(submit).toHaveProperty('disabled', false)
})

it('keeps what was typed where it is refused, and tells why', async () => {
  const { store, setPrices, field, type, submit } = await shown()
  setPrices.mockRejectedValue(new Error('no'))
  type('Standard tier', '0.07')
  fireEvent.click(submit)
  expect((await screen.findByRole('alert')).textContent).not.toBe('')
  expect(field.value).toBe('0.07')
  expect(store.getState().dialog).toEqual({ kind: 'prices' })
})
