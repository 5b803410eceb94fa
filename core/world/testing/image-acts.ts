import type { ImageId, RegionName, SnapshotId } from '../../contract/ids.ts'
import { REGIONS } from '../../engine/testing/random-copies.ts'
import { expectPaid } from './fast-restore-acts.ts'
import { goAway } from './keeping-acts.ts'
import {
  answerToDeletion,
  firstRefusal,
  isLaunchable,
  type KeyAnswer,
  keyOfCopy,
  keyOfVolume,
  openingWith,
  useOf,
} from './plain-rules.ts'
import { answerToImageOwner } from './sharing-acts.ts'
import { reclaim } from './undo-acts.ts'
import { addClone, answerOf, keyIn } from './volume-acts.ts'
import { asInput, inWords, type WorldSession } from './world-session.ts'
import type { WorldImage, WorldKey, WorldSnapshot } from './world-things.ts'

/** An image of one snapshot or of two. */
export async function registerImage(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const root = session.anySnapshot()
  if (root === undefined) return
  const others = world.listed.filter(
    (one) => one !== root && one.owner === root.owner && one.region === root.region,
  )
  const data = others.length > 0 && random.chance(0.5) ? [random.pick(others)] : []
  const snapshots = [root, ...data]
  const asked = firstRefusal(...snapshots.map((one) => answerToMapping(session, one)))
  const mappings = snapshots.map(({ id }, i) => ({
    deviceName: `/dev/sd${'af'[i]}`,
    snapshotId: id as SnapshotId,
  }))
  const input = { name: session.name('image'), rootDeviceName: '/dev/sda', mappings }
  const ids = snapshots.map(({ id }) => id).join(' ')
  const image = await session.ask(`image of ${ids}`, asked, () => scene.engine.registerImage(input))
  if (image === null) return
  const { imageId: id, ownerId: owner, region } = image
  world.images.push({ id, owner, region, snapshots, ...untouched() })
}

const untouched = () => ({ grantees: new Set<string>(), tags: new Map<string, string>() })

/** Only own ones are found; an image takes what stays in the standard tier. */
function answerToMapping({ world }: WorldSession, snapshot: WorldSnapshot): string {
  const isFound = snapshot.owner === world.account && world.listed.includes(snapshot)
  if (!isFound) return 'InvalidSnapshotID.NotFound'
  if (snapshot.tier === 'archive') return 'SNAPSHOT_ARCHIVED'
  return snapshot.restoredUntil === null ? 'done' : 'SNAPSHOT_RESTORED_FOR_DAYS'
}

/** Whoever may launch one has a tag of its own on it. */
export async function tagImage(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  if (world.images.length === 0) return
  const image = random.pick(world.images)
  const value = random.pick(['yes', 'no'])
  const asked = isLaunchable(world, image) ? 'done' : 'InvalidAMIID.NotFound'
  const set = { resourceId: image.id as ImageId, tags: [{ key: 'Keep', value }] }
  const done = await session.ask(`tag ${image.id} ${value}`, asked, () => scene.engine.setTags(set))
  if (done !== null) image.tags.set(world.account, value)
}

/** Deregisters an image, mostly with its snapshots. */
export async function deregisterImage(session: WorldSession): Promise<void> {
  const { random, world } = session
  if (world.images.length === 0) return
  const image = random.pick(world.images)
  await deregister(session, image, random.chance(0.6))
  if (world.images.includes(image)) return
  await reclaim(session)
}

export async function deregister(
  session: WorldSession,
  image: WorldImage,
  isDeleting: boolean,
): Promise<void> {
  const { scene, world } = session
  const { engine } = scene
  const imageId = image.id as ImageId
  const { revision } = await scene.view()
  const deleteSnapshots = isDeleting ? { revision, undoableMs: 0 } : null
  const told = await session.ask(
    `deregister ${image.id}${isDeleting ? ' with its snapshots' : ''}`,
    answerToImageOwner(session, image),
    () => engine.deregisterImage({ imageId, deleteSnapshots }),
  )
  if (told === null) return
  world.images.splice(world.images.indexOf(image), 1)
  if (!isDeleting) return
  const codes = new Map(told.snapshots.map((one) => [one.snapshotId as string, one.returnCode]))
  for (const snapshot of image.snapshots) expectReturn(session, snapshot, codes.get(snapshot.id))
  const gone = image.snapshots.filter(({ id }) => codes.get(id) === 'success')
  await goAway(session, gone)
}

function expectReturn({ scene, world }: WorldSession, snapshot: WorldSnapshot, found?: string) {
  const answer = answerToDeletion(world, snapshot, scene.nowMs)
  const codes: Record<string, string> = {
    done: 'success',
    'InvalidSnapshot.InUse': 'skipped',
    SNAPSHOT_LOCKED: 'client-error',
    'InvalidSnapshot.NotFound': 'client-error',
  }
  const isMapped = world.images.some(({ snapshots }) => snapshots.includes(snapshot))
  const expected = isMapped ? 'skipped' : codes[answer]
  if (found !== expected) throw new Error(`${snapshot.id}: ${found}, not ${expected}`)
}

