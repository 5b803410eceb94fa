import type { StateCreator } from 'zustand/vanilla'
import type { WireError } from '../../core/contract/wire-error.ts'
import {
  type EventQuery,
  MAX_EVENTS,
  resultOf,
  typeOf,
  type WorldEvent,
} from '../../core/contract/world-events.ts'
import { type World, wireOf } from './api.ts'
import type { AppState } from './store.ts'

/** Which events are shown; nothing given: all. */
export type EventFilter = Pick<EventQuery, 'region' | 'type' | 'result'>

/** So many are kept while the window is open: more than anybody scrolls through. */
const MAX_KEPT = 10 * MAX_EVENTS

export type WorldLogSlice = {
  /** Newest first; null until asked for. */
  worldEvents: readonly WorldEvent[] | null
  /** There were more of them than are asked for at once. */
  hasOlderEvents: boolean
  worldLogError: WireError | null
  eventFilter: EventFilter
  refreshWorldEvents: () => Promise<void>
  filterEvents: (filter: EventFilter) => Promise<void>
  /** The log has one more. */
  noteWorldEvent: (event: WorldEvent) => void
  forgetWorldEvents: () => void
}

export const worldLogSlice =
  (engine: Pick<World['engine'], 'listEvents'>): StateCreator<AppState, [], [], WorldLogSlice> =>
  (set, get) => {
    let asked = 0
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

      filterEvents: async (eventFilter) => {
        set({ eventFilter, worldLogError: null })
        await get().refreshWorldEvents()
      },

      noteWorldEvent: (event) => {
        const { worldEvents, eventFilter } = get()
        if (!passes(event, eventFilter)) return
        meanwhile.push(event)
        if (worldEvents === null) return
        set({ worldEvents: [event, ...worldEvents].slice(0, MAX_KEPT) })
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
