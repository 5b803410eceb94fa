import { expect, it } from 'vitest'
import { generationsOf } from './colours.ts'

const steps = (count: number) => {
  const snapshots = Array.from({ length: count }, (_, i) => ({
    snapshotId: `snap-${i}` as never,
    copiedFrom: null,
  }))
  return [...generationsOf(snapshots).values()]
}

it('up to three snapshots take the steps that are furthest apart', () => {
  expect(steps(1)).toEqual([1])
  expect(steps(2)).toEqual([1, 3])
  expect(steps(3)).toEqual([1, 3, 5])
})

it('more share six steps, oldest first, groups of equal count', () => {
  expect(steps(6)).toEqual([0, 1, 2, 3, 4, 5])
  const many = steps(600)
  expect(many).toEqual([...many].sort((a, b) => a - b))
  expect([0, 1, 2, 3, 4, 5].map((step) => many.filter((s) => s === step).length)).toEqual(
    Array(6).fill(100),
  )
})
