import { describe, expect, it } from 'vitest'
import { VolumeId } from '../../core/contract/ids.ts'
import { id, library, snapshot, volumeId, web } from '../state/library-example.ts'
import { moved, rangeOf } from './keyboard.ts'
import { treeOf, withoutRemnants } from './tree.ts'

const cloneId = VolumeId.parse('vol-00000000000000002')
const figures = { fullBytes: 10, storedHereBytes: 1, releasedIfDeletedBytes: 1 }
const d = { ...snapshot('d', figures), volumeId: cloneId, parentId: id('b') }
const clone = {
  ...web,
  volumeId: cloneId,
  name: 'web-test',
  originId: id('b'),
  head: { ...web.head, baseId: id('d') },
}
const view = library()
const tree = treeOf({ ...view, volumes: [web, clone], snapshots: [...view.snapshots, d] }, volumeId)
const [head, cloneHead] = [`head:${volumeId}`, `head:${cloneId}`]

describe('keys in the lanes', () => {
  it.each([
    [id('a'), 'ArrowRight', id('b')],
    [id('b'), 'ArrowRight', id('c')],
    [id('c'), 'ArrowRight', head],
    [head, 'ArrowRight', head],
    [head, 'ArrowLeft', id('c')],
    [id('a'), 'ArrowLeft', id('a')],
    [id('d'), 'ArrowLeft', id('b')],
    [id('d'), 'ArrowRight', cloneHead],
    [id('c'), 'Home', id('a')],
    [id('a'), 'End', head],
    [id('c'), 'ArrowDown', id('d')],
    [id('d'), 'ArrowUp', id('c')],
    [id('a'), 'ArrowUp', id('a')],
    [head, 'ArrowDown', cloneHead],
  ] as const)('from %s, %s leads to %s', (from, key, to) => {
    expect(moved(tree, from, key)).toBe(to)
  })

  it('a node that is gone leads to the newest', () => {
    expect(moved(tree, 'snap-ffffffffffffffff0', 'ArrowLeft')).toBe(id('d'))
  })
})

describe('a range', () => {
  it('has all of the lane between its ends, whichever way it was drawn', () => {
    expect(rangeOf(tree, id('c'), id('a'))).toEqual([id('a'), id('b'), id('c')])
  })

  it('across lanes follows time', () => {
    expect(rangeOf(tree, id('b'), id('d'))).toEqual([id('b'), id('c'), id('d')])
  })
})

describe('what is left of a deleted snapshot', () => {
  const left = { ...view.snapshots[1]!, heldBytes: 1, inBinUntil: null, isLeftByArchiving: false }
  const rest = view.snapshots.filter((s) => s.snapshotId !== id('b'))
  const torn = treeOf({ ...view, snapshots: rest, remnants: [left] }, volumeId)

  it('is walked through where it stands', () => {
    expect(moved(torn, id('c'), 'ArrowLeft')).toBe(id('b'))
    expect(moved(torn, id('a'), 'ArrowRight')).toBe(id('b'))
    expect(moved(torn, id('b'), 'ArrowRight')).toBe(id('c'))
  })

  it('is passed over where it has no column', () => {
    expect(moved(withoutRemnants(torn), id('c'), 'ArrowLeft')).toBe(id('a'))
  })
})
