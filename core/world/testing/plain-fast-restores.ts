import { isInReach } from './plain-rules.ts'
import type { PlainWorld } from './plain-world.ts'
import type { WorldSnapshot } from './world-things.ts'

/** What EBS starts with, of one account in one region. */
const MOST = 5
/** Of small volumes, after an hour and more. */
const FULL_BUCKET = 10

type Fast = {
  readonly account: string
  readonly snapshot: WorldSnapshot
  state: 'on' | 'disabling' | 'disabled'
  credits: number
}

/** Which snapshots are restored fast, and for whom. */
export class PlainFastRestores {
  readonly #world: PlainWorld
  #all: Fast[] = []

  constructor(world: PlainWorld) {
    this.#world = world
  }

  /** What the account that asks is told of. */
  get listed(): Fast[] {
    return this.#all.filter((fast) => fast.account === this.#world.account && this.#isUsable(fast))
  }

  isOn(snapshot: WorldSnapshot): boolean {
    return this.#of(snapshot)?.state === 'on'
  }

  isOff(snapshot: WorldSnapshot): boolean {
    return (this.#of(snapshot)?.state ?? 'disabled') === 'disabled'
  }

  hasRoom({ region }: WorldSnapshot): boolean {
    const { account } = this.#world
    const own = this.#all.filter((fast) => fast.account === account && fast.state === 'on')
    return own.filter(({ snapshot }) => snapshot.region === region).length < MOST
  }

  set(snapshot: WorldSnapshot, isOn: boolean): void {
    const { account } = this.#world
    const found = this.#of(snapshot)
    if (isOn === (found?.state === 'on')) return
    if (!isOn) found!.state = found!.state === 'on' ? 'disabling' : found!.state
    else if (found === undefined) this.#all.push({ account, snapshot, state: 'on', credits: 0 })
    else Object.assign(found, { state: 'on', credits: 0 })
  }

  hasCredit(snapshot: WorldSnapshot): boolean {
    const found = this.#of(snapshot)
    return found?.state === 'on' && found.credits > 0
  }

  /** Whether a volume of it is made fast now, which costs a credit. */
  spend(snapshot: WorldSnapshot): boolean {
    const isPaid = this.hasCredit(snapshot)
    if (isPaid) this.#of(snapshot)!.credits -= 1
    return isPaid
  }

  /** What cannot be used any more is switched off, and forgotten once it is off. */
  settle(): void {
    for (const fast of this.#all) {
      if (fast.state === 'on' && !this.#isUsable(fast)) fast.state = 'disabling'
    }
    this.#all = this.#all.filter((fast) => fast.state !== 'disabled' || this.#isUsable(fast))
  }

  /** Hours go by. */
  pass(): void {
    this.settle()
    for (const fast of this.#all) {
      if (fast.state === 'on') fast.credits = FULL_BUCKET
      else fast.state = 'disabled'
    }
    this.settle()
  }

  #of(snapshot: WorldSnapshot): Fast | undefined {
    return this.#all.find(
      (fast) => fast.snapshot === snapshot && fast.account === this.#world.account,
    )
  }

  #isUsable({ account, snapshot }: Fast): boolean {
    return isInReach(this.#world, snapshot, account) && snapshot.tier === 'standard'
  }
}
