import { fireEvent, screen, within } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import type { DeletionPlan } from '../../core/contract/deletion.ts'
import type { SnapshotId } from '../../core/contract/ids.ts'
import { deletionId, GIB, id, plan } from '../state/library-example.ts'
import { storeExample } from '../state/world-example.ts'
import { inPage, show } from '../testing/page.tsx'
import { binWords, deletedWords } from '../words/plan-words.ts'
import { Ledger } from './Ledger.tsx'
import { SnapshotTable } from './SnapshotTable.tsx'
import { gainLabel } from './StoreBars.tsx'

inPage()

/** Text as a person reads it: spaces that do not break are spaces. */
const textOf = (element: HTMLElement) => element.textContent?.replaceAll('\u00a0', ' ')

it('B alone: nothing comes back, and C takes over 4 GiB', async () => {
  const heirs = [{ snapshotId: id('c'), inheritedBytes: 4 * GIB }]
  const store = storeExample({ planDeletion: async () => plan({ heirs, keptBytes: 10 * GIB }) })
  await store.getState().previewDeletion([id('b')])
  show(store, <Ledger />)

  const heirList = textOf(screen.getByRole('region', { name: 'Heirs' }))
  expect(heirList).toContain('C +4 GiB')
  expect(heirList).toContain('would store 6 GiB, still restores 12 GiB')
  const released = textOf(screen.getByRole('region', { name: 'Released' }))
  expect(released).toContain('4 GiB would pass to C')
  expect(released).toContain('Nothing comes back: 4 GiB pass to C.')
  const button = screen.getByRole('button', { name: /Delete snapshot/ })
  expect(textOf(button)).toBe('Delete snapshot, release 0 B')
  expect(document.activeElement).toBe(button)
})

it('what goes to the Recycle Bin comes back only once that is left', async () => {
  const binned = [{ snapshotId: id('b'), exitsAt: Date.UTC(2026, 11, 1) }]
  const binning = plan({ releasedBytes: 2 * GIB, releasedNowBytes: 0, binned })
  const store = storeExample({ planDeletion: async () => binning })
  await store.getState().previewDeletion([id('b')])
  show(store, <Ledger />)
  expect(textOf(screen.getByRole('region', { name: 'Released' }))).toContain(
    '2 GiB come back once the Recycle Bin is left, and nobody has to take over.',
  )
  const stored = textOf(screen.getByRole('region', { name: 'The store' }))
  expect(stored).toContain('After the bin')
  expect(stored).toContain('Saves a month then$0.10')
  expect(screen.getByRole('button', { name: 'Move snapshot to the Recycle Bin' })).toBeDefined()
})

it('of what is pending and goes to the Recycle Bin neither bytes nor a date are told', async () => {
  const inBin = (letter: string, exitsAt: number) => ({ snapshotId: id(letter), exitsAt })
  const b = inBin('b', Date.UTC(2026, 11, 1))
  const alone = plan({ pendingIds: [id('b')], binned: [b] })
  expect(binWords(alone)).toBe('It goes to the Recycle Bin when it is complete.')
  const both = { snapshotIds: [id('b'), id('c')], pendingIds: [id('b'), id('c')] }
  const c = inBin('c', Date.UTC(2026, 11, 2))
  expect(binWords(plan({ ...both, binned: [b, c] }))).toBe(
    'They go to the Recycle Bin when they are complete.',
  )
  const mixed = plan({ ...both, pendingIds: [id('c')], releasedNowBytes: 0, binned: [b, c] })
  expect(binWords(mixed)).toContain('now or when the Recycle Bin is left on 1 Dec')

  const done = { deletionId, names: [], deletedAt: 0, undoableUntil: null, releasedBytes: 0 }
  const title = (of: DeletionPlan) =>
    deletedWords('B', { ...done, snapshotIds: of.snapshotIds }, of).title
  expect(title(alone)).toBe('B will go to the Recycle Bin when complete')
  expect(title(plan({ ...both, binned: [b] }))).toBe(
    'B will be deleted or go to the Recycle Bin when complete',
  )

  const store = storeExample({ planDeletion: async () => alone })
  await store.getState().previewDeletion([id('b')])
  show(store, <Ledger />)
  expect(textOf(screen.getByRole('region', { name: 'The store' }))).not.toContain('bin')
})

it('what takes over from the Recycle Bin is named, and part of the store', async () => {
  const heirs = [{ snapshotId: id('d'), inheritedBytes: 4 * GIB }]
  const store = storeExample({ planDeletion: async () => plan({ heirs }) })
  const library = store.getState().library!
  const binned = {
    ...library.snapshots[0]!,
    snapshotId: id('d'),
    name: 'D',
    heldBytes: GIB,
    inBinUntil: Date.UTC(2026, 11, 1),
    isLeftByArchiving: false,
  }
  store.setState({
    library: {
      ...library,
      remnants: [binned],
      bin: [{ ...binned, exitsAt: binned.inBinUntil, releasedBytes: 0 } as never],
    },
  })
  await store.getState().previewDeletion([id('b')])
  show(store, <Ledger />)
  const heirList = textOf(screen.getByRole('region', { name: 'Heirs' }))
  expect(heirList).toContain('D +4 GiB')
  expect(heirList).toContain('in the Recycle Bin')
  const bars = screen.getByRole('region', { name: 'The store' })
  expect(bars.querySelectorAll('[title^="D, 1"]')).toHaveLength(2)
})

