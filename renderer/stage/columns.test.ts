import { describe, expect, it } from 'vitest'
import { SnapshotId } from '../../core/contract/ids.ts'
import { laneKeyOf } from '../state/lanes.ts'
import { region, web } from '../state/library-example.ts'
import { type ColumnEntry, columnAt, layoutColumns } from './columns.ts'

const laneKey = laneKeyOf(web)
const idOf = (index: number) => SnapshotId.parse(`snap-${String(index).padStart(17, '0')}`)
const chain = (count: number): ColumnEntry[] =>
  Array.from({ length: count }, (_, index) => ({
    id: idOf(index),
    laneKey,
    region,
    kind: 'snapshot',
  }))
const layout = (count: number, given: { width?: number; open?: number[]; zoom?: number } = {}) =>
  layoutColumns({
    entries: chain(count),
    openFirst: (given.open ?? []).map(idOf),
    availableWidth: given.width ?? 828,
    zoom: given.zoom ?? 1,
  })

describe('columns', () => {
  it('three snapshots and the live volume stand a pitch of 200 apart, 172 wide', () => {
    const { columns, shape } = layout(3)
    expect(shape).toBe('card')
    expect(columns.map((c) => c.x)).toEqual([8, 208, 408, 608])
    expect(columns.map((c) => c.width)).toEqual([172, 172, 172, 172])
  })

  it.each([1, 2, 3, 5, 8, 9, 10, 20, 24, 36, 100, 400, 1_000, 2_000])(
    '%i snapshots fit the width, in order and without overlap',
    (count) => {
      const { columns, contentWidth } = layout(count)
      expect(columns).toHaveLength(count + 1)
      expect(contentWidth).toBeLessThanOrEqual(828)
      for (const [index, column] of columns.entries()) {
        const next = columns[index + 1]
        if (next) expect(column.x + column.width).toBeLessThanOrEqual(next.x + 1e-6)
      }
    },
  )

  it('come closer before they lose their figures, and are squeezed last', () => {
    expect([3, 6, 12, 36].map((count) => layout(count).shape)).toEqual([
      'card',
      'card',
      'pill',
      'squeezed',
    ])
    expect(layout(6).columns[0]?.width).toBeLessThan(172)
    expect(layout(3, { width: 348 }).shape).toBe('card')
  })

  it('hold every figure where there is room for it, by a wide window or by zooming', () => {
    expect(layout(3, { width: 1_308 }).columns[0]?.width).toBe(264)
    expect(layout(8, { zoom: 4 }).columns[0]?.width).toBe(264)
  })

  it('what is selected stays open among squeezed ones', () => {
    const { columns } = layout(1_000, { open: [0, 500, 999] })
    const open = columns.filter((c) => c.shape === 'pill' && c.kind === 'snapshot')
    expect(open.map((c) => c.id)).toEqual([0, 500, 999].map(idOf))
    expect(open.every((c) => c.width === 34)).toBe(true)
  })

  it('selecting everything does not push the others out of the picture', () => {
    const everything = Array.from({ length: 200 }, (_, index) => index)
    expect(layout(200, { open: everything }).contentWidth).toBeLessThanOrEqual(828)
  })

  it('zooming in widens them until they are cards', () => {
    expect(layout(36, { zoom: 4 }).shape).toBe('card')
    expect(layout(36, { zoom: 4 }).contentWidth).toBeGreaterThan(828)
  })

  it('a remnant takes less room than a snapshot', () => {
    const [first, ...rest] = chain(3)
    const entries = [{ ...first!, kind: 'remnant' as const }, ...rest]
    const { columns } = layoutColumns({ entries, openFirst: [], availableWidth: 828, zoom: 1 })
    expect(columns[0]!.width).toBeLessThan(columns[1]!.width / 1.5)
  })
})

describe('the column under the pointer', () => {
  it('is the nearest one, in gaps and outside too', () => {
    const three = layout(3)
    const under = (x: number) => three.columns.indexOf(columnAt(three, x)!)
    expect([-50, 100, 190, 200, 9_999].map(under)).toEqual([0, 0, 0, 1, 3])
  })

  it('is found among columns thinner than a pixel', () => {
    const many = layout(2_000)
    const wanted = many.columns[1_234]!
    expect(columnAt(many, wanted.x + wanted.width / 2)).toBe(wanted)
  })
})
