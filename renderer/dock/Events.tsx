import { type KeyboardEvent, memo, useEffect, useMemo, useRef, useState } from 'react'
import type { LibraryView } from '../../core/contract/model.ts'
import { resultOf, type WorldEvent } from '../../core/contract/world-events.ts'
import { useApp, useAppStore } from '../state/context.ts'
import { hasRegions } from '../state/lanes.ts'
import { nameOfId } from '../state/tree.ts'
import { Button } from '../ui/Button.tsx'
import { copyText } from '../ui/copy-text.ts'
import { eventJson, eventSentence, resultWords } from '../words/event-words.ts'
import { formatInstant } from '../words/time-format.ts'
import { EventFilters } from './EventFilters.tsx'
import { Notification } from './Notification.tsx'
import { useRowWindow } from './row-window.ts'
import './events.css'

/** What became of snapshots and volumes, newest first, in the form of EBS's notifications. */
export function Events() {
  const library = useApp((state) => state.library)
  const events = useApp((state) => state.worldEvents)
  const error = useApp((state) => state.worldLogError)
  const refresh = useApp((state) => state.refreshWorldEvents)
  useEffect(() => {
    if (events === null && error === null) void refresh()
  }, [events, error, refresh])
  if (library === null) return null
  return (
    <div className="events">
      <EventFilters library={library} />
      {error !== null ? (
        <div className="dock-empty" role="alert">
          <p>
            <b>{error.message}</b> {error.remedy}
          </p>
          <Button onClick={() => void refresh()}>Try again</Button>
        </div>
      ) : (
        events && <EventList events={events} library={library} />
      )}
    </div>
  )
}

function EventList({ events, library }: { events: readonly WorldEvent[]; library: LibraryView }) {
  const store = useAppStore()
  const filter = useApp((state) => state.eventFilter)
  const [openId, setOpenId] = useState<string | null>(null)
  const [atId, setAtId] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const mustFocus = useRef(false)
  const seen = useRowWindow(events.length)
  const readOlder = useApp((state) => state.readOlderEvents)
  useEffect(() => {
    if (seen.to === events.length) void readOlder()
  }, [seen.to, events.length, readOlder])
  // New ones come in above: what is looked at is known by its id, not by its place.
  const found = events.findIndex(({ id }) => id === atId)
  const current = Math.max(0, found)
  const tabStop = current >= seen.from && current < seen.to ? current : seen.from
  const opened = events.find(({ id }) => id === openId)
  const nameOf = useMemo(() => nameOfId(library), [library])
  const showsRegion = hasRegions(library)
  useEffect(() => {
    if (!mustFocus.current) return
    mustFocus.current = false
    list.current?.querySelector<HTMLElement>(`[data-index="${current}"]`)?.focus()
  })

  const toggle = (index: number) => {
    const id = events[index]?.id ?? null
    setAtId(id)
    setOpenId(id === openId ? null : id)
  }
  const goTo = (index: number) => {
    mustFocus.current = true
    const id = events[index]?.id ?? null
    setAtId(id)
    if (openId !== null) setOpenId(id)
    seen.reveal(index)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = moveOf(event.key, current, events.length)
    if (to !== null) goTo(to)
    else if (event.key === 'Enter' || event.key === ' ') toggle(current)
    else if (event.key === 'Escape' && openId !== null) {
      event.stopPropagation()
      close()
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c') {
      const at = events[current]
      if (at && copyText(eventJson(at))) store.getState().announce('Copied the notification.')
    } else return
    event.preventDefault()
  }
  const close = () => {
    mustFocus.current = true
    setOpenId(null)
  }

  if (events.length === 0) {
    return (
      <p className="dock-empty">
        {Object.values(filter).some((word) => word !== undefined)
          ? 'No event is like that.'
          : 'Nothing has happened yet: snapshots, copies and volumes are told here.'}
      </p>
    )
  }
  return (
    <div className="events-body" data-open={opened !== undefined || undefined}>
      <div className="events-scroll" onScroll={seen.onScroll}>
        <div aria-label="Events" onKeyDown={onKeyDown} ref={list} role="listbox">
          {seen.spaceAbove && <div aria-hidden style={seen.spaceAbove} />}
          {events.slice(seen.from, seen.to).map((event, offset) => (
            <EventRow
              count={events.length}
              event={event}
              index={seen.from + offset}
              isCurrent={seen.from + offset === tabStop}
              isOpen={event.id === openId}
              key={event.id}
              nameOf={nameOf}
              onPick={toggle}
              showsRegion={showsRegion}
            />
          ))}
          {seen.spaceBelow && <div aria-hidden style={seen.spaceBelow} />}
        </div>
      </div>
      {opened && <Notification event={opened} onClose={close} />}
    </div>
  )
}

type RowProps = {
  event: WorldEvent
  index: number
  count: number
  isCurrent: boolean
  isOpen: boolean
  showsRegion: boolean
  nameOf: (id: string) => string
  onPick: (index: number) => void
}

const EventRow = memo(function EventRow(props: RowProps) {
  const { event, index, count, isCurrent, isOpen, showsRegion, nameOf, onPick } = props
  const sentence = eventSentence(event, nameOf)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears keys for all its rows
    <div
      aria-posinset={index + 1}
      aria-selected={isOpen}
      aria-setsize={count}
      className="event"
      data-index={index}
      data-result={resultOf(event.detail)}
      onClick={() => onPick(index)}
      role="option"
      tabIndex={isCurrent ? 0 : -1}
    >
      <span className="sec">{formatInstant(Date.parse(event.time))}</span>
      <span className="event-result">{resultWords(event.detail)}</span>
      <span className="ellipsis" title={sentence}>
        {sentence}
      </span>
      {showsRegion && <span className="sec event-region">{event.region}</span>}
    </div>
  )
})

function moveOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, at + 1)
    case 'ArrowUp':
      return Math.max(0, at - 1)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
