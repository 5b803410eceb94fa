import { AccountId } from '../../contract/account.ts'
import type { ImageId, SnapshotId } from '../../contract/ids.ts'
import { REGIONS } from '../../engine/testing/random-copies.ts'
import {
  answerToChanging,
  answerToOwner,
  answerToSharing,
  answerToSharingKeys,
  firstRefusal,
  placeOf,
} from './plain-rules.ts'
import { unshare } from './plain-sharing.ts'
import { newKey } from './plain-world.ts'
import { OTHER, OWNER, THIRD } from './sharing-scene.ts'
import type { WorldSession } from './world-session.ts'
import { DAY_MS, type PublicAccess, type WorldImage, type WorldKey } from './world-things.ts'

export const ACCOUNTS = [OWNER, OTHER, THIRD]
const KEY_ACTS = ['disable', 'enable', 'enable', 'schedule', 'cancel', 'rotate'] as const

/** Another account asks from now on, or works in another region. */
export async function goElsewhere(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  // One of them has most of what there is.
  await become(session, random.pick([OWNER, ...ACCOUNTS]))
  world.region = random.pick(REGIONS)
  await scene.engine.useRegion({ name: world.region })
}

export async function become({ scene, world }: WorldSession, account: string): Promise<void> {
  if (world.account === account) return
  await scene.engine.useAccount({ account: AccountId.parse(account) })
  world.account = account
}

/** Shares a snapshot with an account or with everybody, or no longer. */
export async function shareSnapshot(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const snapshot = session.anySnapshot()
  if (snapshot === undefined) return
  const grantee = random.pick([...ACCOUNTS, ...ACCOUNTS, 'all'])
  const isAdding = random.chance(0.7)
  const withKey = isAdding && random.chance(snapshot.key === null ? 0.05 : 0.5)
  const snapshotId = snapshot.id as SnapshotId
  // Nothing else keeps one from taking a share away: of what is archived it can be, too.
  const asked = firstRefusal(
    isAdding ? answerToChanging(world, snapshot) : answerToOwner(world, snapshot),
    withKey ? answerToSharingKeys([snapshot]) : 'done',
    isAdding ? answerToSharing(world, snapshot, grantee) : 'done',
  )
  const word = isAdding ? `share${withKey ? ' with its key' : ''}` : 'unshare'
  const input = isAdding ? { add: [grantee], withKey } : { remove: [grantee] }
  const done = await session.ask(`${word} ${snapshot.id} ${grantee}`, asked, () =>
    scene.engine.shareSnapshot({ snapshotId, ...input }),
  )
  if (done === null || grantee === snapshot.owner) return
  if (isAdding) snapshot.grantees.add(grantee)
  else unshare(snapshot, grantee)
  if (withKey) snapshot.key?.grantees.add(grantee)
}

/** Shares a key with an account, or no longer. */
export async function shareKey(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const key = anyKey(session)
  if (key === undefined) return
  const grantee = random.pick(ACCOUNTS)
  const isAdding = random.chance(0.6)
  const isUnknown = key.account !== world.account || key.state === 'deleted'
  const isKept = key.isOwn && isAdding
  const asked = isUnknown ? 'KEY_UNKNOWN' : isKept ? 'OperationNotPermitted' : 'done'
  const input = isAdding ? { add: [grantee] } : { remove: [grantee] }
  const word = isAdding ? 'share' : 'unshare'
  const done = await session.ask(`${word} ${key.id} ${grantee}`, asked, () =>
    scene.engine.shareKey({ key: key.id, ...input }),
  )
  if (done === null || grantee === key.account) return
  if (isAdding) key.grantees.add(grantee)
  else key.grantees.delete(grantee)
}

export async function setPublicAccess(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const state = random.pick<PublicAccess>([
    'unblocked',
    'unblocked',
    'block-new-sharing',
    'block-all-sharing',
  ])
  await session.ask(`public access ${state}`, 'done', () => scene.engine.setPublicAccess({ state }))
  world.publicAccess.set(placeOf(world.account, world.region), state)
}

export async function createKey(session: WorldSession): Promise<void> {
  const { scene, world } = session
  const { account, region } = world
  const name = session.name('key')
  const made = await session.ask(`create ${name}`, 'done', () => scene.engine.createKey({ name }))
  world.keys.push(newKey(made!.keyId, account, region))
}

