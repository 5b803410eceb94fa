import { expect, it } from 'vitest'
import { DELETED_STEPS, progressOf, TAKEN_STEPS, totalMs } from './use-motion.ts'

it('steps follow one another and none begins before its turn', () => {
  expect(progressOf(TAKEN_STEPS, 0)).toEqual({ glow: 0, part: 0, line: 0, totals: 0 })
  expect(progressOf(TAKEN_STEPS, 260)).toEqual({ glow: 1, part: 0.5, line: 0, totals: 0 })
  expect(progressOf(DELETED_STEPS, 9_999)).toEqual({ drain: 1, pass: 1, close: 1, totals: 1 })
})

it('nobody waits longer than a second', () => {
  expect(totalMs({ kind: 'taken', snapshotId: 'snap-0' as never })).toBe(620)
  expect(totalMs({ kind: 'deleted', snapshotIds: [], heirs: [] })).toBe(840)
})
