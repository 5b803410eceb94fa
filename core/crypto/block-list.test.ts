import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { BlockList, type Listed } from './block-list.ts'

const KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => i))
const block = (sha256: number, identity: number): Listed => ({
  sha256: Buffer.alloc(32, sha256),
  identity: Buffer.alloc(32, identity),
})
const ENTRIES: [number, Listed][] = [
  [0, block(1, 2)],
  [5, block(3, 4)],
  [2 ** 27 - 1, block(255, 0)],
  [6, block(3, 4)],
  [7, block(7, 7)],
]
const listOf = (entries: readonly [number, Listed][]) => {
  const list = new BlockList(KEY)
  for (const [index, each] of entries) list.add(index, each)
  return list
}
const sumOf = (list: BlockList) => list.encode().subarray(0, 32).toString('hex')

it('comes to what was worked out elsewhere, over the end of 256 bits and back', () => {
  // Python: sum of int.from_bytes(hmac.digest(key, index ‖ sha256 ‖ identity, 'sha256'), 'little').
  const list = listOf(ENTRIES)
  const all = '3cc9a650c3bf836873fccf98b83e0b3c2a64b7ee59b11f5f1d3902c00817fcc5'
  expect(sumOf(list)).toBe(all)
  expect(list.encode().readUIntLE(32, 6)).toBe(5)
  list.remove(...ENTRIES[1]!)
  expect(sumOf(list)).toBe('2caf96cb557f346846db1e49680b690159a1aff0d7590fed2cc623adaea6df78')
  list.add(...ENTRIES[1]!)
  expect(sumOf(list)).toBe(all)
})

it('is the sum of HMACs modulo 2^256, whatever is added and taken out', () => {
  let expected = 0n
  const list = new BlockList(KEY)
  for (let index = 0; index < 500; index += 1) {
    const each = block(index % 251, index % 13)
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64LE(BigInt(index))
    const hmac = createHmac('sha256', KEY).update(bytes).update(each.sha256).update(each.identity)
    const value = BigInt(`0x${hmac.digest().reverse().toString('hex')}`)
    const isAdded = index % 3 !== 0
    list[isAdded ? 'add' : 'remove'](index, each)
    expected = BigInt.asUintN(256, isAdded ? expected + value : expected - value)
  }
  expect(sumOf(list)).toBe(expected.toString(16).padStart(64, '0').match(/../g)!.reverse().join(''))
})

it('says nothing of order, and tells any other list', () => {
  const list = listOf(ENTRIES)
  expect(listOf([...ENTRIES].reverse()).equals(list)).toBe(true)
  const [[index, first], ...others] = ENTRIES as [[number, Listed], ...[number, Listed][]]
  for (const other of [
    others,
    [...ENTRIES, [8, first] as [number, Listed]],
    [[index + 1, first] as [number, Listed], ...others],
    [[index, block(1, 3)] as [number, Listed], ...others],
    [[index, block(2, 2)] as [number, Listed], ...others],
  ]) {
    expect(listOf(other).equals(list)).toBe(false)
  }
  expect(new BlockList(Buffer.alloc(32)).equals(new BlockList(KEY))).toBe(true)
})

it('goes on from what was written down, beside its copy', () => {
  const list = listOf(ENTRIES.slice(0, 3))
  const resumed = BlockList.decode(KEY, list.encode())!
  const copy = list.copy()
  for (const entry of ENTRIES.slice(3)) resumed.add(...entry)
  expect(resumed.equals(listOf(ENTRIES))).toBe(true)
  expect(copy.equals(list)).toBe(true)
  expect(BlockList.decode(KEY, Buffer.alloc(37))).toBeNull()
  // More taken out than there was: no list, and no error either.
  const under = new BlockList(KEY)
  under.remove(0, block(1, 1))
  expect(under.equals(new BlockList(KEY))).toBe(false)
  expect(BlockList.decode(KEY, under.encode())!.count).not.toBe(0)
})
