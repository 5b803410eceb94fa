import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { SnapshotId } from '../../contract/ids.ts'
import type { Tag } from '../../contract/tags.ts'
import { StorageTier } from '../../contract/tiering.ts'
import { BLOCK_BYTES } from '../../contract/units.ts'
import { bytesOf, type PlainModel } from '../../engine/testing/plain-model.ts'
import { REGIONS } from '../../engine/testing/random-copies.ts'
import { answerToDeletion, answerToDirectReader, isInReach, isLaunchable } from './plain-rules.ts'
import { ACCOUNTS, become } from './sharing-acts.ts'
import type { WorldSession } from './world-session.ts'
import type { WorldKey, WorldSnapshot } from './world-things.ts'

/** Compares what every account sees with the plain world. */
export async function lookAround(session: WorldSession): Promise<void> {
  const { account } = session.world
  for (const each of ACCOUNTS) {
    await become(session, each)
    await look(session)
  }
  await become(session, account)
}

/** What the account that asks sees: no more than it may, with figures that are true. */
export async function look(session: WorldSession): Promise<void> {
  const { scene, world } = session
  const { account } = world
  const view = await scene.view()
  const model = world.modelOf(account)
  const completed = view.snapshots.filter(({ state }) => state === 'completed')
  const seen = world.listed.filter((one) => isInReach(world, one))
  expect(sorted(completed.map((one) => one.snapshotId))).toEqual(sorted(seen.map(({ id }) => id)))
  const told = new Map(completed.map((one) => [one.snapshotId as string, one]))
  const figures = new Map(model.figures().map(({ parentId: _, ...one }) => [one.snapshotId, one]))
  for (const snapshot of seen) {
    const one = told.get(snapshot.id)!
    const isOwn = snapshot.owner === account
    expect(one, snapshot.id).toMatchObject(isOwn ? figures.get(snapshot.id)! : borrowed(snapshot))
    expect(one.parentId).toBe(isOwn ? parentOf(world.listed, snapshot) : null)
    expectKey(snapshot.key, one.encryption?.keyId)
    expect(keepOf(one.tags), snapshot.id).toBe(snapshot.tags.get(account))
  }
  const own = world.volumes.filter(({ owner }) => owner === account)
  const kept = view.volumes.filter((one) => one.ownerId === account && !one.isRemoved)
  expect(sorted(kept.map((one) => one.volumeId))).toEqual(sorted(own.map(({ id }) => id)))
  for (const volume of own) {
    expectKey(volume.key, kept.find(({ volumeId }) => volumeId === volume.id)!.encryption?.keyId)
  }
  const images = world.images.filter((one) => isLaunchable(world, one))
  expect(sorted(view.images.map((one) => one.imageId))).toEqual(sorted(images.map(({ id }) => id)))
  for (const { imageId, tags } of view.images) {
    const expected = images.find(({ id }) => id === imageId)!.tags.get(account)
    expect(keepOf(tags), imageId).toBe(expected)
  }
  expectBin(session, view.bin)
  expectSums(session, view)
}

/** Policies put others beside it. */
const keepOf = (tags: readonly Tag[]) => tags.find(({ key }) => key === 'Keep')?.value

type View = Awaited<ReturnType<WorldSession['scene']['view']>>

function expectBin({ world }: WorldSession, bin: View['bin']): void {
  const figures = new Map(
    world
      .modelOf(world.account)
      .figures()
      .map((one) => [one.snapshotId, one]),
  )
  const own = world.binned.filter(({ owner }) => owner === world.account)
  expect(sorted(bin.map((one) => one.snapshotId))).toEqual(sorted(own.map(({ id }) => id)))
  for (const { snapshotId, releasedAtExitBytes, exitsAt } of bin) {
    const expected = own.find(({ id }) => id === snapshotId)!
    expect(exitsAt).toBe(expected.exitsAt)
    expect(releasedAtExitBytes).toBe(figures.get(snapshotId)!.releasedIfDeletedBytes)
  }
}

/** Whom own keys are shared with, and which of others' open something. */
async function expectGrants({ scene, world }: WorldSession): Promise<void> {
  const { account } = world
  const { keys, sharedKeys } = await scene.engine.describeKeys()
  const there = world.keys.filter(({ id, state }) => id !== '' && state !== 'deleted')
  for (const key of there.filter((one) => one.account === account)) {
    const told = keys.find(({ keyId }) => keyId === key.id)
    expect(told?.sharedWith, key.id).toEqual(sorted([...key.grantees]))
  }
  const shared = there.filter(({ grantees }) => grantees.has(account))
  expect(sorted(sharedKeys.map(({ keyId }) => keyId))).toEqual(sorted(shared.map(({ id }) => id)))
}

