import { expect, it } from 'vitest'
import type { Tiering } from '../../core/contract/tiering.ts'
import { restoreWords, tierWords } from './tier-words.ts'

const standard: Tiering = {
  tier: 'standard',
  status: 'permanent-restore-completed',
  startedAt: 0,
  archivedAt: null,
  restoreExpiresAt: null,
  archivedBytes: 0,
}

it('tells of what is under way, of what failed, and nothing of what is over', () => {
  expect(tierWords(standard)).toBe(null)
  expect(tierWords({ ...standard, status: 'archival-in-progress' })).toBe(
    'On its way to the archive',
  )
  expect(tierWords({ ...standard, status: 'archival-failed' })).toMatch(/^Archiving failed/)
  const archived = { ...standard, tier: 'archive', archivedAt: 0 } as const
  expect(tierWords({ ...archived, status: 'archival-completed' })).toMatch(
    /^Archived since .* used$/,
  )
  expect(tierWords({ ...archived, status: 'temporary-restore-failed' })).toMatch(
    /^Its restore from the archive failed\. Archived since /,
  )
})

it('a restore of what is restored already brings nothing back, and says what it changes', () => {
  const words = (restoreExpiresAt: number | null, isForGood: boolean) =>
    restoreWords({ fullBytes: 2 ** 30, tiering: { ...standard, restoreExpiresAt } }, isForGood)
  expect(words(null, true)).toMatch(/^1.GiB come back to the standard tier, whole/)
  expect(words(60_000, false)).toMatch(/already, until .*: nothing is moved .* counted anew/)
  expect(words(60_000, true)).toMatch(/It stays there, and what the archive has of it goes\.$/)
})
