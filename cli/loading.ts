import type { JobId, VolumeId } from '../core/contract/ids.ts'
import type { VolumeStatus } from '../core/contract/loading.ts'
import { formatSize } from '../core/contract/size-text.ts'
import { BLOCK_BYTES } from '../core/contract/units.ts'
import { type Answer, answer } from './answer.ts'
import { blockPlaces } from './describe.ts'
import { volumeText } from './describe-volume.ts'
import { UsageError } from './failure.ts'
import { findVolume, snapshotIdOf, volumeToChange } from './find.ts'
import { ReadJson, VolumeJson, VolumeStatusJson } from './json.ts'
import { filePath, type Library } from './library.ts'
import type { EncryptionOptions, LoadRate } from './options.ts'
import { facts, safeName } from './table.ts'

/** The options of `volume create` with `--snapshot`. */
export type FromSnapshot = EncryptionOptions & {
  readonly snapshot: string
  readonly size?: number
  readonly rate?: LoadRate
  readonly wait: boolean
}

export async function createFromSnapshot(
  library: Library,
  name: string,
  { snapshot, size, rate, wait, encrypted, key }: FromSnapshot,
): Promise<Answer> {
  const { engine } = library
  const snapshotId = snapshotIdOf(await engine.describeLibrary(), snapshot)
  const asked = {
    snapshotId,
    name,
    sizeBytes: size,
    rateMiBPerS: rate === 'unlimited' ? undefined : rate,
    encrypted,
    key,
  }
  const started = await engine.createVolumeFromSnapshot(asked)
  const { volumeId } = started
  const isThere = (await engine.describeLibrary()).volumes.some((v) => v.volumeId === volumeId)
  if (wait) await finishLoading(library, started)
  else if (!isThere) await library.finish(started, 'volume')
  const volume = findVolume(await engine.describeLibrary(), started.volumeId)
  return answer(VolumeJson, volume, volumeText(volume))
}

/** Waits until a volume is made of a snapshot, and loaded. */
export async function finishLoading(
  library: Library,
  started: { readonly jobId: JobId; readonly volumeId: VolumeId },
): Promise<void> {
  const { volumeId } = started
  await library.finish(started, 'volume')
  // An encrypted one is only made by then: loading it is a job of its own.
  const { state } = await library.engine.describeVolumeStatus({ volumeId })
  if (state !== 'loaded')
    await library.finish(await library.engine.loadVolume({ volumeId }), 'volume')
}

export async function loadVolume(
  library: Library,
  text: string,
  { rate }: { readonly rate?: LoadRate },
): Promise<Answer> {
  const { volumeId } = volumeToChange(await library.engine.describeLibrary(), text)
  const started = await library.engine.loadVolume({
    volumeId,
    rateMiBPerS: rate === 'unlimited' ? null : rate,
  })
  await library.finish(started, 'volume')
  return showStatus(library, text)
}

export async function pauseLoading(library: Library, text: string): Promise<Answer> {
  const { volumeId } = volumeToChange(await library.engine.describeLibrary(), text)
  await library.engine.pauseLoading({ volumeId })
  return showStatus(library, text)
}

export async function showStatus({ engine }: Library, text: string): Promise<Answer> {
  const { volumeId } = findVolume(await engine.describeLibrary(), text)
  const status = await engine.describeVolumeStatus({ volumeId })
  return answer(VolumeStatusJson, status, statusText(status))
}

export type ReadOptions = {
  readonly at: number
  readonly length: number
  readonly to: string
  readonly force?: boolean
}

/** @throws UsageError for an empty path */
export async function readVolume(
  library: Library,
  text: string,
  { at, length, to, force = false }: ReadOptions,
): Promise<Answer> {
  if (to === '') throw new UsageError('--to needs the path of a file.')
  const { volumeId } = findVolume(await library.engine.describeLibrary(), text)
  const place = { offsetBytes: at, lengthBytes: length }
  const asked = { volumeId, ...place, file: filePath(to), overwrite: force }
  const result = await library.finish(await library.engine.readVolume(asked), 'read')
  return answer(ReadJson, result, `Read ${formatSize(result.bytesWritten)}`)
}

function statusText(status: VolumeStatus): string {
  const { rateMiBPerS, secondsLeft } = status
  const rate = rateMiBPerS === null ? 'as fast as it goes' : `${rateMiBPerS} MiB/s`
  return facts([
    ['Volume', safeName(status.name)],
    ['State', status.state],
    ['Loaded', `${formatSize(status.loadedBytes)} of ${formatSize(status.totalBytes)}`],
    ...damagedFacts(status),
    ['Touched', blocksText(status.touchedBlocks)],
    ['In the background', blocksText(status.backgroundBlocks)],
    ['Rate', rate],
    ...(secondsLeft === null ? [] : ([['Left', `${Math.ceil(secondsLeft)} s`]] as const)),
  ])
}

function damagedFacts({ state, damagedRanges }: VolumeStatus): [string, string][] {
  if (state !== 'damaged') return []
  return [
    ['Cannot be read', `block ${blockPlaces(damagedRanges)}`],
    [
      'To mend it',
      'see the file that `strata verify` names: put it back from a copy and load again, or write something else there',
    ],
  ]
}

function blocksText(count: number): string {
  return `${count} blocks, ${formatSize(count * BLOCK_BYTES)}`
}
