import { OWN_KEY } from '../../engine/master-key.ts'
import type { PlainWorld } from './plain-world.ts'
import type { WorldImage, WorldKey, WorldSnapshot } from './world-things.ts'

/** What a request is answered with: `done`, or the code of its refusal. */
export type Answer = string

/** What a request says of encryption. */
export type WorldWish = { encrypted?: boolean; key?: WorldKey | typeof OWN_KEY }

/** Which key something would have, null for none; or why it is refused. */
export type KeyAnswer = { key: WorldKey | null; isDefault?: true } | { refusal: Answer }

export const placeOf = (account: string, region: string) => `${account} ${region}`

/** Own ones, and those of others that are shared and whose owner does not keep the public out. */
export function isInReach(
  world: PlainWorld,
  snapshot: WorldSnapshot,
  account = world.account,
): boolean {
  if (!world.listed.includes(snapshot)) return false
  const { owner, region, grantees } = snapshot
  if (owner === account || grantees.has(account)) return true
  return grantees.has('all') && accessOf(world, owner, region) !== 'block-all-sharing'
}

export function accessOf(world: PlainWorld, account: string, region: string) {
  return world.publicAccess.get(placeOf(account, region)) ?? 'unblocked'
}

/** Whatever its owner alone may do with a snapshot. */
export function answerToOwner(world: PlainWorld, snapshot: WorldSnapshot): Answer {
  if (!isInReach(world, snapshot)) return 'InvalidSnapshot.NotFound'
  return snapshot.owner === world.account ? 'done' : 'OperationNotPermitted'
}

/** As to its owner, of what has to be in the standard tier. */
export function answerToChanging(world: PlainWorld, snapshot: WorldSnapshot): Answer {
  const archived = snapshot.tier === 'archive' ? 'SNAPSHOT_ARCHIVED' : 'done'
  return firstRefusal(answerToOwner(world, snapshot), archived)
}

export function answerToReader(world: PlainWorld, snapshot: WorldSnapshot): Answer {
  if (!isInReach(world, snapshot)) return 'InvalidSnapshot.NotFound'
  if (snapshot.tier === 'archive') return 'SNAPSHOT_ARCHIVED'
  return openingWith(world, snapshot.key)
}

/** Whether the account that asks can open what a key sealed, its own or another's. */
export function openingWith({ account }: PlainWorld, key: WorldKey | null): Answer {
  const isAccessible =
    key === null || key.state === 'deleted' || key.account === account || key.grantees.has(account)
  return isAccessible ? useOf(key) : 'KEY_NOT_ACCESSIBLE'
}

/** What is only public is not read block by block; it is never encrypted. */
export function answerToDirectReader(world: PlainWorld, snapshot: WorldSnapshot): Answer {
  const answer = answerToReader(world, snapshot)
  if (answer !== 'done' || snapshot.owner === world.account) return answer
  return snapshot.grantees.has(world.account) ? answer : 'ValidationException'
}

/** Whether what a key sealed can be opened, and more be sealed with it. */
export function useOf(key: WorldKey | null): Answer {
  if (key === null || key.state === 'enabled') return 'done'
  return key.state === 'deleted' ? 'KEY_DELETED' : 'KMSInvalidStateException'
}

/** Its owner may, and whoever it is permitted to. */
export const isLaunchable = ({ account }: PlainWorld, { owner, grantees }: WorldImage) =>
  owner === account || grantees.has(account)

export const firstRefusal = (...answers: Answer[]): Answer =>
  answers.find((answer) => answer !== 'done') ?? 'done'

/** The key of a new volume, empty or of a snapshot, by ebs.md 7.1. */
export function keyOfVolume(
  world: PlainWorld,
  source: WorldSnapshot | null,
  { encrypted, key }: WorldWish,
  region: string,
): KeyAnswer {
  const sealed = source?.key ?? null
  if (sealed !== null && encrypted === false) return { refusal: 'InvalidParameterCombination' }
  if (key !== undefined && encrypted !== true) return { refusal: 'InvalidParameterDependency' }
  if (key !== undefined) return named(world, key, region)
  if (sealed !== null) {
    return source!.owner === world.account ? { key: sealed } : defaultKey(world, region)
  }
  const isSealed = encrypted === true || world.sealing.has(placeOf(world.account, region))
  return isSealed ? defaultKey(world, region) : { key: null }
}

