import { expect, it } from 'vitest'
import type { EventDetail, WorldEvent } from '../../core/contract/world-events.ts'
import { failedCopy, restored, takenEvent, volumeMade } from '../state/event-example.ts'
import { id, volumeId } from '../state/library-example.ts'
import { eventJson, eventSentence, idOf, resultWords } from './event-words.ts'
import { formatInstant } from './time-format.ts'

const names = new Map<string, string>([
  [id('b'), 'B'],
  [volumeId, 'web'],
])
const nameOf = (about: string) => names.get(about) ?? about

it('every kind of event is a sentence about things by their names', () => {
  expect(eventSentence(takenEvent(1), nameOf)).toBe('Snapshot B of web was taken.')
  expect(eventSentence(volumeMade(1), nameOf)).toBe('Volume web can be used.')
  const copied = { result: 'succeeded', cause: '', incremental: 'true' } as const
  const { detail } = failedCopy(1)
  if (!('event' in detail) || detail.event !== 'copySnapshot') throw new Error('it is a copy')
  const copy = { ...failedCopy(1), detail: { ...detail, ...copied } }
  expect(eventSentence(copy, nameOf)).toBe('B was copied to local: only what was not there yet.')
  const { startTime, snapshot_id, source } = detail
  const late: EventDetail = {
    event: 'copyMissedCompletionDuration',
    cause: '',
    'request-id': '',
    snapshot_id,
    source,
    startTime,
    transferType: 'time-based',
    completionDurationStartTime: startTime,
  }
  const told = eventSentence({ ...failedCopy(1), detail: late }, nameOf)
  expect(told).toBe('The copy of B to local is late, and goes on.')
  expect(resultWords(late)).toBe('Going on')
  const fast: WorldEvent = {
    ...takenEvent(1),
    detail: { 'snapshot-id': id('b'), state: 'optimizing', zone: 'locala', message: '' },
  }
  expect(eventSentence(fast, nameOf)).toBe('Fast restore of B is being optimized.')
  expect(eventSentence(failedCopy(1), nameOf)).toBe('B could not be copied. The disk is full.')
})

it('restored for some days and for good are told apart', () => {
  const expiresAt = Date.UTC(2020, 2, 9, 12)
  expect(eventSentence(restored(1, expiresAt), nameOf)).toBe(
    `B was restored from the archive until ${formatInstant(expiresAt)}.`,
  )
  expect(eventSentence(restored(1, null), nameOf)).toBe('B was restored from the archive for good.')
})

it('what nobody has a name for is told by its id, which ends the ARN', () => {
  const sentence = eventSentence(takenEvent(1), (about) => about)
  expect(sentence).toBe(`Snapshot ${id('b')} of ${volumeId} was taken.`)
  expect(idOf(takenEvent(1).resources[0] ?? '')).toBe(id('b'))
})

it('the notification is copied as it is', () => {
  expect(JSON.parse(eventJson(failedCopy(1)))).toEqual(failedCopy(1))
})
