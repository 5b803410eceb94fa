import type { JobId } from '../../contract/ids.ts'
import { OWN_KEY } from '../../engine/master-key.ts'
import type { Scene } from '../../engine/testing/scene.ts'
import type { Random } from '../../lineage/testing/random.ts'
import { type Answer, isInReach, type WorldWish } from './plain-rules.ts'
import type { PlainWorld } from './plain-world.ts'
import type { WorldSnapshot, WorldVolume } from './world-things.ts'

/** A library, the plain world beside it, and a record of what was asked of both. */
export class WorldSession {
  /** What was done, for the message of a failure. */
  readonly log: string[] = []
  readonly scene: Scene
  readonly random: Random
  readonly world: PlainWorld
  #count = 0

  constructor(scene: Scene, random: Random, world: PlainWorld) {
    this.scene = scene
    this.random = random
    this.world = world
  }

  /** One that no other thing has. */
  name(kind: string): string {
    this.#count += 1
    return `${kind} ${this.#count}`
  }

  /**
   * Asks for something, and waits for its job.
   *
   * @param expected what it must be answered with. A refusal at once has to leave everything as it was
   * @returns null: it was refused
   */
  async ask<T extends object>(
    what: string,
    expected: Answer,
    request: () => Promise<T>,
  ): Promise<T | null> {
    this.log.push(`${this.world.account.slice(0, 4)}: ${what} -> ${expected}`)
    const before = await this.#revision()
    const { code, answer } = await answered(request)
    if (answer === null && (await this.#revision()) !== before) {
      throw new Error(`It was refused with ${code}, and changed something`)
    }
    const ended = answer === null ? code : await this.#ended(answer)
    if (ended !== expected) throw new Error(`${ended}, where ${expected} was expected`)
    return ended === 'done' ? answer : null
  }

  /** Waits for all that goes on by itself. */
  async settle(): Promise<void> {
    const { engine } = this.scene
    for (;;) {
      const running = (await engine.listJobs()).filter(({ state }) => state === 'running')
      if (running.length === 0) return
      for (const { jobId } of running) await engine.awaitJob({ jobId })
    }
  }

  /** Mostly one that the account that asks may reach, now and then whatever there is. */
  anySnapshot(): WorldSnapshot | undefined {
    const { listed, living } = this.world
    const reached = listed.filter((one) => isInReach(this.world, one))
    return this.#mostly(reached, living)
  }

  anyVolume(): WorldVolume | undefined {
    const { volumes, account } = this.world
    const own = volumes.filter(({ owner }) => owner === account)
    return this.#mostly(own, volumes)
  }

  wish(): WorldWish {
    const { account, region } = this.world
    const keys = this.world.keys.filter(({ id }) => id !== '')
    const own = keys.filter((one) => one.account === account && one.region === region)
    const key = this.#mostly(own, keys)
    const withKey = key === undefined ? {} : { key }
    return this.random.pick<WorldWish>([
      {},
      {},
      { encrypted: true },
      { encrypted: false },
      { encrypted: true, ...withKey },
      { encrypted: true, ...withKey },
      { encrypted: true, key: OWN_KEY },
      withKey,
    ])
  }

  #mostly<T>(usual: readonly T[], all: readonly T[]): T | undefined {
    const from = this.random.chance(0.85) ? usual : all
    return from.length === 0 ? undefined : this.random.pick(from)
  }

  async #revision(): Promise<number> {
    return (await this.scene.view()).revision
  }

  async #ended(answer: { jobId?: JobId }): Promise<Answer> {
    if (answer.jobId === undefined) return 'done'
    const { state, error } = await this.scene.engine.awaitJob({ jobId: answer.jobId })
    return state === 'done' ? 'done' : (error?.code ?? state)
  }
}

async function answered<T>(request: () => Promise<T>): Promise<{ code: Answer; answer: T | null }> {
  try {
    return { code: 'done', answer: await request() }
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === undefined || code === 'INTERNAL') throw error
    return { code, answer: null }
  }
}

/** As a request says it. */
export const asInput = ({ encrypted, key }: WorldWish) => ({
  ...(encrypted !== undefined && { encrypted }),
  ...(key !== undefined && { key: key === OWN_KEY ? key : key.id }),
})

export const inWords = (wish: WorldWish) => JSON.stringify(asInput(wish))
