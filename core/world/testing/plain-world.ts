import { PlainModel, type Version } from '../../engine/testing/plain-model.ts'
import { PlainFastRestores } from './plain-fast-restores.ts'
import { unshare } from './plain-sharing.ts'
import type {
  PublicAccess,
  Sealed,
  WorldDeletion,
  WorldImage,
  WorldKey,
  WorldPolicy,
  WorldRule,
  WorldSnapshot,
  WorldVolume,
} from './world-things.ts'

/** A library with accounts, keys, tiers and the rest, as plain objects: nothing is worked out ahead. */
export class PlainWorld {
  account: string
  region = 'local'
  readonly keys: WorldKey[] = []
  readonly rules: WorldRule[] = []
  readonly images: WorldImage[] = []
  readonly deletions: WorldDeletion[] = []
  readonly policies: WorldPolicy[] = []
  readonly fast = new PlainFastRestores(this)
  /** Where encryption by default is on, and what was chosen as default key, by account and region. */
  readonly sealing = new Set<string>()
  readonly defaultKeys = new Map<string, WorldKey>()
  readonly publicAccess = new Map<string, PublicAccess>()
  readonly #model = new PlainModel()
  /** Volumes that snapshots were taken of, removed ones too. */
  readonly #homes = new Map<string, WorldVolume>()
  readonly #newestCopies = new Map<string, WorldSnapshot>()
  /** Among which blocks one that is sealed can be told from others; copies of it keep that. */
  readonly #comparable = new WeakMap<Version, Sealed>()

  constructor(account: string) {
    this.account = account
  }

  get volumes(): WorldVolume[] {
    return this.#model.volumes as WorldVolume[]
  }

  /** All that hold their blocks, those in the bin too. */
  get living(): WorldSnapshot[] {
    return this.#model.living as WorldSnapshot[]
  }

  get listed(): WorldSnapshot[] {
    return this.living.filter(({ exitsAt }) => exitsAt === null)
  }

  get binned(): WorldSnapshot[] {
    return this.living.filter(({ exitsAt }) => exitsAt !== null)
  }

  /**
   * What one account has, as a model of its own: no block is shared between two. But the volumes of
   * others may have to load what it has.
   */
  modelOf(account: string): PlainModel {
    const model = new PlainModel()
    model.snapshots.push(...this.living.filter(({ owner }) => owner === account))
    model.volumes.push(...this.volumes)
    return model
  }

  /** The key that is kept for an account in a region. */
  ownKey(account: string, region: string): WorldKey {
    const isIt = (key: WorldKey) => key.isOwn && key.account === account && key.region === region
    const found = this.keys.find(isIt)
    if (found !== undefined) return found
    const key = newKey('', account, region)
    this.keys.push({ ...key, isOwn: true })
    return this.keys.at(-1)!
  }

  take(volume: WorldVolume, id: string, name: string): void {
    const taken = this.#model.snapshot(volume, id, name)
    this.#homes.set(volume.id, volume)
    Object.assign(taken, blank(volume.owner, volume.key, volume.sealed))
    for (const cell of taken.cells) if (cell?.writer === taken) this.#mark(cell, volume.sealed)
  }

