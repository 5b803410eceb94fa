import { writeFileSync } from 'node:fs'
import { RegionName, type SnapshotId, type VolumeId } from '../../contract/ids.ts'
import { BLOCK_BYTES } from '../../contract/units.ts'
import { grownTo, layOver, newVolume, toLoad } from '../../engine/testing/plain-volume.ts'
import { contentAtRandom } from '../../engine/testing/random-content.ts'
import { REGIONS } from '../../engine/testing/random-copies.ts'
import { blockBytes } from '../../testing/make-image.ts'
import { expectPaid } from './fast-restore-acts.ts'
import { changeImage } from './linked-acts.ts'
import {
  answerToReader,
  firstRefusal,
  isInReach,
  type KeyAnswer,
  keyOfCopy,
  keyOfVolume,
  useOf,
} from './plain-rules.ts'
import { asInput, inWords, type WorldSession } from './world-session.ts'
import type { WorldKey, WorldSnapshot, WorldVolume } from './world-things.ts'

export const MAX_BLOCKS = 5

/** An empty volume, encrypted or not. */
export async function createVolume(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const wish = session.wish()
  const chosen = keyOfVolume(world, null, wish, world.region)
  const count = 1 + random.below(MAX_BLOCKS)
  const sizeBytes = count * BLOCK_BYTES
  const input = { name: session.name('volume'), sizeBytes, ...asInput(wish) }
  const made = await session.ask(`create ${inWords(wish)}`, answerOf(chosen), () =>
    scene.engine.createVolume(input),
  )
  if (made === null) return
  addVolume(session, made.volumeId, world.region, sizeBytes, keyIn(chosen))
}

/** Writes over one or two whole blocks, or across a border. */
export async function writeVolume(session: WorldSession): Promise<void> {
  const { scene, random } = session
  const volume = session.anyVolume()
  if (volume === undefined) return
  if (volume.kind === 'linked') return changeImage(session, volume)
  const first = random.below(volume.cells.length)
  const at = first * BLOCK_BYTES + random.pick([0, 0, 4_000])
  const contents = [contentAtRandom(random), contentAtRandom(random)]
  const bytes = Buffer.concat(contents.map(blockBytes)).subarray(0, volume.sizeBytes - at)
  const file = scene.path('bytes')
  writeFileSync(file, bytes)
  const volumeId = volume.id as VolumeId
  const asked = firstRefusal(answerToVolume(session, volume), useOf(volume.key))
  const done = await session.ask(`write ${volume.id} ${at}`, asked, () =>
    scene.engine.writeFile({ volumeId, offsetBytes: at, file }),
  )
  if (done !== null) layOver(volume, at, bytes)
}

export async function takeSnapshot(session: WorldSession): Promise<void> {
  const { scene, world } = session
  const volume = session.anyVolume()
  if (volume === undefined) return
  const name = session.name('snapshot')
  const asked = firstRefusal(answerToVolume(session, volume), useOf(volume.key))
  const taken = await session.ask(`snapshot of ${volume.id}`, asked, () =>
    scene.engine.takeSnapshot({ volumeId: volume.id as VolumeId, name }),
  )
  if (taken !== null) world.take(volume, taken.snapshotId, name)
}

/** A volume of a snapshot, own or shared. */
export async function cloneSnapshot(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const source = session.anySnapshot()
  if (source === undefined) return
  const wish = session.wish()
  const { region } = source
  const sizeBytes = source.sizeBytes + random.pick([0, 0, BLOCK_BYTES])
  const input = { name: session.name('clone'), sizeBytes, ...asInput(wish) }
  const chosen = keyOfVolume(world, source, wish, region)
  const asked = answerToCloning(session, source, chosen)
  const isLazy = asked === 'done' && keyIn(chosen) === null && !world.fast.hasCredit(source)
  const isPaused = isLazy && random.chance(0.6)
  const made = await session.ask(`clone ${source.id} ${inWords(wish)}`, asked, async () => {
    const snapshotId = source.id as SnapshotId
    const { jobId, volumeId } = await scene.engine.createVolumeFromSnapshot({
      snapshotId,
      ...input,
    })
    if (!isPaused) return { jobId, volumeId }
    await scene.engine.pauseLoading({ volumeId })
    return { volumeId }
  })
  // What it still has to load is held.
  await session.settle()
  if (made === null) return
  const volume = addClone(session, made.volumeId, source, sizeBytes, keyIn(chosen))
  if (isPaused) volume.unloaded = toLoad(volume.cells)
  await expectPaid(session, made.volumeId, source)
}

