import { type EventQuery, MAX_EVENTS } from '../core/contract/event-query.ts'
import { RegionName } from '../core/contract/ids.ts'
import {
  type EventDetail,
  EventResult,
  EventType,
  resultOf,
  typeOf,
  type WorldEvent,
} from '../core/contract/world-events.ts'
import { type Answer, answer } from './answer.ts'
import type { EventOptions } from './event-commands.ts'
import { EventJson, EventListJson } from './event-json.ts'
import { UsageError } from './failure.ts'
import type { Library } from './library.ts'
import { safeName, table } from './table.ts'

/** @throws UsageError for words that no event has */
export function eventQueryOf({ type, result, limit }: EventOptions): EventQuery {
  if (limit !== undefined && limit > MAX_EVENTS) {
    throw new UsageError(`--limit is ${MAX_EVENTS} at the most.`)
  }
  return {
    type: chosen('--type', EventType.options, type),
    result: chosen('--result', EventResult.options, result),
    limit,
  }
}

export async function listEvents(library: Library, query: EventQuery): Promise<Answer> {
  const events = await library.engine.listEvents(whereAsked(library, query))
  const text = table(
    ['When', 'Region', 'Event', 'Result', 'About', 'Detail'].map((heading) => ({ heading })),
    events.map(cellsOf),
  )
  return answer(EventListJson, { events }, events.length === 0 ? 'There are no events.' : text)
}

/** With `--region` only what happened there. */
export function whereAsked({ askedRegion }: Library, query: EventQuery): EventQuery {
  return askedRegion === undefined ? query : { ...query, region: RegionName.parse(askedRegion) }
}

/** One event, for somebody who watches. */
export function eventLine(event: WorldEvent): string {
  return cellsOf(event).join('  ').trimEnd()
}

/** The same for programs: a document of its own in one line. */
export function eventJsonLine(event: WorldEvent): string {
  return JSON.stringify(EventJson.parse(event))
}

function cellsOf({ time, region, resources, detail }: WorldEvent): string[] {
  return [
    time.replace('T', ' ').replace('Z', ''),
    region,
    typeOf(detail),
    resultOf(detail),
    resources.map((arn) => arn.slice(arn.lastIndexOf('/') + 1)).join(', '),
    detailText(detail),
  ]
}

function detailText(detail: EventDetail): string {
  if ('policy_id' in detail) return safeName(detail.cause)
  if (!('event' in detail)) return detail.state
  return detail.event === 'copySnapshot' && detail.incremental !== undefined
    ? { true: 'incremental', false: 'full' }[detail.incremental]
    : safeName(detail.cause)
}

function chosen<Word extends string>(
  option: string,
  words: readonly Word[],
  text: string | undefined,
): Word | undefined {
  const word = words.find((each) => each === text)
  if (word !== undefined || text === undefined) return word
  throw new UsageError(`${option} is ${words.slice(0, -1).join(', ')} or ${words.at(-1)}.`)
}