/** An instance with a volume for each snapshot of an image; or none at all. */
export async function launchImage(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  if (world.images.length === 0) return
  const image = random.pick(world.images)
  const isVisible = isLaunchable(world, image)
  const chosen = image.snapshots.map((one) => keyOfVolume(world, one, {}, image.region))
  const volumes = image.snapshots.map((one, i) =>
    answerToLending(session, one, answerOf(chosen[i]!)),
  )
  const asked = firstRefusal(isVisible ? 'done' : 'InvalidAMIID.NotFound', ...volumes)
  const input = { imageId: image.id as ImageId, name: session.name('instance'), sizes: [] }
  const launching = await session.ask(`launch ${image.id}`, asked, () =>
    scene.engine.launchImage(input),
  )
  // A launch that fails takes away what it made: that loads no more.
  await session.settle()
  const refused = isVisible ? volumes.findIndex((answer) => answer !== 'done') : 0
  // A credit that was paid before that is gone.
  if (refused > 0) image.snapshots.slice(0, refused).forEach((one) => void world.fast.spend(one))
  if (launching === null) return
  const { result } = await scene.done(launching)
  if (result?.kind !== 'instance') throw new Error('It left no instance')
  for (const [i, snapshot] of image.snapshots.entries()) {
    const id = result.volumeIds[i]!
    const key = keyIn(chosen[i]!)
    addClone(session, id, snapshot, snapshot.sizeBytes, key).isAttached = true
    await expectPaid(session, id, snapshot)
  }
}

/** Copies of its snapshots, one after the other, and an image of those; what was copied stays. */
export async function copyImage(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  if (world.images.length === 0) return
  const image = random.pick(world.images)
  const region = random.pick(REGIONS)
  const wish = session.wish()
  const keys = image.snapshots.map((one) => keyOfCopy(world, one, wish, region))
  const copying = image.snapshots.map((one, i) => answerToLentCopy(session, one, keys[i]!))
  const isVisible = isLaunchable(world, image)
  // Before anything is copied.
  const atOnce = firstRefusal(isVisible ? 'done' : 'InvalidAMIID.NotFound', ...keys.map(refusalIn))
  const input = { imageId: image.id as ImageId, region, name: session.name('image') }
  const words = `copy ${image.id} to ${region} ${inWords(wish)}`
  const made = await session.ask(words, firstRefusal(atOnce, ...copying), () =>
    scene.engine.copyImage({ ...input, ...asInput(wish) }),
  )
  const refused = copying.findIndex((answer) => answer !== 'done')
  const sources = refused === -1 ? image.snapshots : image.snapshots.slice(0, refused)
  const copies: WorldSnapshot[] = []
  for (const [i, source] of atOnce === 'done' ? sources.entries() : []) {
    copies.push(await copyMade(session, source, region, keyIn(keys[i]!)))
  }
  if (made === null) return
  const { account: owner } = world
  world.images.push({ id: made.imageId, owner, region, snapshots: copies, ...untouched() })
}

const refusalIn = (chosen: KeyAnswer) => ('refusal' in chosen ? chosen.refusal : 'done')

/** What refuses a copy at once ends the whole as it is; what its job runs into is a part that failed. */
function answerToLentCopy(
  { world }: WorldSession,
  { tier, key }: WorldSnapshot,
  chosen: KeyAnswer,
): string {
  if (tier === 'archive') return 'SNAPSHOT_ARCHIVED'
  if ('refusal' in chosen) return chosen.refusal
  return firstRefusal(useOf(chosen.key), openingWith(world, key)) === 'done'
    ? 'done'
    : 'PART_FAILED'
}

async function copyMade(
  { scene, world }: WorldSession,
  source: WorldSnapshot,
  region: RegionName,
  key: WorldKey | null,
): Promise<WorldSnapshot> {
  const known = new Set(world.living.map(({ id }) => id))
  const found = (await scene.view()).snapshots.find(
    ({ snapshotId, copiedFrom, state }) =>
      copiedFrom === source.id && state === 'completed' && !known.has(snapshotId),
  )!
  world.copy(source, { id: found.snapshotId, name: found.name, region, key })
  return world.living.at(-1)!
}

/** Whoever may launch an image need not have its snapshots shared, but the keys of these. */
function answerToLending(
  { world }: WorldSession,
  { tier, key }: WorldSnapshot,
  sealing: string,
): string {
  if (tier === 'archive') return 'SNAPSHOT_ARCHIVED'
  return firstRefusal(sealing, openingWith(world, key)) === 'done' ? 'done' : 'PART_FAILED'
}
