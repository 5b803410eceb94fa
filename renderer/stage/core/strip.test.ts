import { expect, it } from 'vitest'
import { chainPicture } from '../testing/chain.ts'
import { stripOf } from './strip.ts'

it('a strip is the column on its side, empty parts left out', () => {
  const runs = stripOf(chainPicture().picture, 1, false, new Set())
  expect(runs.map((run) => run.look)).toEqual([
    { kind: 'stored', storer: 0 },
    { kind: 'stored', storer: 1 },
  ])
  expect(runs[0]?.from).toBe(0)
  expect(runs[0]?.to).toBe(runs[1]?.from)
  expect(runs[1]?.to).toBeCloseTo(10 / 15, 1)
})

it('in a preview it tells what goes', () => {
  const runs = stripOf(chainPicture({ doomed: 'bc' }).picture, 2, true, new Set())
  expect(runs.map((run) => run.look.kind)).toEqual(['stays', 'released'])
})

it('of another account nothing is told but where there is data', () => {
  const runs = stripOf(chainPicture().picture, 1, false, new Set([0, 1]))
  expect(runs.map((run) => run.look)).toEqual([{ kind: 'elsewhere' }])
})
