import { expect, it } from 'vitest'
import { GIB, id, snapshot } from '../../state/library-example.ts'
import { chainPicture } from '../testing/chain.ts'
import { takeoversOf } from './takeovers.ts'

const b = snapshot('b', { fullBytes: 10, storedHereBytes: 4, releasedIfDeletedBytes: 0 })
const c = snapshot('c', { fullBytes: 12, storedHereBytes: 2, releasedIfDeletedBytes: 2 })

it('what nobody else would store has no heir', () => {
  expect(takeoversOf(chainPicture().picture, c)).toEqual(new Map())
})

it('the oldest other holder takes over', () => {
  expect(takeoversOf(chainPicture().picture, b)).toEqual(new Map([[id('c'), 4 * GIB]]))
})
