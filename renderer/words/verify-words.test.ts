import { expect, it } from 'vitest'
import type { VerifyResult } from '../../core/contract/results.ts'
import { id } from '../state/library-example.ts'
import {
  affectedSentence,
  damageWords,
  problemWords,
  reportText,
  verifyTold,
} from './verify-words.ts'

const nameOf = (snapshotId: string) => (snapshotId === id('a') ? 'A' : 'B')
const range = (firstBlock: number, blockCount = 1) => ({ firstBlock, blockCount })
const damaged: VerifyResult = {
  ok: false,
  blocksChecked: 5,
  encrypted: { checked: 1, unchecked: 0 },
  problems: [
    {
      kind: 'block-damaged',
      message: 'The stored block in "1.seg" at byte 4096 is damaged.',
      affected: [
        { snapshotId: id('a'), ranges: [range(1), range(2048, 2)] },
        { snapshotId: id('b'), ranges: [0, 2, 4, 6, 8, 10].map((block) => range(block)) },
      ],
    },
    { kind: 'catalog-damaged', message: 'The catalog fails its check.', affected: [] },
  ],
}
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

it('success is one figure', () => {
  const whole = { ok: true, blocksChecked: 1_234, problems: [] }
  const encrypted = { checked: 2, unchecked: 0 }
  expect(verifyTold({ ...whole, encrypted }, nameOf)).toEqual({
    title: 'Everything is whole',
    body: '1,234 stored blocks read and checked.',
  })
  expect(verifyTold({ ...whole, encrypted: { checked: 0, unchecked: 2 } }, nameOf).body).toBe(
    '1,234 stored blocks read and checked. Not compared with what their keys say, which are locked or cannot be used: 2 encrypted snapshots.',
  )
})

it('damage names the snapshots that it touches, and clears the others', () => {
  expect(verifyTold(damaged, nameOf)).toEqual({
    title: '2 problems found',
    body: '5 stored blocks read and checked. A and B cannot be restored whole. All other snapshots can.',
  })
  const unread = { ...damaged, problems: damaged.problems.slice(1) }
  expect(affectedSentence(unread, nameOf)).toBe('No snapshot is known to have lost anything.')
})

it('tells where in each snapshot, exactly, and stops counting out at some point', () => {
  const { title, affected } = problemWords(damaged.problems[0]!, nameOf)
  expect(title).toBe('Stored data is damaged')
  expect(affected.map(({ name, places }) => `${name}: ${plain(places)}`)).toEqual([
    'A: 3 blocks at 0.5 MiB, 1 GiB to 1025 MiB',
    'B: 6 blocks at 0 B, 1 MiB, 2 MiB, 3 MiB and 2 more places',
  ])
})

it('is copied whole, as text', () => {
  const text = reportText(damaged, nameOf)
  expect(text).not.toContain('\u00a0')
  expect(text.split('\n\n')).toHaveLength(3)
  expect(text).toContain('  A: 3 blocks at 0.5 MiB, 1 GiB to 1025 MiB')
})

it('what is damaged is told of the snapshot itself, and of no other', () => {
  expect(plain(damageWords(damaged, id('a'))?.body ?? '')).toContain('3 blocks at 0.5 MiB')
  expect(damageWords(damaged, id('c'))).toBeNull()
  expect(damageWords(null, id('a'))).toBeNull()
})
