import type { Database } from 'better-sqlite3'
import { Catalog } from '../catalog/catalog.ts'
import { catalogFailure } from '../catalog/database.ts'
import { type LibraryFacts, LibraryRow } from '../catalog/library-row.ts'
import type { AccountId } from '../contract/account.ts'
import { StrataError } from '../contract/errors.ts'
import type { EngineEvent } from '../contract/events.ts'
import type { SnapshotId, VolumeId } from '../contract/ids.ts'
import type { TieringStatus } from '../contract/tiering.ts'
import type { WorldEvent } from '../contract/world-events.ts'

/** What was begun and is not going to be. */
type Ended =
  /** With a message it stays in the state error; without one nothing of it does. */
  | { readonly kind: 'snapshot'; readonly id: SnapshotId; readonly message: string | null }
  | { readonly kind: 'volume'; readonly id: VolumeId }
  /** It stays in the tier that it was in. */
  | { readonly kind: 'tiering'; readonly id: SnapshotId; readonly status: TieringStatus }
/** The event that says so, and what it ends; null: other ones do. */
type Failure = { readonly event: WorldEvent | null; readonly ended: Ended | null }

/**
 * A catalog that is written in durable transactions only. An event is kept by the transaction of the
 * change that it tells of, so that a crash can neither lose nor invent one, and told after it.
 */
export abstract class ChangingCatalog extends Catalog {
  readonly path: string
  protected readonly libraryRow: LibraryRow
  readonly #emit: (event: EngineEvent) => void
  readonly #log: (error: unknown) => void
  /** Events of the transaction under way. */
  #coming: WorldEvent[] = []
  /** What the disk had no room for: the next transaction writes it. */
  #unwritten: Failure[] = []

  /** @param log told why something could not be told */
  constructor(
    path: string,
    db: Database,
    emit: (event: EngineEvent) => void,
    log: (error: unknown) => void = () => {},
  ) {
    super(db)
    this.path = path
    this.libraryRow = new LibraryRow(db)
    this.#emit = emit
    this.#log = log
  }

  /** Who is told what happens. */
  abstract get currentAccount(): AccountId

  /** Called after each transaction, whatever became of it: rows may have changed. */
  protected abstract forgetRows(): void

  facts(): LibraryFacts {
    const facts = this.libraryRow.read()
    if (facts === undefined) {
      throw new StrataError('LIBRARY_DAMAGED', {
        path: this.path,
        problem: 'it was never finished',
      })
    }
    return facts
  }

  /** Does `work` in one durable transaction, raises the revision and tells of it. */
  change<T>(work: () => T): T {
    const result = this.#durably(work, true)
    this.#announce(true)
    return result
  }

  /** A durable transaction that changes nothing that anybody is shown, but for events. */
  quietly<T>(work: () => T): T {
    const result = this.#durably(work, false)
    this.#announce(false)
    return result
  }

  /** Adds to the event log. Only within the change that it tells of. */
  tell(event: WorldEvent): void {
    if (!this.db.inTransaction) throw new Error('An event belongs to a change')
    this.events.add(event)
    this.#coming.push(event)
  }

  /** Tells why something is not going to be, and ends it. */
  tellFailure(event: WorldEvent, ended: Ended): void {
    this.tellFailures([{ event, ended }])
  }

  /** Of things that were begun together: all of them end in one transaction. */
  tellFailures(failures: readonly Failure[]): void {
    const isShown = failures.some(({ ended }) => ended !== null && ended.kind !== 'volume')
    try {
      this.#durably(() => failures.forEach((failure) => void this.#write(failure)), isShown)
    } catch {
      // The disk has no room for that either. What is told is why it failed in the first place.
      this.#unwritten.push(...failures)
      this.forgetRows()
      return
    }
    this.#announce(isShown)
  }

  /** Whether a job is making the volume, or an instance is to come that has it. */
  isComing(id: VolumeId): boolean {
    const isGivenUp = this.#unwritten.some(
      ({ ended }) => ended?.kind === 'volume' && ended.id === id,
    )
    return !isGivenUp && this.volumes.coming().some((coming) => coming.id === id)
  }

  /** How a snapshot ended that is still pending in the catalog. */
  protected endOf(id: SnapshotId): { readonly message: string | null } | undefined {
    const ends = this.#unwritten.flatMap(({ ended }) => (ended?.kind === 'snapshot' ? [ended] : []))
    return ends.find((end) => end.id === id)
  }

  #durably<T>(work: () => T, raisesRevision: boolean): T {
    try {
      const result = this.db
        .transaction(() => {
          this.db.pragma('defer_foreign_keys = ON')
          for (const failure of this.#unwritten) this.#write(failure)
          const made = work()
          if (raisesRevision) this.libraryRow.raiseRevision()
          return made
        })
        .immediate()
      this.#unwritten = []
      this.erasures.settle()
      return result
    } catch (error) {
      this.#coming = []
      this.blocks.forgetCache()
      throw catalogFailure(error, this.path)
    } finally {
      this.forgetRows()
    }
  }

  #announce(raisedRevision: boolean): void {
    for (const event of this.#coming.splice(0)) {
      this.#tryTelling(() => {
        // What happens to one account is nothing to another.
        if (event.account === this.currentAccount) this.#emit({ kind: 'worldEvent', event })
      })
    }
    if (!raisedRevision) return
    this.#tryTelling(() => {
      this.#emit({ kind: 'libraryChanged', revision: this.facts().revision })
    })
  }

  /** To whoever made the change, a failure here would say that it was not made. */
  #tryTelling(tell: () => void): void {
    try {
      tell()
    } catch (error) {
      this.#log(catalogFailure(error, this.path))
    }
  }

  #write({ event, ended }: Failure): void {
    if (ended !== null) this.#end(ended)
    if (event !== null) this.tell(event)
  }

  #end(ended: Ended): void {
    if (ended.kind === 'volume') this.volumes.giveUp(ended.id)
    else if (ended.kind === 'tiering') this.tierings.setStatus(ended.id, ended.status)
    else if (ended.message !== null) this.snapshots.fail(ended.id, ended.message)
    else {
      this.snapshots.remove(ended.id)
      this.deletions.removeEmpty()
    }
  }
}