  /** What a copy to a region under that key would be laid over. */
  copyBase(source: WorldSnapshot, region: string, key: WorldKey | null): WorldSnapshot | null {
    if (this.#isHome(source, region) && source.key === key) return source
    const newest = this.#newestCopies.get(this.#copyPlace(source, region))
    if (newest === undefined || !this.listed.includes(newest)) return null
    const others = this.listed.filter(
      (one) => one.isCopy && one.volumeId === source.volumeId && this.#isHome(one, region),
    )
    const isUsable =
      newest.tier === 'standard' && others.every((one) => one.key === key || this.#isOfVolume(one))
    return isUsable ? newest : null
  }

  /** @returns how many blocks moved */
  copy(
    source: WorldSnapshot,
    made: { id: string; name: string; region: string; key: WorldKey | null },
  ): number {
    const { region, key } = made
    const base = this.copyBase(source, region, key)
    const sealed = base?.sealed ?? (key === null ? null : { by: key })
    const copy: WorldSnapshot = {
      ...source,
      ...blank(this.account, key, sealed),
      ...made,
      isCopy: true,
      order: this.#model.snapshots.length,
      parent: base,
      isAlive: true,
    }
    copy.cells = source.cells.map((cell, index) => {
      const before = base?.cells[index] ?? null
      const among = cell && (this.#comparable.get(cell) ?? sealed)
      if (cell === null || this.#isSame(cell, before, among)) return cell && before
      return this.#mark({ bytes: cell.bytes, writer: copy }, among)
    })
    if (base !== source) this.#newestCopies.set(this.#copyPlace(source, region), copy)
    this.#model.snapshots.push(copy)
    return copy.cells.filter((cell) => cell?.writer === copy).length
  }

  /** It gets blocks of its own; others go on with those that it had. */
  archive(snapshot: WorldSnapshot): void {
    this.#detach(snapshot)
    snapshot.cells = this.#ownCells(snapshot)
    snapshot.tier = 'archive'
    // Nobody gets it back by its restore.
    unshare(snapshot, ...snapshot.grantees)
  }

  /** @param until null: for good */
  restore(snapshot: WorldSnapshot, until: number | null): void {
    if (snapshot.tier === 'archive') {
      snapshot.archived = snapshot.cells
      snapshot.cells = this.#ownCells(snapshot)
      snapshot.tier = 'standard'
    }
    if (until === null) snapshot.archived = null
    snapshot.restoredUntil = until
  }

  /** What is due by then goes: out of the bin, back to the archive, and keys for good. */
  passTo(now: number): void {
    for (const key of this.keys) if (key.goesAt !== null && key.goesAt <= now) key.state = 'deleted'
    for (const snapshot of this.binned) {
      if (snapshot.exitsAt! <= now) Object.assign(snapshot, { isAlive: false, exitsAt: null })
    }
    this.endDeletions()
    this.fast.pass()
    // It leaves the standard tier when the library is opened again, not before.
    for (const snapshot of this.living) {
      if (snapshot.restoredUntil === null || snapshot.restoredUntil > now) continue
      this.#detach(snapshot)
      snapshot.cells = snapshot.archived!
      Object.assign(snapshot, { tier: 'archive', archived: null, restoredUntil: null })
      unshare(snapshot, ...snapshot.grantees)
    }
    this.fast.settle()
  }

  /** None can be taken back any more; what is in the bin can be recovered from there. */
  endDeletions(): void {
    for (const deletion of this.deletions) deletion.doomed = []
  }

  /** Days in the bin, by the longest rule that is for it; null: none is. */
  retentionDays({ owner, region, tags }: WorldSnapshot): number | null {
    const tag = tags.get(owner) ?? null
    const days = this.rules
      .filter((rule) => rule.account === owner && rule.region === region)
      .filter((rule) =>
        rule.tag === null ? rule.except !== tag || tag === null : rule.tag === tag,
      )
      .map((rule) => rule.days)
    return days.length === 0 ? null : Math.max(...days)
  }

  #detach(snapshot: WorldSnapshot): void {
    const remnant = { ...snapshot, isAlive: false }
    for (const one of this.#model.snapshots) if (one.parent === snapshot) one.parent = remnant
    for (const volume of this.volumes) if (volume.base === snapshot) volume.base = remnant
    // What it stands on may be archived next.
    this.#model.snapshots.push(remnant)
    snapshot.parent = null
  }

  #ownCells(snapshot: WorldSnapshot): (Version | null)[] {
    return snapshot.cells.map(
      (cell) =>
        cell &&
        this.#mark({ bytes: cell.bytes, writer: snapshot }, this.#comparable.get(cell) ?? null),
    )
  }

  /** @param among null: neither is sealed */
  #isSame(cell: Version, before: Version | null, among: Sealed | null): boolean {
    if (before === null || before === cell) return before === cell
    const isComparable = (this.#comparable.get(before) ?? null) === among
    return isComparable && before.bytes.equals(cell.bytes)
  }

  #mark(cell: Version, among: Sealed | null): Version {
    if (among !== null) this.#comparable.set(cell, among)
    return cell
  }

  /** Where its volume is, and sealed as that is: such copies read the blocks of their source. */
  #isOfVolume({ volumeId, owner, region, sealed }: WorldSnapshot): boolean {
    const home = this.#homes.get(volumeId)
    return home?.owner === owner && home.region === region && home.sealed === sealed
  }

  #isHome({ owner, region }: WorldSnapshot, where: string): boolean {
    return owner === this.account && region === where
  }

  #copyPlace = ({ volumeId }: WorldSnapshot, region: string) =>
    `${volumeId} ${this.account} ${region}`
}

/** @param id empty: of the key that Strata keeps for an account nobody is told it */
export const newKey = (id: string, account: string, region: string): WorldKey => ({
  ...{ id, account, region, isOwn: false, state: 'enabled', goesAt: null },
  grantees: new Set(),
})

const blank = (owner: string, key: WorldKey | null, sealed: Sealed | null) => ({
  owner,
  key,
  sealed,
  isCopy: false,
  tier: 'standard' as const,
  archived: null,
  restoredUntil: null,
  grantees: new Set<string>(),
  lock: null,
  tags: new Map<string, string>(),
  exitsAt: null,
})
