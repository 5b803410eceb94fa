import { expect, it } from 'vitest'
import type { Schedule, ScheduleTimes } from '../../core/contract/policy.ts'
import { scheduleWords, timesWords } from './policy-words.ts'
import { draftOf, newDraft, retentionOf, timesOf } from './schedule-draft.ts'

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
  expect(retentionOf({ ...newDraft(0), kept: '1001' }, 'count')).toBeNull()
  expect(retentionOf({ ...newDraft(0), kept: '101', unit: 'years' }, 'age')).toBeNull()
})
