import type { StateCreator } from 'zustand/vanilla'
import { type EventQuery, MAX_EVENTS } from '../../core/contract/event-query.ts'
import type { WireError } from '../../core/contract/wire-error.ts'
import { resultOf, typeOf, type WorldEvent } from '../../core/contract/world-events.ts'
import { type World, wireOf } from './api.ts'
import type { AppState } from './store.ts'

/** Which events are shown; nothing given: all. */
export type EventFilter = Pick<EventQuery, 'region' | 'type' | 'result'>

/** So many are kept while the window is open: more than anybody scrolls through. */
const MAX_KEPT = 10 * MAX_EVENTS

export type WorldLogSlice = {
  /** Newest first; null until asked for. */
  worldEvents: readonly WorldEvent[] | null
  /** There are more of them than were asked for. */
  hasOlderEvents: boolean
  worldLogError: WireError | null
  eventFilter: EventFilter
  refreshWorldEvents: () => Promise<void>
  /** Adds the next older ones, up to what is kept. */
  readOlderEvents: () => Promise<void>
  filterEvents: (filter: EventFilter) => Promise<void>
  /** The log has one more. */
  noteWorldEvent: (event: WorldEvent) => void
  forgetWorldEvents: () => void
}

export const worldLogSlice =
  (engine: Pick<World['engine'], 'listEvents'>): StateCreator<AppState, [], [], WorldLogSlice> =>
  (set, get) => {
    let asked = 0
    let isReadingOlder = false
    /** What was told since the log was asked for: the answer may be without it. */
    let meanwhile: WorldEvent[] = []
    const nothing = { worldEvents: null, hasOlderEvents: false, worldLogError: null }
    return {
      ...nothing,
      eventFilter: {},

      refreshWorldEvents: async () => {
        const mine = ++asked
        meanwhile = []
        try {
          const listed = await engine.listEvents({ ...get().eventFilter, limit: MAX_EVENTS })
          if (mine !== asked) return
          const known = new Set(listed.map(({ id }) => id))
          const late = meanwhile.filter(({ id }) => !known.has(id))
          set({
            worldEvents: [...listed, ...late].reverse(),
            hasOlderEvents: listed.length === MAX_EVENTS,
            worldLogError: null,
          })
        } catch (error) {
          if (mine === asked) set({ worldLogError: wireOf(error) })
        }
      },

      readOlderEvents: async () => {
        const { worldEvents, hasOlderEvents, eventFilter } = get()
        const oldest = worldEvents?.at(-1)
        const room = MAX_KEPT - (worldEvents?.length ?? 0)
        if (isReadingOlder || !hasOlderEvents || oldest === undefined || room <= 0) return
        const mine = asked
        isReadingOlder = true
        try {
          const limit = Math.min(MAX_EVENTS, room)
          const listed = await engine.listEvents({ ...eventFilter, beforeId: oldest.id, limit })
          if (mine !== asked) return
          const known = get().worldEvents ?? []
          set({
            worldEvents: [...known, ...listed.reverse()].slice(0, MAX_KEPT),
            hasOlderEvents: listed.length === limit,
          })
        } catch (error) {
          if (mine === asked) set({ worldLogError: wireOf(error) })
        } finally {
          isReadingOlder = false
        }
      },

      filterEvents: async (eventFilter) => {
        set({ eventFilter, worldLogError: null })
        await get().refreshWorldEvents()
      },

      noteWorldEvent: (event) => {
        const { worldEvents, eventFilter } = get()
        if (!passes(event, eventFilter)) return
        meanwhile.push(event)
        if (worldEvents === null) return
        const isFull = worldEvents.length >= MAX_KEPT
        set({
          worldEvents: [event, ...worldEvents].slice(0, MAX_KEPT),
          hasOlderEvents: get().hasOlderEvents || isFull,
        })
      },

      forgetWorldEvents: () => {
        asked++
        set({ ...nothing, eventFilter: {} })
      },
    }
  }

function passes({ region, detail }: WorldEvent, filter: EventFilter): boolean {
  return (
    (filter.region ?? region) === region &&
    (filter.type ?? typeOf(detail)) === typeOf(detail) &&
    (filter.result ?? resultOf(detail)) === resultOf(detail)
  )
}
