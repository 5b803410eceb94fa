import { expect, it } from 'vitest'
import { PolicyId } from '../../core/contract/ids.ts'
import type { PolicyPreview, Schedule, ScheduleTimes } from '../../core/contract/policy.ts'
import { GIB, plan, volumeId } from '../state/library-example.ts'
import { firstDeletionWords, scheduleWords, timesWords } from './policy-words.ts'
import { cronWords, draftOf, newDraft, retentionOf, scheduleOf, timesOf } from './schedule-draft.ts'

const times: [ScheduleTimes, string][] = [
  [{ kind: 'interval', hours: 24, at: '03:00' }, 'Every day at 03:00'],
  [{ kind: 'interval', hours: 12, at: '03:30' }, 'Every 12 hours from 03:30 on'],
  [{ kind: 'cron', expression: 'cron(5 3 ? * MON *)' }, 'Every Monday at 03:05'],
  [{ kind: 'cron', expression: 'cron(0 3 22 * ? *)' }, 'Every 22nd of the month at 03:00'],
  [{ kind: 'cron', expression: 'cron(0 3 1 7 ? *)' }, 'Every 1st of July at 03:00'],
  [{ kind: 'cron', expression: 'cron(0 3 L * ? *)' }, 'cron(0 3 L * ? *)'],
]

it.each(times)('%j is told in words, and the same once it was edited', (each, words) => {
  expect(timesWords(each)).toBe(words)
  const schedule: Schedule = {
    name: 'a',
    times: each,
    retention: { kind: 'age', length: 2, unit: 'weeks' },
    copiesTags: false,
    tags: [],
  }
  expect(scheduleWords(schedule)).toBe(`${words}, each stays 2 weeks`)
  const draft = draftOf(schedule, 0)
  expect(timesOf(draft)).toEqual(each)
  expect(retentionOf(draft, 'age')).toEqual(schedule.retention)
})

it('what was typed and is no schedule yet is none', () => {
  expect(timesOf({ ...newDraft(0), at: '3:00' })).toBeNull()
  expect(timesOf({ ...newDraft(0), frequency: 'cron', cron: ' ' })).toBeNull()
  expect(timesOf({ ...newDraft(0), frequency: 'cron', cron: '* * * * * *' })).toBeNull()
  expect(cronWords('* * * * * *')).toBe('It is not written cron(...).')
  expect(cronWords('cron(0 3 * * ? *)')).toBeNull()
  expect(retentionOf({ ...newDraft(0), kept: '1001' }, 'count')).toBeNull()
  expect(retentionOf({ ...newDraft(0), kept: '101', unit: 'years' }, 'age')).toBeNull()
})

it('a schedule with another name keeps what is its own, unless that is given anew', () => {
  const before: Schedule = {
    name: 'daily',
    times: { kind: 'interval', hours: 24, at: '03:00' },
    retention: { kind: 'count', count: 7 },
    copiesTags: true,
    tags: [{ key: 'Auto', value: 'yes' }],
  }
  const draft = { ...draftOf(before, 0), name: 'nightly' }
  const untouched = { copiesTags: null, tags: null }
  expect(scheduleOf(draft, 'count', untouched)).toEqual({ ...before, name: 'nightly' })
  expect(scheduleOf(draft, 'count', { copiesTags: false, tags: [] })).toMatchObject({
    copiesTags: false,
    tags: [],
  })
  expect(scheduleOf(newDraft(1), 'count', untouched)).toMatchObject({ copiesTags: false, tags: [] })
})

it('the first run says what comes back only where that is known', () => {
  const preview: PolicyPreview = {
    policyId: PolicyId.parse('policy-00000000000000001'),
    from: 0,
    until: 1,
    volumeIds: [volumeId],
    steps: [],
    isCut: false,
    takenCount: 1,
    deletedCount: 1,
    firstDeletion: plan({ releasedBytes: 10 * GIB }),
    isFirstDeletionKnown: true,
    kept: [],
    revision: 7,
  }
  const goes = 'Of what is there now, its first run deletes A: '
  const known = firstDeletionWords(preview, 'A').replaceAll('\u00a0', ' ')
  expect(known).toBe(`${goes}10 GiB come back.`)
  expect(firstDeletionWords({ ...preview, isFirstDeletionKnown: false }, 'A')).toBe(
    `${goes}what comes back depends on what is taken then.`,
  )
})
