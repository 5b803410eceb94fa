import { expect, it } from 'vitest'
import { laneKeyOf } from '../state/lanes.ts'
import { library, web } from '../state/library-example.ts'
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
  expect(head?.split('\t')).toHaveLength(10)
  const cells = line!.split('\t')
  expect(cells).toHaveLength(10)
  expect(cells[1]).toBe("'=cmd x y")
  expect(cells.slice(3)).toEqual([10, 10, 0, 10, 6, 4, 10].map((gib) => String(gib * 2 ** 30)))
})
