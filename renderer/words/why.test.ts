import { describe, expect, it } from 'vitest'
import type { DeletionPlan, Heir } from '../../core/contract/deletion.ts'
import { GIB, id, plan, snapshot, volumeId } from '../state/library-example.ts'
import { plainOf } from './phrase.ts'
import { whyAlone, whyTogether } from './why.ts'

const a = snapshot('a', { fullBytes: 10, storedHereBytes: 10, releasedIfDeletedBytes: 4 })
const b = snapshot('b', { fullBytes: 10, storedHereBytes: 4, releasedIfDeletedBytes: 0 })
const c = snapshot('c', { fullBytes: 12, storedHereBytes: 2, releasedIfDeletedBytes: 2 })
const names = (heirs: readonly Heir[]) =>
  heirs.map((h) => [a, b, c].find((s) => s.snapshotId === h.snapshotId)?.name ?? '?')

const said = (text: string) => plainOf(text).replaceAll('\u00a0', ' ')
const alone = (s: typeof a, p: DeletionPlan, withHeir: DeletionPlan | null = null) => {
  const { question, answer } = whyAlone(s, p, withHeir, names)
  return said(`${question} ${answer}`)
}

describe('why deleting one alone frees so much', () => {
  it('nothing: the heir is named, and what both together would free', () => {
    const planB = plan({
      releasedBytes: 0,
      heirs: [{ snapshotId: id('c'), inheritedBytes: 4 * GIB }],
    })
    const both = plan({ releasedBytes: 6 * GIB, singleSumBytes: 2 * GIB, surplusBytes: 4 * GIB })
    expect(alone(b, planB, both)).toBe(
      'Why 0 B? B stores 4 GiB, and C still reads every block of it. Delete B and those 4 GiB ' +
        'pass to C. Nothing is freed. Delete B and C: 6 GiB come back.',
    )
  })

  it('a part: what passes on and what comes back', () => {
    const planA = plan({
      releasedBytes: 4 * GIB,
      heirs: [{ snapshotId: id('b'), inheritedBytes: 6 * GIB }],
    })
    expect(alone(a, planA)).toBe(
      'Why only 4 GiB? A stores 10 GiB. 6 GiB of it is still read by others and would pass to B. ' +
        'Only 4 GiB is read by nobody else, so only that comes back.',
    )
  })

  it('a part, since a volume has to load the rest', () => {
    const heldBy = [{ volumeId, heldBytes: 3 * GIB }]
    const planB = plan({ releasedBytes: GIB, heldBytes: 3 * GIB, heldBy })
    expect(alone(b, planB)).toBe(
      'Why only 1 GiB? B stores 4 GiB. 3 GiB is held for a volume that still loads it, and comes ' +
        'back then. Only 1 GiB is read by nobody else, so only that comes back.',
    )
    const all = { ...planB, releasedBytes: 0, heldBytes: 4 * GIB }
    expect(alone(b, all)).toMatch(/^Why 0 B\? .* Nothing comes back before that\.$/)
    const both = said(whyTogether([b, c], { ...planB, releasedBytes: 0 }).answer)
    expect(both).toMatch(/^3 GiB is held .* Every other block of B and C is also held by /)
  })

  it('all that it stores', () => {
    expect(alone(c, plan({ releasedBytes: 2 * GIB }))).toBe(
      'Why 2 GiB? No other snapshot reads the 2 GiB that C stores, so all of it comes back. ' +
        'The 10 GiB it borrows stay.',
    )
  })

  it('nothing, since it stores nothing or holds nothing', () => {
    const same = snapshot('d', { fullBytes: 10, storedHereBytes: 0, releasedIfDeletedBytes: 0 })
    expect(alone(same, plan({}))).toContain('stores nothing itself')
    const empty = snapshot('e', { fullBytes: 0, storedHereBytes: 0, releasedIfDeletedBytes: 0 })
    expect(alone(empty, plan({}))).toContain('holds no data')
  })
})

describe('why deleting several frees so much', () => {
  it('more than the sum', () => {
    const both = plan({ releasedBytes: 6 * GIB, singleSumBytes: 2 * GIB, surplusBytes: 4 * GIB })
    const { question, answer } = whyTogether([b, c], both)
    expect(said(question)).toBe('Why 6 GiB and not 2 GiB?')
    expect(said(answer)).toBe(
      'C alone frees the 2 GiB that only it holds. Another 4 GiB are held only by B and C: they ' +
        'stay as long as either of them does, and go when both go.',
    )
  })

  it('the sum, or nothing', () => {
    const sum = plan({ releasedBytes: 6 * GIB, singleSumBytes: 6 * GIB })
    expect(said(whyTogether([a, c], sum).answer)).toContain(
      'the sum of what each frees alone: 6 GiB',
    )
    expect(whyTogether([a, b], plan({})).answer).toContain('nothing comes back')
  })
})
