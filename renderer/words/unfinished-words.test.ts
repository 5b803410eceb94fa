import { expect, it } from 'vitest'
import type { Snapshot } from '../../core/contract/model.ts'
import { library, snapshot } from '../state/library-example.ts'
import { unfinishedLabel, unfinishedWords } from './unfinished-words.ts'

const nothing = { fullBytes: 0, storedHereBytes: 0, releasedIfDeletedBytes: 0 }
const [a, b, c] = ['a', 'b', 'c'].map((letter) => snapshot(letter, nothing)) as [
  Snapshot,
  Snapshot,
  Snapshot,
]
const taking: Snapshot = { ...b, state: 'pending', progress: 42 }
const waiting: Snapshot = { ...c, state: 'pending', progress: 0 }
const view = library({ snapshots: [a, taking, waiting] })

it('tells how far a snapshot is, and which one another waits for', () => {
  expect(unfinishedWords(view, taking)).toMatchObject({ chip: '42 % taken', title: 'Being taken' })
  expect(unfinishedWords(view, waiting)).toMatchObject({
    chip: 'waiting',
    body: expect.stringMatching(/^It comes after B, .* Nothing is written/),
  })
  const copy = { ...taking, copiedFrom: a.snapshotId }
  expect(unfinishedWords(view, copy).chip).toBe('42 % copied')
})

it('tells that one will be deleted, and why one failed', () => {
  const doomed = { ...taking, isToBeDeleted: true }
  expect(unfinishedLabel(view, doomed)).toBe('42 % taken, to be deleted')
  expect(unfinishedWords(view, doomed).title).toBe('Will be deleted when complete')
  const failed: Snapshot = {
    ...taking,
    state: 'error',
    progress: 0,
    stateMessage: 'The disk is full',
  }
  expect(unfinishedWords(view, failed)).toMatchObject({ chip: 'failed', title: 'The disk is full' })
})
