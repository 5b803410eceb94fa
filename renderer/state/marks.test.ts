import { expect, it } from 'vitest'
import { AccountId } from '../../core/contract/account.ts'
import { ImageId } from '../../core/contract/ids.ts'
import type { Image } from '../../core/contract/image.ts'
import type { Snapshot } from '../../core/contract/model.ts'
import { id, library, region } from './library-example.ts'
import { marksOf } from './marks.ts'

const DAY_MS = 86_400_000
const NOW_MS = Date.UTC(2026, 4, 1)
const STRANGER = AccountId.parse('444455556666')
const lock = {
  mode: 'compliance' as const,
  lockedAt: NOW_MS,
  startsAt: NOW_MS,
  expiresAt: NOW_MS + DAY_MS,
  coolOffUntil: null,
}
const tiering = {
  tier: 'archive' as const,
  status: 'archival-completed' as const,
  startedAt: NOW_MS,
  archivedAt: NOW_MS,
  restoreExpiresAt: null,
  archivedBytes: 0,
}
const image = {
  imageId: ImageId.parse('ami-00000000000000001'),
  name: 'gold',
  region,
  mappings: [{ snapshotId: id('a') }, { snapshotId: id('a') }],
} as Image

/** The kinds and words of A's marks, a day before its lock ends unless told otherwise. */
function marksOfA(given: Partial<Snapshot>, nowMs = NOW_MS) {
  const view = library()
  const [first] = view.snapshots
  const snapshot = { ...first!, ...given }
  const marks = marksOf({ ...view, images: [image] }, [snapshot], nowMs).get(id('a'))
  return marks?.map(({ kind, says }) => [kind, says])
}

it('tell what keeps a snapshot, where it lies and who reads it, the weightiest first', () => {
  expect(marksOfA({ lock, tiering, sharedWith: [STRANGER] })).toEqual([
    ['locked', expect.stringMatching(/^Locked \(compliance\) until .*2 May/)],
    ['image', 'Kept by image gold'],
    ['archived', expect.stringMatching(/^Archived since .*: restore it before it is used$/)],
    ['shared', 'Shared with account 444455556666'],
  ])
})

it('are fewer once a lock has expired, and say until when it is back from the archive', () => {
  const restored = { ...tiering, tier: 'standard' as const, restoreExpiresAt: NOW_MS + DAY_MS }
  expect(marksOfA({ lock, tiering: restored, isPublic: true }, NOW_MS + DAY_MS)).toEqual([
    ['image', 'Kept by image gold'],
    ['restored', expect.stringContaining('Restored from the archive until')],
    ['public', 'Public: every account may make volumes and copies of it'],
  ])
})

it('say of what is public that its region keeps everybody from it', () => {
  const marks = marksOfA({ isPublic: true, isPublicBlocked: true })
  expect(marks?.at(-1)).toEqual(['blocked', expect.stringContaining('blocked in local')])
  const both = marksOfA({ isPublic: true, isPublicBlocked: true, sharedWith: [STRANGER] })
  expect(both?.map(([kind]) => kind)).toEqual(['image', 'shared', 'blocked'])
})

it("say whose another account's snapshot is, and nothing of who else reads it", () => {
  const foreign = { ownerId: STRANGER, isPublic: true }
  expect(marksOfA({ ...foreign, hasDirectReads: false })).toEqual([
    ['foreign', 'It belongs to account 444455556666 and is public'],
    ['image', 'Kept by image gold'],
  ])
  const [by] = marksOfA(foreign)!
  expect(by).toEqual(['foreign', 'It belongs to account 444455556666 and is shared with you'])
})
