import type { EngineEvent } from '../core/contract/events.ts'
import type { ShellEvent } from '../core/contract/shell.ts'

/** Events kept for a page that is still loading. There are few; a flood would be a defect. */
const MAX_WAITING = 64

/** The part of a window's contents that takes messages. */
type Receiver = {
  isDestroyed(): boolean
  send(channel: string, event: unknown): void
  on(event: 'did-start-loading', listener: () => void): unknown
}

/** Events on their way to the page. Those of the shell wait until the page listens. */
export class Outbox {
  #receiver: Receiver | null = null
  #isListening = false
  #waiting: ShellEvent[] = []

  deliverTo(receiver: Receiver): void {
    this.#receiver = receiver
    this.#isListening = false
    receiver.on('did-start-loading', () => {
      this.#isListening = false
    })
  }

  /** The page has asked its first question, so its listeners are there. */
  pageListens(): void {
    this.#isListening = true
    for (const event of this.#waiting.splice(0)) this.#send('strata:shell-event', event)
  }

  /** Engine events are not kept: a page that loads asks for the facts themselves. */
  engine(event: EngineEvent): void {
    this.#send('strata:event', event)
  }

  shell(event: ShellEvent): void {
    if (this.#isListening) this.#send('strata:shell-event', event)
    else if (this.#waiting.length < MAX_WAITING) this.#waiting.push(event)
  }

  #send(channel: string, event: unknown): void {
    if (this.#receiver && !this.#receiver.isDestroyed()) this.#receiver.send(channel, event)
  }
}
