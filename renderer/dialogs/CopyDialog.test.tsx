import { fireEvent, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import type { Input } from '../../core/contract/calls.ts'
import { copyRate } from '../../core/contract/copy-duration.ts'
import { StrataError } from '../../core/contract/errors.ts'
import type { CopyPlan } from '../../core/contract/results.ts'
import { GIB, id } from '../state/library-example.ts'
import { far, twoRegions } from '../state/region-example.ts'
import { storeExample } from '../state/world-example.ts'
import { inPage, show } from '../testing/page.tsx'
import { CopyDialog } from './CopyDialog.tsx'

inPage()

const movedBytes = 2 * GIB

async function planned({ completionMinutes: n }: Input<'planCopy'>): Promise<CopyPlan> {
  const mibPerSecond = n === undefined ? null : copyRate(movedBytes, n)
  return { incremental: true, baseId: id('y'), fullBecause: null, movedBytes, mibPerSecond }
}

/** The dialog for C. @param planCopy what the engine answers */
function shown(planCopy = planned) {
  const copySnapshot = vi.fn().mockResolvedValue({})
  const library = twoRegions()
  const source = library.snapshots.find(({ snapshotId }) => snapshotId === id('c'))!
  show(storeExample({ planCopy, copySnapshot }), <CopyDialog library={library} source={source} />)
  const field = screen.getByLabelText('There within, in minutes')
  const type = (value: string) => fireEvent.change(field, { target: { value } })
  const submit = screen.getByRole('button', { name: 'Copy' })
  return { copySnapshot, type, submit }
}

it('tells the rate that the minutes take, and asks for a copy in that time', async () => {
  const { copySnapshot, type, submit } = shown()
  expect(await screen.findByText(/of 12 GiB move/)).toBeTruthy()
  expect(screen.queryByText(/MiB\/s/)).toBeNull()
  type('30')
  expect(await screen.findByText('1.14 MiB/s')).toBeTruthy()
  fireEvent.click(submit)
  const wish = { snapshotId: id('c'), region: far, name: 'C 2', completionMinutes: 30 }
  await vi.waitFor(() => expect(copySnapshot).toHaveBeenCalledWith(wish))
})

it('says beside the field what no copy can be asked for, before it is', async () => {
  const { type, submit } = shown()
  for (const typed of ['14', '20', '2895', 'soon']) {
    type(typed)
    expect(screen.getByText('No copy can be asked for in that time.')).toBeTruthy()
    expect(submit).toHaveProperty('disabled', true)
  }
  type('2880')
  expect(await screen.findByText('0.01 MiB/s')).toBeTruthy()
  expect(submit).toHaveProperty('disabled', false)
  type('')
  expect(screen.queryByText('No copy can be asked for in that time.')).toBeNull()
})

it('refuses what would be too fast where the engine does, and in a region that is not there yet', async () => {
  const { type, submit } = shown(async ({ completionMinutes, ...wish }) => {
    if (completionMinutes === undefined) return planned(wish)
    throw new StrataError('COPY_TOO_FAST', { rate: 600, limit: 500, taken: 0 })
  })
  type('15')
  expect(
    await screen.findByText(/^The copy would need 600 MiB\/s; 500 are possible\./),
  ).toBeTruthy()
  expect(submit).toHaveProperty('disabled', true)
  fireEvent.change(screen.getByLabelText('Region'), { target: { value: '+' } })
  expect(screen.getByText('13.65 MiB/s')).toBeTruthy()
})
