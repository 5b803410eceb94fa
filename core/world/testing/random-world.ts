import type { VolumeId } from '../../contract/ids.ts'
import { REGIONS } from '../../engine/testing/random-copies.ts'
import type { Scene } from '../../engine/testing/scene.ts'
import type { Random } from '../../lineage/testing/random.ts'
import { setFastRestore, settleFastRestores } from './fast-restore-acts.ts'
import {
  copyImage,
  deregister,
  deregisterImage,
  launchImage,
  registerImage,
  tagImage,
} from './image-acts.ts'
import {
  archiveSnapshot,
  changeRules,
  deleteSnapshots,
  deleteThese,
  lockSnapshot,
  passTime,
  recoverSnapshot,
  restoreTier,
  tagSnapshot,
  unlockSnapshot,
} from './keeping-acts.ts'
import { linkImage } from './linked-acts.ts'
import { PlainWorld } from './plain-world.ts'
import { changePolicies, removePolicy, runPolicies, tagVolume } from './policy-acts.ts'
import {
  ACCOUNTS,
  become,
  changeDefault,
  changeKey,
  createKey,
  goElsewhere,
  permitImage,
  setPublicAccess,
  shareKey,
  shareSnapshot,
} from './sharing-acts.ts'
import { OTHER, OWNER } from './sharing-scene.ts'
import { reclaim, undoDeletion } from './undo-acts.ts'
import {
  cloneSnapshot,
  copySnapshot,
  createVolume,
  loadVolume,
  removeVolume,
  takeSnapshot,
  writeVolume,
} from './volume-acts.ts'
import { expectNothing, look, lookAround, readEverything } from './world-look.ts'
import { WorldSession } from './world-session.ts'

const READ_EVERY = 25
/** Longer than any lock or rule here. */
const LONG_DAYS = 60

const acts: readonly [weight: number, act: (session: WorldSession) => Promise<void>][] = [
  [5, goElsewhere],
  [3, createVolume],
  [2, linkImage],
  [9, writeVolume],
  [10, takeSnapshot],
  [5, cloneSnapshot],
  [4, loadVolume],
  [3, setFastRestore],
  [8, copySnapshot],
  [1, removeVolume],
  [6, shareSnapshot],
  [1, setPublicAccess],
  [1, createKey],
  [4, changeKey],
  [3, shareKey],
  [1, changeDefault],
  [4, deleteSnapshots],
  [4, deleteForAWhile],
  [3, undoDeletion],
  [3, recoverSnapshot],
  [4, changeRules],
  [4, tagSnapshot],
  [2, lockSnapshot],
  [2, unlockSnapshot],
  [5, archiveSnapshot],
  [5, restoreTier],
  [4, registerImage],
  [2, permitImage],
  [2, tagImage],
  [3, launchImage],
  [2, copyImage],
  [2, deregisterImage],
  [2, changePolicies],
  [3, tagVolume],
  [3, passDays],
  [2, reclaim],
]

/** What is deleted comes back after something else was done without it. */
async function deleteForAWhile(session: WorldSession): Promise<void> {
  const meanwhile = [takeSnapshot, cloneSnapshot, copySnapshot, archiveSnapshot]
  await deleteSnapshots(session)
  // Fast restore of what is gone is switched off by itself, and stays so when that comes back.
  await settleFastRestores(session)
  await session.random.pick(meanwhile)(session)
  await undoDeletion(session)
}

/** What policies do then comes after what is due otherwise. */
async function passDays(session: WorldSession): Promise<void> {
  await passTime(session)
  await runPolicies(session)
}

/** Does what comes to mind to a library with accounts, keys and tiers, and to the plain world. */
export class RandomWorld {
  readonly #session: WorldSession

  constructor(scene: Scene, random: Random) {
    this.#session = new WorldSession(scene, random, new PlainWorld(OWNER))
  }

  get log(): readonly string[] {
    return this.#session.log
  }

  /** Three accounts and two regions, and something to begin with. */
  async begin(): Promise<void> {
    const { engine } = this.#session.scene
    for (const name of REGIONS.slice(1)) await engine.addRegion({ name })
    for (const accountId of ACCOUNTS.slice(1)) await engine.addAccount({ accountId })
    for (const account of [OTHER, OWNER]) {
      await become(this.#session, account)
      await createKey(this.#session)
      await createVolume(this.#session)
    }
    const first = [createVolume, writeVolume, takeSnapshot, tagVolume, changePolicies]
    for (const act of first) await act(this.#session)
  }

  async next(step: number): Promise<void> {
    const { random } = this.#session
    let at = random.below(acts.reduce((sum, [weight]) => sum + weight, 0))
    const [, act] = acts.find(([weight]) => {
      at -= weight
      return at < 0
    })!
    await act(this.#session)
    if (act === goElsewhere) return
    await settleFastRestores(this.#session)
    await look(this.#session)
    if (step % READ_EVERY !== 0) return
    await lookAround(this.#session)
    await readEverything(this.#session)
  }

  /** Everything goes, by the ways that there are. */
  async end(): Promise<void> {
    const { scene, world } = this.#session
    await lookAround(this.#session)
    await passTime(this.#session, LONG_DAYS)
    for (const policy of [...world.policies]) {
      await become(this.#session, policy.account)
      await removePolicy(this.#session, policy)
    }
    for (const account of ACCOUNTS) {
      await become(this.#session, account)
      const images = world.images.filter(({ owner }) => owner === account)
      for (const image of images) await deregister(this.#session, image, false)
      const own = world.listed.filter(({ owner }) => owner === account)
      if (own.length > 0) await deleteThese(this.#session, own)
    }
    await passTime(this.#session, LONG_DAYS)
    for (const { id, owner } of world.volumes.filter(({ unloaded }) => unloaded.size > 0)) {
      await become(this.#session, owner)
      await scene.engine.removeVolume({ volumeId: id as VolumeId })
    }
    await scene.reclaim()
    await expectNothing(this.#session)
  }
}