/** The key of a copy, by ebs.md 7.2. That its own key is disabled is told at once. */
export function keyOfCopy(
  world: PlainWorld,
  source: WorldSnapshot,
  { encrypted, key }: WorldWish,
  region: string,
): KeyAnswer {
  if (source.key === null && key !== undefined && encrypted !== true) {
    return { refusal: 'InvalidParameterDependency' }
  }
  const isSealed =
    source.key !== null || encrypted === true || world.sealing.has(placeOf(world.account, region))
  const unnamed = () => (isSealed ? defaultKey(world, region) : { key: null })
  const chosen = key === undefined ? unnamed() : named(world, key, region)
  const isDisabled = 'key' in chosen && chosen.key?.state === 'disabled'
  return isDisabled ? { refusal: 'InvalidParameterValue' } : chosen
}

function named(world: PlainWorld, key: NonNullable<WorldWish['key']>, region: string): KeyAnswer {
  if (key === OWN_KEY) return { key: world.ownKey(world.account, region) }
  const isThere = key.account === world.account && key.region === region && key.state !== 'deleted'
  return isThere ? { key } : { refusal: 'InvalidParameterValue' }
}

function defaultKey(world: PlainWorld, region: string): KeyAnswer {
  const chosen = world.defaultKeys.get(placeOf(world.account, region))
  return { key: chosen ?? world.ownKey(world.account, region), isDefault: true }
}

/** What keeps a snapshot from being deleted. */
export function answerToDeletion(world: PlainWorld, snapshot: WorldSnapshot, now: number): Answer {
  const toOwner = answerToOwner(world, snapshot)
  if (toOwner !== 'done') return toOwner
  if (isLocked(snapshot, now)) return 'SNAPSHOT_LOCKED'
  return isMapped(world, snapshot) ? 'InvalidSnapshot.InUse' : 'done'
}

export const isLocked = ({ lock }: WorldSnapshot, now: number) => lock !== null && now < lock.until

/** Nobody takes such a lock away or makes it shorter. */
export const isFixed = ({ lock }: WorldSnapshot, now: number) =>
  lock?.isCompliance === true && now >= lock.coolOffUntil && now < lock.until

export const isMapped = (world: PlainWorld, snapshot: WorldSnapshot) =>
  world.images.some(({ snapshots }) => snapshots.includes(snapshot))

export function answerToArchiving(world: PlainWorld, snapshot: WorldSnapshot): Answer {
  const toOwner = answerToChanging(world, snapshot)
  if (toOwner !== 'done') return toOwner
  if (isMapped(world, snapshot) || snapshot.archived !== null) return 'ARCHIVE_REFUSED'
  return useOf(snapshot.key)
}

export function answerToRestoring(world: PlainWorld, snapshot: WorldSnapshot): Answer {
  const toOwner = answerToOwner(world, snapshot)
  if (toOwner !== 'done') return toOwner
  if (snapshot.tier === 'archive') return useOf(snapshot.key)
  return snapshot.archived === null ? 'SNAPSHOT_NOT_ARCHIVED' : 'done'
}

/** Of sharing the keys of snapshots with whoever these are shared with. */
export function answerToSharingKeys(snapshots: readonly WorldSnapshot[]): Answer {
  const keys = snapshots.flatMap(({ key }) => key ?? [])
  if (keys.length === 0) return 'InvalidParameterCombination'
  return firstRefusal(
    ...keys.map(({ state, isOwn }) =>
      state === 'deleted' ? 'KEY_DELETED' : isOwn ? 'OperationNotPermitted' : 'done',
    ),
  )
}

/** Of sharing with one account, or with `all`; what it is shared with already changes nothing. */
export function answerToSharing(
  world: PlainWorld,
  snapshot: WorldSnapshot,
  grantee: string,
): Answer {
  const toOwner = answerToChanging(world, snapshot)
  if (toOwner !== 'done') return toOwner
  const { owner, region, key, grantees } = snapshot
  if (grantees.has(grantee) || grantee === owner) return 'done'
  const isRefused =
    (key !== null && (grantee === 'all' || key.isOwn)) ||
    (grantee === 'all' && accessOf(world, owner, region) !== 'unblocked')
  return isRefused ? 'OperationNotPermitted' : 'done'
}