/** By account and by region. */
function expectSums({ world }: WorldSession, view: View): void {
  expect(view.storedBytes).toBe(world.modelOf(world.account).holders().size * BLOCK_BYTES)
  for (const { accountId, storedBytes } of view.accounts) {
    const stored = world.modelOf(accountId).holders().size * BLOCK_BYTES
    expect(storedBytes, accountId).toBe(stored)
  }
  for (const { name, storedBytes } of view.regions) {
    const stored = world.modelOf(world.account).storedIn(name) * BLOCK_BYTES
    expect(storedBytes, name).toBe(stored)
  }
}

/** Restores what each account reaches, and tries what it does not. */
export async function readEverything(session: WorldSession): Promise<void> {
  const { scene, world } = session
  const { account } = world
  for (const each of ACCOUNTS) {
    await become(session, each)
    await expectGrants(session)
    for (const snapshot of world.living) {
      const snapshotId = snapshot.id as SnapshotId
      const target = { snapshotId, file: scene.path('read'), sha256: false, overwrite: true }
      const asked = answerToDirectReader(world, snapshot)
      const read = await session.ask(`read ${snapshot.id}`, asked, () =>
        scene.engine.restoreToFile(target),
      )
      if (read === null || snapshot.owner !== each) continue
      const isSame = (await scene.bytesOf(snapshotId)).equals(bytesOf(snapshot))
      expect(isSame, `bytes of ${snapshot.id}`).toBe(true)
    }
  }
  await become(session, account)
  expect(await scene.verify()).toMatchObject({ ok: true, problems: [] })
}

/** Holds the plan for a deletion against what is counted. */
export async function expectPlan(
  { scene, world }: WorldSession,
  doomed: readonly WorldSnapshot[],
  model: PlainModel,
): Promise<void> {
  const snapshotIds = doomed.map(({ id }) => id as SnapshotId)
  const now = scene.nowMs
  const plan = await scene.engine.planDeletion({ snapshotIds })
  const { heirs, heldBy, ...counted } = model.plan(doomed)
  const going = doomed.filter((one) => world.retentionDays(one) === null)
  const binned = doomed.filter((one) => !going.includes(one))
  const pinned = doomed.filter((one) => answerToDeletion(world, one, now) !== 'done')
  expect(plan).toMatchObject({
    ...counted,
    releasedNowBytes: model.plan(going).releasedBytes,
    binned: binned.map(({ id }) => ({ snapshotId: id })),
    pinned: pinned.map(({ id }) => ({ snapshotId: id })),
  })
  const held = plan.heldBy.map(({ volumeId, heldBytes }) => [volumeId, heldBytes])
  expect(held.sort()).toEqual(heldBy)
  const told = plan.heirs.map((heir) => [heir.snapshotId as string, heir.inheritedBytes])
  expect(new Map(told as [string, number][])).toEqual(heirs)
}

/** Nothing of anybody's is stored any more. */
export async function expectNothing(session: WorldSession): Promise<void> {
  const { scene } = session
  for (const each of ACCOUNTS) {
    await become(session, each)
    expect(await scene.view()).toMatchObject({
      storedBytes: 0,
      physicalBytes: 0,
      remnants: [],
      bin: [],
    })
  }
  for (const region of REGIONS) {
    for (const tier of StorageTier.options) expect(segmentsIn(session, region, tier)).toEqual([])
  }
}

function segmentsIn({ scene }: WorldSession, region: string, tier: StorageTier): string[] {
  const folder = join(scene.library, 'regions', region)
  const name = tier === 'archive' ? 'archive' : 'segments'
  return readdirSync(folder).includes(name) ? readdirSync(join(folder, name)) : []
}

/** What another account shares is borrowed whole. */
function borrowed({ cells }: WorldSnapshot) {
  const fullBytes = cells.filter((cell) => cell !== null).length * BLOCK_BYTES
  return { fullBytes, storedHereBytes: 0, addedBytes: 0, releasedIfDeletedBytes: 0 }
}

function parentOf(listed: readonly WorldSnapshot[], { parent }: WorldSnapshot): string | null {
  let above = parent
  while (above !== null && !listed.includes(above as WorldSnapshot)) above = above.parent
  return above?.id ?? null
}

function expectKey(key: WorldKey | null, keyId: string | undefined): void {
  if (key?.id === '' && keyId !== undefined) key.id = keyId
  expect(keyId ?? null).toBe(key?.id ?? null)
}

const sorted = (ids: readonly string[]) => [...ids].sort()
