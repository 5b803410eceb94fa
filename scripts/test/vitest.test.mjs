import { expect, it } from 'vitest'
import { soundOutcome } from './vitest.mjs'

it('takes the counts of a run as they are', () => {
  expect(soundOutcome(0, { passed: 3, failed: 0, skipped: 1 })).toMatchObject({ failed: 0 })
  expect(soundOutcome(1, { passed: 3, failed: 2, skipped: 0 })).toMatchObject({ failed: 2 })
})

it('counts a failure that no test owns', () => {
  expect(soundOutcome(1, { passed: 3, failed: 0, skipped: 0 })).toMatchObject({ failed: 1 })
})
