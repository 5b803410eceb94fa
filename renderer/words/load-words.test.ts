import { expect, it } from 'vitest'
import type { VolumeLoad } from '../../core/contract/loading.ts'
import { plan, volumeId } from '../state/library-example.ts'
import {
  heldNowWords,
  heldWords,
  loadedPercent,
  loadWords,
  meanwhile,
  unloadedLook,
  unloadedWords,
} from './load-words.ts'

const load: VolumeLoad = {
  state: 'loading',
  totalBytes: 1_000,
  loadedBytes: 999,
  damagedRanges: [],
  touchedBlocks: 1,
  backgroundBlocks: 12,
  rateMiBPerS: 200,
  isFastRestored: false,
  secondsLeft: 3,
}

/** Figures keep their units on the line. */
const plain = (words: string | null) => words?.replace(/\s/g, ' ')

it('a volume that loads says how far it is, and why its blocks came', () => {
  expect(plain(loadedPercent(load))).toBe('99 %')
  expect(plain(loadWords(load))).toBe(
    '1 block came when touched, 12 blocks in turn. At 200 MiB/s. 3 s left.',
  )
  const paused = { ...load, state: 'paused' as const, rateMiBPerS: null, secondsLeft: null }
  expect(plain(loadWords(paused))).toBe('1 block came when touched, 12 blocks in turn.')
  expect(meanwhile(paused, true)).toBe('It can be used meanwhile.')
  expect(meanwhile(paused, false)).toMatch(/until its key can be used/)
})

it('what is held of deleted snapshots is never more than is left to load', () => {
  expect(heldNowWords(0, load)).toBeNull()
  expect(heldNowWords(5, { ...load, loadedBytes: 1_000 })).toBeNull()
  expect(plain(heldNowWords(5, load))).toBe(
    'Up to 1 B of that are of deleted snapshots: held for this volume until it has them.',
  )
})

it('a cell says how many of its blocks are missing, and whether that is exact', () => {
  expect(unloadedWords({ blocks: 3, ofBlocks: 16, isExact: true })).toBe('3 of 16 blocks')
  expect(unloadedWords({ blocks: 3, ofBlocks: 16, isExact: false })).toBe('about 3 of 16 blocks')
})

it('a deletion says what is held, and by whom', () => {
  const nameOf = () => 'lazy'
  expect(heldWords(plan({}), nameOf)).toBeNull()
  const heldBytes = 2 ** 20
  const held = plan({ heldBytes, heldBy: [{ volumeId, heldBytes }] })
  expect(plain(heldWords(held, nameOf))).toBe('1 MiB held by volume lazy while it loads.')
})

it('a volume that was restored fast loads nothing', () => {
  const whole = { ...load, state: 'loaded', touchedBlocks: 0, backgroundBlocks: 0 } as const
  expect(loadWords({ ...whole, isFastRestored: true })).toMatch(/^Restored fast/)
})

it('one whose last blocks cannot be read says which, and what can be done', () => {
  const damagedRanges = [{ firstBlock: 2, blockCount: 1 }]
  const damaged = { ...load, state: 'damaged', damagedRanges, secondsLeft: null } as const
  expect(plain(loadWords(damaged))).toBe('1 block came when touched, 12 blocks in turn.')
  expect(unloadedLook(damaged)).toBe('damaged')
  expect(plain(meanwhile(damaged, true))).toBe(
    'All but 1 block at 1 MiB, which cannot be read. Verify tells the file: put it back from a copy and load again, or write something else there.',
  )
})
