import { describe, expect, it } from 'vitest'
import { newestAmong, newestCopyWarning } from '../../core/contract/newest-copy-text.ts'
import { GIB, id } from '../state/library-example.ts'
import { twoRegions } from '../state/region-example.ts'
import { plainOf } from './phrase.ts'
import { copyPlanWords, newRegionWords, regionProblem } from './region-words.ts'

const { snapshots, regions, newestCopies } = twoRegions()
const byLetter = (letter: string) => snapshots.find((s) => s.snapshotId === id(letter))!
const said = (marked: string) => plainOf(marked).replaceAll('\u00a0', ' ')

describe('what a copy would move', () => {
  const c = byLetter('c')
  const over = { incremental: true, baseId: id('y'), fullBecause: null, movedBytes: 2 * GIB }
  const full = { incremental: false, baseId: null, movedBytes: 12 * GIB }

  it.each([
    [
      over,
      'eu-west-1',
      '2 GiB of 12 GiB move: what B in eu-west-1, the newest copy there, does not have.',
    ],
    [
      { ...over, movedBytes: 0 },
      'eu-west-1',
      'Nothing moves: B in eu-west-1, the newest copy there, holds every block of it.',
    ],
    [
      { ...full, fullBecause: 'first-copy' as const },
      'eu-west-1',
      '12 GiB move, all that C holds: it is the first copy of this volume in eu-west-1.',
    ],
    [
      { ...full, fullBecause: 'newest-copy-deleted' as const },
      'eu-west-1',
      '12 GiB move, all that C holds: the newest copy of this volume in eu-west-1 was deleted, and a copy builds on no older one.',
    ],
    [
      { ...over, baseId: id('c'), movedBytes: 0 },
      'local',
      'Nothing moves: in its own region a copy reads the blocks of C.',
    ],
  ])('is said with its reason: %#', (plan, region, words) => {
    expect(said(copyPlanWords(c, region, plan, 'B'))).toBe(words)
  })

  it('is all of it where the region is still to be added', () => {
    expect(said(newRegionWords(c, 'ap-1'))).toMatch(/^12 GiB move, .* first copy .* in ap-1\.$/)
  })
})

describe('the warning of the newest copy', () => {
  const warningOf = (...letters: string[]) =>
    newestCopyWarning(newestAmong(letters.map(byLetter), newestCopies))

  it('comes for that one alone', () => {
    expect(warningOf('a', 'x', 'y')).toBeNull()
    expect(warningOf('y', 'z')).toBe(
      'C is the newest copy in eu-west-1: deleting it makes the next copy there full.',
    )
  })
})

it.each([
  ['eu-west-2', null],
  ['EU-west', 'No region can be called that.'],
  ['e', 'No region can be called that.'],
  ['eu-west-1', 'There is a region eu-west-1 already.'],
])('the name %s for a region: %s', (name, problem) => {
  expect(regionProblem(name, regions)).toBe(problem)
})
