/**
 * Lets many read the block data or one rearrange it. Taking snapshots, restoring and checking
 * share it; reclaiming has it alone.
 */
export class Gate {
  #sharing = 0
  #alone = false
  #waiting: (() => void)[] = []

  /** @throws the signal's reason, when it is aborted while waiting */
  async share<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#enter(
      () => !this.#alone,
      () => {
        this.#sharing += 1
      },
      signal,
    )
    try {
      return await work()
    } finally {
      this.#sharing -= 1
      this.#wake()
    }
  }

  /** @throws the signal's reason, when it is aborted while waiting */
  async own<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#enter(
      () => !this.#alone && this.#sharing === 0,
      () => {
        this.#alone = true
      },
      signal,
    )
    try {
      return await work()
    } finally {
      this.#alone = false
      this.#wake()
    }
  }

  /** Looks and takes in one go: two that were woken together must not both find it open. */
  async #enter(isOpen: () => boolean, take: () => void, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    while (!isOpen()) {
      await new Promise<void>((resolve, reject) => {
        const onAbort = () => reject(signal.reason)
        signal.addEventListener('abort', onAbort, { once: true })
        this.#waiting.push(() => {
          signal.removeEventListener('abort', onAbort)
          resolve()
        })
      })
    }
    take()
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}
