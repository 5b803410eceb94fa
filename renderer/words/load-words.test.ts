import { expect, it } from 'vitest'
import type { VolumeLoad } from '../../core/contract/loading.ts'
import { plan, volumeId } from '../state/library-example.ts'
import { heldWords, loadedPercent, loadWords } from './load-words.ts'

const load: VolumeLoad = {
  state: 'loading',
  totalBytes: 1_000,
  loadedBytes: 999,
  touchedBlocks: 1,
  backgroundBlocks: 12,
  rateMiBPerS: 200,
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
})

it('a deletion says what is held, and by whom', () => {
  const nameOf = () => 'lazy'
  expect(heldWords(plan({}), nameOf)).toBeNull()
  const heldBytes = 2 ** 20
  const held = plan({ heldBytes, heldBy: [{ volumeId, heldBytes }] })
  expect(plain(heldWords(held, nameOf))).toBe('1 MiB held by volume lazy while it loads.')
})