/** Loads a block of a volume, or all that it waits for. */
export async function loadVolume(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const waiting = world.volumes.filter(({ unloaded }) => unloaded.size > 0)
  if (waiting.length === 0) return
  const volume = random.pick(waiting)
  const volumeId = volume.id as VolumeId
  const asked = answerToVolume(session, volume)
  if (random.chance(0.5)) {
    const loaded = await session.ask(`load ${volumeId}`, asked, () =>
      scene.engine.loadVolume({ volumeId }),
    )
    if (loaded !== null) volume.unloaded.clear()
    return
  }
  const firstBlock = random.pick([...volume.unloaded])
  const touched = await session.ask(`touch ${volumeId} ${firstBlock}`, asked, () =>
    scene.engine.touchVolume({ volumeId, firstBlock, blockCount: 1 }),
  )
  if (touched !== null) volume.unloaded.delete(firstBlock)
}

export function addClone(
  session: WorldSession,
  id: string,
  source: WorldSnapshot,
  sizeBytes: number,
  key: WorldKey | null,
): WorldVolume {
  const volume = addVolume(session, id, source.region, sizeBytes, key)
  volume.cells = grownTo(source.cells, sizeBytes)
  // Only under one owner and one key it goes on with the snapshot.
  if (source.owner === session.world.account && source.key === key) volume.base = source
  if (source.key === key) volume.sealed = source.sealed
  return volume
}

/** What refuses a volume of a snapshot at once comes before what its job runs into. */
export function answerToCloning(
  { world }: WorldSession,
  source: WorldSnapshot,
  chosen: KeyAnswer,
): string {
  const reading = answerToReader(world, source)
  if (reading === 'InvalidSnapshot.NotFound' || reading === 'SNAPSHOT_ARCHIVED') return reading
  return firstRefusal(answerOf(chosen), reading)
}

export async function copySnapshot(session: WorldSession): Promise<void> {
  const { scene, random, world } = session
  const source = session.anySnapshot()
  if (source === undefined) return
  const wish = session.wish()
  const region = random.pick(REGIONS)
  const chosen = keyOfCopy(world, source, wish, region)
  const name = session.name('copy')
  const input = { snapshotId: source.id as SnapshotId, region: RegionName.parse(region), name }
  const asked = isInReach(world, source)
    ? answerToCloning(session, source, chosen)
    : 'SOURCE_NOT_FOUND'
  const copying = await session.ask(`copy ${source.id} to ${region} ${inWords(wish)}`, asked, () =>
    scene.engine.copySnapshot({ ...input, ...asInput(wish) }),
  )
  if (copying === null) return
  const { result } = await scene.done(copying)
  if (result?.kind !== 'copy') throw new Error('It left no copy')
  const key = keyIn(chosen)
  const base = world.copyBase(source, region, key)
  const moved = world.copy(source, { id: copying.snapshotId, name, region, key }) * BLOCK_BYTES
  if (result.movedBytes !== moved || result.baseId !== (base?.id ?? null)) {
    const expected = `${moved} over ${base?.id}`
    throw new Error(`${result.movedBytes} moved over ${result.baseId}, not ${expected}`)
  }
}

export async function removeVolume(session: WorldSession): Promise<void> {
  const { scene, world } = session
  const volume = session.anyVolume()
  if (volume === undefined) return
  const asked = firstRefusal(
    answerToVolume(session, volume),
    volume.isAttached ? 'VolumeInUse' : 'done',
  )
  const removed = await session.ask(`remove ${volume.id}`, asked, () =>
    scene.engine.removeVolume({ volumeId: volume.id as VolumeId }),
  )
  if (removed !== null) world.volumes.splice(world.volumes.indexOf(volume), 1)
}

export function addVolume(
  { world }: WorldSession,
  id: string,
  region: string,
  sizeBytes: number,
  key: WorldKey | null,
): WorldVolume {
  const cells = grownTo([], sizeBytes)
  const plain = { ...newVolume({ id, region, kind: 'managed', sizeBytes }), cells }
  const sealed = key === null ? null : { by: key }
  world.volumes.push({ ...plain, owner: world.account, key, sealed, isAttached: false })
  return world.volumes.at(-1)!
}

const answerToVolume = ({ world }: WorldSession, { owner }: WorldVolume) =>
  owner === world.account ? 'done' : 'InvalidVolume.NotFound'

export function answerOf(chosen: KeyAnswer): string {
  if ('refusal' in chosen) return chosen.refusal
  const isGone = chosen.isDefault === true && chosen.key?.state === 'deleted'
  return isGone ? 'DEFAULT_KEY_DELETED' : useOf(chosen.key)
}

export function keyIn(chosen: KeyAnswer): WorldKey | null {
  if ('refusal' in chosen) throw new Error(`There is no key: ${chosen.refusal}`)
  return chosen.key
}
