import { fireEvent, screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { AccountId } from '../../core/contract/account.ts'
import type { LibraryView } from '../../core/contract/model.ts'
import type { CostReport } from '../../core/contract/money.ts'
import { costs, library, owner } from '../state/library-example.ts'
import { storeExample } from '../state/world-example.ts'
import { inPage, show } from '../testing/page.tsx'
import { LibraryCosts } from './LibraryCosts.tsx'

inPage()

/** The section for what the engine answers. @returns its lines, label and amount */
async function shown(given: Partial<CostReport> = {}, seen: Partial<LibraryView> = {}) {
  const store = storeExample({ reportCost: async () => ({ ...costs, ...given }) })
  const view = library(seen)
  store.setState({ library: view })
  show(store, <LibraryCosts library={view} />)
  const section = await screen.findByRole('region', { name: 'Costs of the library a month' })
  const lines = [...section.querySelectorAll('.money-figure')].map((line) =>
    [...line.querySelectorAll('span')].slice(0, 2).map((each) => each.textContent),
  )
  return { store, section, lines }
}

const dollars = (amount: number) => ({ amount, formula: `something = ${amount}` })

it('has the bill with its formula and prices, and no parts where there is only one', async () => {
  const { section, lines } = await shown()
  expect(lines).toEqual([['Library a month', '$0.80']])
  expect(section.textContent).toContain('at AWS list prices, 22 Nov 2026')
  fireEvent.focus(within(section).getByRole('button'))
  expect(await screen.findByText('16 GiB × 0.05 = 0.8')).toBeTruthy()
})

it('tells the parts that are asked for, each with a formula', async () => {
  const { section, lines } = await shown({
    account: dollars(541),
    archived: dollars(0.2),
    fastRestore: dollars(540),
    binned: dollars(0.1),
  })
  expect(lines).toEqual([
    ['Library a month', '$541.00'],
    ['Standard tier', '$0.80'],
    ['Archive tier', '$0.20'],
    ['Fast restore', '$540.00'],
    ['Of it in the Recycle Bin', '$0.10'],
  ])
  expect(within(section).getAllByRole('button')).toHaveLength(lines.length)
})

it('says whose bill it is where there are several accounts', async () => {
  const shop = { accountId: AccountId.parse('444455556666'), name: 'shop', isCurrent: false }
  const accounts = [owner, { ...owner, ...shop }]
  const { section, lines } = await shown({ library: dollars(2) }, { accounts })
  expect(lines).toEqual([
    ['Your account a month', '$0.80'],
    ['All accounts a month', '$2.00'],
  ])
  fireEvent.focus(within(section).getAllByRole('button')[0]!)
  expect(await screen.findByText(/^The bill of account 111122223333: /)).toBeTruthy()
})

it('is not there where costs are not shown', async () => {
  const store = storeExample()
  store.setState({ showsCosts: false, costs })
  show(store, <LibraryCosts library={library()} />)
  expect(screen.queryByRole('region')).toBeNull()
})