it('what is pinned says why, and cannot be deleted', async () => {
  const message = `The snapshot ${id('b')} is locked in governance mode until 2026-12-01.`
  const reason = { code: 'SNAPSHOT_LOCKED', message, remedy: 'Wait until then.' }
  const pinned = [{ snapshotId: id('b'), reason }]
  const store = storeExample({ planDeletion: async () => plan({ pinned }) })
  await store.getState().previewDeletion([id('b')])
  show(store, <Ledger />)
  expect(textOf(screen.getByRole('alert'))).toBe(
    'The snapshot B is locked in governance mode until 2026-12-01. Wait until then.',
  )
  expect(screen.getByRole('button', { name: 'Delete' })).toHaveProperty('disabled', true)
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' }))
})

it('of several, those that cannot be deleted are told apart, and can be left out', async () => {
  const image = 'ami-00000000000000001'
  const until = new Date(2026, 11, 1, 10).toISOString()
  const refused = (code: string, message: string) => ({ code, message, remedy: 'Wait.' })
  const pinned = [
    {
      snapshotId: id('a'),
      reason: refused('SNAPSHOT_LOCKED', `The snapshot ${id('a')} is locked until ${until}.`),
    },
    {
      snapshotId: id('b'),
      reason: refused('InvalidSnapshot.InUse', `The snapshot ${id('b')} is in use by ${image}`),
    },
  ]
  const planDeletion = vi.fn(async ({ snapshotIds }: { snapshotIds: SnapshotId[] }) =>
    plan({ snapshotIds, pinned: snapshotIds.length === 3 ? pinned : [] }),
  )
  const store = storeExample({ planDeletion })
  const library = store.getState().library!
  store.setState({
    library: { ...library, images: [{ imageId: image, name: 'web-1.0', mappings: [] } as never] },
  })
  await store.getState().previewDeletion([id('a'), id('b'), id('c')])
  show(store, <Ledger />)
  const alert = textOf(screen.getByRole('alert'))
  expect(alert).toContain('2 of the 3 cannot be deleted')
  expect(alert).toMatch(/The snapshot A is locked until 1 Dec( 2026)?, 10:00\./)
  expect(alert).toMatch(/The snapshot B is in use by web-1\.0\. Wait\.$/)
  const rows = within(screen.getByRole('table')).getAllByRole('row').map(textOf)
  expect(rows.filter((row) => row?.includes('cannot be deleted'))).toHaveLength(2)

  const leaveOut = screen.getByRole('button', { name: 'Leave them out' })
  expect(document.activeElement).toBe(leaveOut)
  fireEvent.click(leaveOut)
  await screen.findByRole('button', { name: /Delete snapshot/ })
  expect(store.getState().selection).toEqual([id('c')])
  expect(screen.queryByRole('alert')).toBeNull()
})

it('B and C: the surplus has a row of its own, and the button says the sum', async () => {
  const both = plan({
    snapshotIds: [id('b'), id('c')],
    releasedBytes: 6 * GIB,
    singleSumBytes: 2 * GIB,
    surplusBytes: 4 * GIB,
  })
  const store = storeExample({ planDeletion: async () => both })
  await store.getState().previewDeletion([id('b'), id('c')])
  show(store, <Ledger />)

  const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1)
  expect(rows.map(textOf)).toEqual([
    'B alone0 B4 GiB would pass on',
    'C alone2 GiBonly C holds them',
    'Surplus+4 GiBheld only by B and C',
    'Together6 GiB',
  ])
  expect(screen.getByText('None needed')).toBeTruthy()
  expect(textOf(screen.getByRole('button', { name: /Delete 2/ }))).toBe(
    'Delete 2 snapshots, release 6 GiB',
  )
})

it('an heir is named in the bar as far as there is room', () => {
  const labels = (name: string, gib: number) =>
    gainLabel(name, gib * GIB, plan({})).replaceAll('\u00a0', ' ')
  expect(labels('C', 10)).toBe('C +10 GiB')
  expect(labels('C', 4)).toBe('C +4')
  expect(labels('before the upgrade', 4)).toBe('+4')
  expect(labels('C', 0.25)).toBe('')
})

it('the table is walked by arrows, chooses with Space and Enter, and folds', () => {
  const store = storeExample()
  show(store, <SnapshotTable />)
  const grid = screen.getByRole('treegrid', { name: 'Snapshots' })
  const press = (key: string) => fireEvent.keyDown(grid, { key })
  const tabStops = () =>
    within(grid)
      .getAllByRole('row')
      .filter((row) => row.tabIndex === 0)

  expect(tabStops().map(textOf)).toEqual(['web3 snapshots'])
  press('ArrowDown')
  press('ArrowDown')
  expect(document.activeElement?.textContent).toMatch(/^B/)
  press(' ')
  expect(store.getState().selection).toEqual([id('b')])
  press('ArrowDown')
  press('Enter')
  expect(store.getState().selection).toEqual([id('c')])
  press('ArrowLeft')
  press('ArrowLeft')
  expect(within(grid).getAllByRole('row')).toHaveLength(2)
})
