import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { AccountId } from '../contract/account.ts'
import type { SnapshotId } from '../contract/ids.ts'

type Asking = {
  readonly account: AccountId
  readonly requestId: string
  readonly lent: ReadonlySet<SnapshotId>
}

/**
 * For whom work is done. It goes with all that the work begins: a job asks as the account that was
 * current when the request for it came, whoever is current by the time it ends.
 */
export class Asker {
  readonly #asking = new AsyncLocalStorage<Asking>()
  readonly #current: () => AccountId

  /** @param current who asks where nothing else was said */
  constructor(current: () => AccountId) {
    this.#current = current
  }

  get account(): AccountId {
    return this.#asking.getStore()?.account ?? this.#current()
  }

  /** A UUID, the same for all that one request begins; empty for what nobody asked for. */
  get requestId(): string {
    return this.#asking.getStore()?.requestId ?? ''
  }

  /** A request of an account. */
  as<T>(account: AccountId, work: () => T): T {
    return this.#asking.run({ account, requestId: randomUUID(), lent: new Set() }, work)
  }

  /** Lets `work` read snapshots that are not shared: those of an image that may be launched. */
  lending<T>(snapshotIds: readonly SnapshotId[], work: () => T): T {
    const { account, requestId } = this
    return this.#asking.run({ account, requestId, lent: new Set(snapshotIds) }, work)
  }

  isLent(id: SnapshotId): boolean {
    return this.#asking.getStore()?.lent.has(id) === true
  }
}