/** Does something to a key, its own or another's. */
export async function changeKey(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const key = anyKey(session)
  if (key === undefined) return
  const act = random.pick(KEY_ACTS)
  const ofKey = { key: key.id }
  const { engine } = scene
  const days = 7
  const requests = {
    disable: () => engine.disableKey(ofKey),
    enable: () => engine.enableKey(ofKey),
    schedule: () => engine.scheduleKeyDeletion({ ...ofKey, days }),
    cancel: () => engine.cancelKeyDeletion(ofKey),
    rotate: () => engine.rotateKey(ofKey),
  }
  const done = await session.ask(`${act} ${key.id}`, answerToKeyAct(world.account, key, act), () =>
    requests[act](),
  )
  if (done === null || act === 'rotate') return
  const states = { enable: 'enabled', schedule: 'pending-deletion' } as const
  key.state = act === 'disable' || act === 'cancel' ? 'disabled' : states[act]
  key.goesAt = act === 'schedule' ? scene.nowMs + days * DAY_MS : null
}

/** Mostly one that the account that asks may change, now and then whatever there is. */
function anyKey({ random, world }: WorldSession): WorldKey | undefined {
  const known = world.keys.filter(({ id }) => id !== '')
  if (known.length === 0) return undefined
  const own = known.filter(({ account, isOwn }) => account === world.account && !isOwn)
  return random.pick(own.length > 0 && random.chance(0.8) ? own : known)
}

function answerToKeyAct(
  account: string,
  { account: owner, isOwn, state }: WorldKey,
  act: (typeof KEY_ACTS)[number],
): string {
  if (owner !== account || state === 'deleted') return 'KEY_UNKNOWN'
  if (isOwn) return 'KEY_MANAGED'
  const isPending = state === 'pending-deletion'
  const isFit = act === 'cancel' ? isPending : act === 'rotate' ? state === 'enabled' : !isPending
  return isFit ? 'done' : 'KEY_STATE_REFUSED'
}

/** How the account encrypts where nothing is said. */
export async function changeDefault(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const { engine } = scene
  const place = placeOf(world.account, world.region)
  const isHere = ({ id, account, region, state }: WorldKey) =>
    id !== '' && placeOf(account, region) === place && state !== 'deleted'
  const keys = world.keys.filter(isHere)
  if (keys.length > 0 && random.chance(0.5)) {
    const key = random.pick([null, ...keys])
    const input = { key: key?.id ?? null }
    await session.ask(`default key ${key?.id}`, 'done', () => engine.setDefaultKey(input))
    if (key === null) world.defaultKeys.delete(place)
    else world.defaultKeys.set(place, key)
    return
  }
  const isOn = random.chance(0.4)
  await session.ask(`encrypt by default: ${isOn}`, 'done', () =>
    engine.setEncryptionByDefault({ isOn }),
  )
  if (isOn) world.sealing.add(place)
  else world.sealing.delete(place)
}

/** Lets another account launch an image. */
export async function permitImage(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  if (world.images.length === 0) return
  const image = random.pick(world.images)
  const grantee = random.pick(ACCOUNTS)
  const isSealed = image.snapshots.some(({ key }) => key !== null)
  const withKeys = random.chance(isSealed ? 0.5 : 0.05)
  const input = { imageId: image.id as ImageId, accounts: [grantee], all: false, withKeys }
  const isNew = grantee !== image.owner && !image.grantees.has(grantee)
  const isKept = image.snapshots.some(({ key }) => key?.isOwn === true)
  const asked = firstRefusal(
    answerToImageOwner(session, image),
    withKeys ? answerToSharingKeys(image.snapshots) : 'done',
    isNew && isKept ? 'OperationNotPermitted' : 'done',
  )
  const words = `permit ${image.id} ${grantee}${withKeys ? ' with its keys' : ''}`
  const done = await session.ask(words, asked, () =>
    scene.engine.modifyImagePermissions({ ...input, operation: 'add' }),
  )
  if (done === null) return
  image.grantees.add(grantee)
  if (!withKeys || grantee === image.owner) return
  for (const { key } of image.snapshots) key?.grantees.add(grantee)
}

export function answerToImageOwner({ world }: WorldSession, image: WorldImage): string {
  if (image.owner === world.account) return 'done'
  return image.grantees.has(world.account) ? 'IMAGE_NOT_YOURS' : 'InvalidAMIID.NotFound'
}
