import { expect, it } from 'vitest'
import { GIB, snapshot, web } from '../../state/library-example.ts'
import { carriedTo, carriedToHead, riverWidth } from './river.ts'

const c = snapshot('c', { fullBytes: 12, storedHereBytes: 2, releasedIfDeletedBytes: 2 })

it('a river carries what the child did not have to store', () => {
  expect(carriedTo(c)).toBe(10 * GIB)
})

it('the live volume carries what it has not overwritten', () => {
  const changed = { ...web, head: { ...web.head, changedBytes: 3 * GIB } }
  expect(carriedToHead(web, c)).toBe(12 * GIB)
  expect(carriedToHead(changed, c)).toBe(9 * GIB)
})

it('nobody looked into a linked file: all of its base is drawn', () => {
  const linked = { ...web, head: { ...web.head, dataBytes: null, changedBytes: null } }
  expect(carriedToHead(linked, c)).toBe(12 * GIB)
})

it('is from 2 to 14 pixels wide, and as its square root', () => {
  expect(riverWidth(0, 100)).toBe(2)
  expect(riverWidth(25, 100)).toBe(8)
  expect(riverWidth(100, 100)).toBe(14)
  expect(riverWidth(500, 100)).toBe(14)
  expect(riverWidth(5, 0)).toBe(2)
})
