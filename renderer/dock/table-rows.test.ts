import { expect, it } from 'vitest'
import { laneKeyOf } from '../state/lanes.ts'
import { library, web } from '../state/library-example.ts'
import { twoRegions } from '../state/region-example.ts'
import { rowsOf, tsvOf } from './table-rows.ts'

it('lists each volume with its snapshots, unless they are folded away', () => {
  const view = library()
  expect(rowsOf(view, new Set()).map((row) => row.kind)).toEqual([
    'lane',
    'snapshot',
    'snapshot',
    'snapshot',
  ])
  expect(rowsOf(view, new Set([laneKeyOf(web)]))).toMatchObject([
    { kind: 'lane', region: null, isOpen: false },
  ])
})

it('copies whole bytes, and names that can neither break a cell nor start a formula', () => {
  const view = library()
  const [a] = view.snapshots
  const text = tsvOf(view, [{ ...a!, name: '=cmd\tx\ny' }])
  const [head, line, ...more] = text.split('\n')
  expect(more).toEqual([])
  expect(head?.split('\t')).toHaveLength(11)
  const cells = line!.split('\t')
  expect(cells).toHaveLength(11)
  expect(cells[1]).toBe("'=cmd x y")
  expect(cells.slice(4)).toEqual([10, 10, 0, 10, 6, 4, 10].map((gib) => String(gib * 2 ** 30)))
})

it('lists a volume once for each region, and copies the region where there are several', () => {
  const view = twoRegions()
  const heads = rowsOf(view, new Set()).filter((row) => row.kind === 'lane')
  expect(heads.map(({ region, snapshotCount }) => [region, snapshotCount])).toEqual([
    ['local', 3],
    ['eu-west-1', 3],
  ])
  const [head, line] = tsvOf(view, view.snapshots.slice(-1)).split('\n')
  expect(head?.split('\t').slice(0, 3)).toEqual(['Volume', 'Region', 'Snapshot'])
  expect(line?.split('\t').slice(0, 3)).toEqual(['web', 'eu-west-1', 'C'])
})
