import type { LibraryView, Volume, VolumeId } from '../core/contract/model.ts'
import { type Answer, answer } from './answer.ts'
import { volumeTable, volumeText } from './describe.ts'
import { UsageError } from './failure.ts'
import { findVolume } from './find.ts'
import { VolumeJson, VolumeListJson } from './json.ts'
import { filePath, type Library } from './library.ts'

/** More pieces than that belong into a file. */
const MAX_FILL_SPANS = 100_000

export async function createVolume(
  { engine }: Library,
  name: string,
  options: { readonly size: number },
): Promise<Answer> {
  return about(await engine.createVolume({ name, sizeBytes: options.size }))
}

export async function importVolume(
  library: Library,
  file: string,
  options: { readonly name?: string; readonly copy?: boolean },
): Promise<Answer> {
  const { engine } = library
  const started = await engine.importImage({
    file: filePath(file),
    name: options.name,
    copy: options.copy === true,
  })
  const { volumeId } = await library.finish(started, 'volume')
  return about(await volumeById(library, volumeId))
}

/** Real bytes of a file, or bytes made from a seed. */
export async function writeVolume(
  library: Library,
  volume: string,
  options: {
    readonly at: readonly number[]
    readonly file?: string
    readonly fill?: string
    readonly length?: number
  },
): Promise<Answer> {
  const { at, file, fill, length } = options
  if ((file === undefined) === (fill === undefined)) {
    throw new UsageError(
      'Say what to write: either --file FILE, or --fill SEED with --length SIZE.',
    )
  }
  const { engine } = library
  const { volumeId } = findVolume(await viewOf(library), volume)
  if (fill !== undefined) {
    if (length === undefined) throw new UsageError('--fill SEED needs --length SIZE.')
    if (fill === '' || fill.length > 255) {
      throw new UsageError('The seed of --fill has 1 to 255 characters.')
    }
    if (at.length > MAX_FILL_SPANS) throw new UsageError('--at is given too often.')
    const spans = at.map((offsetBytes) => ({ offsetBytes, lengthBytes: length }))
    return about(await engine.writeFill({ volumeId, spans, seed: fill }))
  }
  if (length !== undefined) throw new UsageError('--length goes with --fill; a file has its own.')
  const [offsetBytes, ...others] = at
  if (offsetBytes === undefined || others.length > 0) {
    throw new UsageError('A file is written at one place: give --at once.')
  }
  const started = await engine.writeFile({ volumeId, offsetBytes, file: filePath(file ?? '') })
  await library.finish(started, 'volume')
  return about(await volumeById(library, volumeId))
}

export async function resizeVolume(
  library: Library,
  volume: string,
  options: { readonly size: number },
): Promise<Answer> {
  const { volumeId } = findVolume(await viewOf(library), volume)
  return about(await library.engine.resizeVolume({ volumeId, sizeBytes: options.size }))
}

export async function renameVolume(
  library: Library,
  volume: string,
  name: string,
): Promise<Answer> {
  const { volumeId } = findVolume(await viewOf(library), volume)
  return about(await library.engine.renameVolume({ volumeId, name }))
}

export async function removeVolume(library: Library, volume: string): Promise<Answer> {
  const { volumeId } = findVolume(await viewOf(library), volume)
  return about(await library.engine.removeVolume({ volumeId }))
}

export async function showVolume(library: Library, volume: string): Promise<Answer> {
  return about(findVolume(await viewOf(library), volume))
}

export async function listVolumes(library: Library): Promise<Answer> {
  const { volumes } = await viewOf(library)
  const text = volumes.length === 0 ? 'There are no volumes yet.' : volumeTable(volumes)
  return answer(VolumeListJson, { volumes }, text)
}

function about(volume: Volume): Answer {
  return answer(VolumeJson, volume, volumeText(volume))
}

async function volumeById(library: Library, volumeId: VolumeId): Promise<Volume> {
  return findVolume(await viewOf(library), volumeId)
}

function viewOf({ engine }: Library): Promise<LibraryView> {
  return engine.describeLibrary()
}
