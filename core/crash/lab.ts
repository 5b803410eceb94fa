import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { ImageId, InstanceId, JobId, SnapshotId, VolumeId } from '../contract/ids.ts'
import type { Job } from '../contract/jobs.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { Engine } from '../engine/engine.ts'
import { type BlockContent, makeImage } from '../testing/make-image.ts'

export const LIBRARY = 'lab.strata'
/** What opens the keys of a lab; as cheap as it may be. */
export const LAB_VAULT = { passphrase: () => 'the passphrase of a lab', cost: 1_024 }

const noise = (seed: number): BlockContent => ({ kind: 'noise', seed })
const text = (seed: number): BlockContent => ({ kind: 'text', seed })
const fill = (byte: number): BlockContent => ({ kind: 'fill', byte })
const hole: BlockContent = { kind: 'hole' }

/** The states of one image: what a block can be, a partial last block, growth, rewrites. */
const STATES: readonly (readonly BlockContent[])[] = [
  [noise(1), noise(2), noise(3), text(4), hole, fill(5), noise(6), noise(7)],
  [noise(1), noise(12), noise(3), text(14), noise(15), hole, noise(6), noise(7)],
  [noise(21), noise(22), noise(3), text(24), noise(25), fill(26), noise(27), noise(7), noise(28)],
]
const PARTIAL_BYTES = 300_001
/** What is written over the managed volume, at a place that no block begins. */
export const PATCH = { name: 'patch.bin', at: 200_000, bytes: 2 * BLOCK_BYTES + 12_345 }
const MANAGED_BLOCKS = 6

/** A library with a linked and a managed volume, and the digests of all that was acknowledged. */
export type Lab = {
  /** Holds `LIBRARY`; copied before each run. */
  folder: string
  /** Images and the patch; only read. */
  images: string
  linked: VolumeId
  managed: VolumeId
  snapshots: Map<string, SnapshotId>
  /** Of the library, for requests that must quote it. */
  revision: number
  /** Lines of its history when the deed begins. */
  historyLength: number
  /** What deeds with images begin with. */
  instanceId?: InstanceId
  imageId?: ImageId
  /** What opens its keys when the passphrase is lost. */
  recoveryKey?: string
  /** What `work 1` reads. */
  work: Buffer
  /** By the name of a snapshot. */
  digests: Map<string, string>
}

/**
 * Builds a lab in `folder`: snapshots of the first `states` states of the image, called `state 1`
 * and so on, and one of the managed volume, called `work 1`.
 */
export async function buildLab(folder: string, states: number): Promise<Lab> {
  const images = join(folder, 'images')
  const template = join(folder, 'template')
  for (const made of [images, template]) mkdirSync(made, { recursive: true })
  const files = STATES.map((blocks, i) => {
    const file = join(images, `state-${i + 1}.img`)
    makeImage(file, blocks, (blocks.length - 1) * BLOCK_BYTES + PARTIAL_BYTES)
    return file
  })
  const patch = join(images, PATCH.name)
  makeImage(patch, [noise(31), text(32), noise(33)], PATCH.bytes)
  const engine = await Engine.create(join(template, LIBRARY))
  try {
    const { jobId } = await engine.importImage({ file: files[0]!, name: 'disk', copy: false })
    const linked = volumeMadeBy(await done(engine, jobId))
    const managed = await writtenVolume(engine, patch)
    const lab: Lab = {
      folder: template,
      images,
      linked,
      managed,
      snapshots: new Map(),
      revision: 0,
      historyLength: 0,
      work: Buffer.alloc(0),
      digests: new Map(),
    }
    for (const [i, file] of files.slice(0, states).entries()) {
      const name = `state ${i + 1}`
      const taken = await engine.takeSnapshot({ volumeId: linked, name, file })
      await done(engine, taken.jobId)
      lab.snapshots.set(name, taken.snapshotId)
    }
    const taken = await engine.takeSnapshot({ volumeId: managed, name: 'work 1' })
    await done(engine, taken.jobId)
    lab.snapshots.set('work 1', taken.snapshotId)
    lab.work = await restored(engine, taken.snapshotId, join(folder, 'work'))
    lab.digests.set('work 1', digestOf(lab.work))
    for (const [i, file] of files.entries()) {
      lab.digests.set(`state ${i + 1}`, digestOf(readFileSync(file)))
    }
    return lab
  } finally {
    await engine.close()
  }
}

/** @returns the path of an image state, counted from 1 */
export const stateFile = (lab: Lab, state: number) => join(lab.images, `state-${state}.img`)

/** A fresh copy, with the holes of its files and no others: `cp` would make some of zeros. */
export function copyFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to)
  const copy = 'tar -C "$1" -cS --hole-detection=seek . | tar -C "$2" -xS'
  execFileSync('sh', ['-c', copy, 'sh', from, to])
}

/** @throws Error when the job did not end as done */
export async function done(engine: Engine, jobId: JobId): Promise<Job> {
  const job = await engine.awaitJob({ jobId })
  if (job.state !== 'done') throw new Error(`${job.title}: ${job.error?.message}`)
  return job
}

/** What a snapshot restores to, read back from the file. */
export async function restored(
  engine: Engine,
  snapshotId: SnapshotId,
  file: string,
): Promise<Buffer> {
  const { jobId } = await engine.restoreToFile({ snapshotId, file, sha256: false, overwrite: true })
  await done(engine, jobId)
  const bytes = readFileSync(file)
  rmSync(file)
  return bytes
}

export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** With fill blocks, real blocks, and some that were never written. */
async function writtenVolume(engine: Engine, patch: string): Promise<VolumeId> {
  const { volumeId } = await engine.createVolume({
    name: 'work',
    sizeBytes: MANAGED_BLOCKS * BLOCK_BYTES,
  })
  const spans = [{ offsetBytes: 0, lengthBytes: 2 * BLOCK_BYTES }]
  await engine.writeFill({ volumeId, spans, seed: 'first' })
  const offsetBytes = 3 * BLOCK_BYTES - 1_000
  await done(engine, (await engine.writeFile({ volumeId, offsetBytes, file: patch })).jobId)
  return volumeId
}

function volumeMadeBy({ result }: Job): VolumeId {
  if (result?.kind !== 'volume') throw new Error('No volume was made')
  return result.volumeId
}
