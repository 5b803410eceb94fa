import { expect, it } from 'vitest'
import { parseRate, sizeProblem, sizeProblemOf } from './volume-words.ts'

const GIB = 2 ** 30
const snapshot = { name: 'A', volumeSizeBytes: 15 * GIB }

it('a volume of a snapshot is never smaller than that', () => {
  expect(sizeProblemOf(15 * GIB, snapshot)).toBeNull()
  expect(sizeProblemOf(15 * GIB - 1, snapshot)?.replace(/\s/g, ' ')).toBe(
    'At least 15 GiB: a volume is never smaller than A.',
  )
  expect(sizeProblemOf(null, snapshot)).toBe(sizeProblem(null))
  expect(sizeProblem(0)).toMatch(/at least 1 byte/)
})

it('a rate is a whole number from 100 to 300, or none at all', () => {
  expect([' ', '100', '300'].map(parseRate)).toEqual([null, 100, 300])
  expect(['99', '301', '150.5', 'fast'].map(parseRate)).toEqual(Array(4).fill(undefined))
})
