import { expect, it } from 'vitest'
import { Outbox } from './outbox.ts'

function windowOf() {
  const sent: unknown[] = []
  let load = () => {}
  let isDestroyed = false
  return {
    sent,
    receiver: {
      isDestroyed: () => isDestroyed,
      send: (channel: string, event: unknown) => sent.push([channel, event]),
      on: (_: 'did-start-loading', listener: () => void) => {
        load = listener
      },
    },
    load: () => load(),
    destroy: () => {
      isDestroyed = true
    },
  }
}
const opened = { kind: 'libraryOpened' } as const
const changed = { kind: 'libraryChanged', revision: 7 } as const

it('events of the shell wait until the page listens, in their order', () => {
  const outbox = new Outbox()
  const { receiver, sent } = windowOf()
  outbox.shell(opened)
  outbox.deliverTo(receiver)
  outbox.shell({ kind: 'action', id: 'undo' })
  expect(sent).toEqual([])
  outbox.pageListens()
  outbox.shell(opened)
  expect(sent).toEqual([
    ['strata:shell-event', opened],
    ['strata:shell-event', { kind: 'action', id: 'undo' }],
    ['strata:shell-event', opened],
  ])
})

it('a page that loads again is waited for again', () => {
  const outbox = new Outbox()
  const { receiver, sent, load } = windowOf()
  outbox.deliverTo(receiver)
  outbox.pageListens()
  load()
  outbox.shell(opened)
  expect(sent).toEqual([])
})

it('events of the engine go at once, and nowhere when the window is gone', () => {
  const outbox = new Outbox()
  const { receiver, sent, destroy } = windowOf()
  outbox.engine(changed)
  outbox.deliverTo(receiver)
  outbox.engine(changed)
  destroy()
  outbox.engine(changed)
  expect(sent).toEqual([['strata:event', changed]])
})

it('what waits is bounded', () => {
  const outbox = new Outbox()
  const { receiver, sent } = windowOf()
  for (let i = 0; i < 1_000; i += 1) outbox.shell(opened)
  outbox.deliverTo(receiver)
  outbox.pageListens()
  expect(sent).toHaveLength(64)
})
