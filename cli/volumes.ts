import type { VolumeId } from '../core/contract/ids.ts'
import type { Volume } from '../core/contract/model.ts'
import { type Answer, answer } from './answer.ts'
import { volumeTable, volumeText } from './describe-volume.ts'
import { findVolume, isOwn, volumeToChange } from './find.ts'
import { VolumeJson, VolumeListJson } from './json.ts'
import { filePath, type Library } from './library.ts'
import type { EncryptionOptions } from './options.ts'
import type { WriteRequest } from './write-request.ts'

export async function createVolume(
  { engine }: Library,
  name: string,
  { size, encrypted, key }: { readonly size: number } & EncryptionOptions,
): Promise<Answer> {
  return about(await engine.createVolume({ name, sizeBytes: size, encrypted, key }))
}

export async function importVolume(
  library: Library,
  file: string,
  options: { readonly name?: string; readonly copy?: boolean } & EncryptionOptions,
): Promise<Answer> {
  const { engine } = library
  const started = await engine.importImage({
    file: filePath(file),
    name: options.name,
    copy: options.copy === true,
    encrypted: options.encrypted,
    key: options.key,
  })
  const { volumeId } = await library.finish(started, 'volume')
  return about(await volumeById(library, volumeId))
}

export async function writeVolume(
  library: Library,
  volume: string,
  request: WriteRequest,
): Promise<Answer> {
  const { engine } = library
  const { volumeId } = volumeToChange(await library.engine.describeLibrary(), volume)
  if (request.kind === 'fill') {
    const { spans, seed } = request
    return about(await engine.writeFill({ volumeId, spans: [...spans], seed }))
  }
  const { offsetBytes, file } = request
  const started = await engine.writeFile({ volumeId, offsetBytes, file: filePath(file) })
  await library.finish(started, 'volume')
  return about(await volumeById(library, volumeId))
}

export async function resizeVolume(
  library: Library,
  volume: string,
  options: { readonly size: number },
): Promise<Answer> {
  const { volumeId } = volumeToChange(await library.engine.describeLibrary(), volume)
  return about(await library.engine.resizeVolume({ volumeId, sizeBytes: options.size }))
}

export async function renameVolume(
  library: Library,
  volume: string,
  name: string,
): Promise<Answer> {
  const { volumeId } = volumeToChange(await library.engine.describeLibrary(), volume)
  return about(await library.engine.renameVolume({ volumeId, name }))
}

export async function removeVolume(library: Library, volume: string): Promise<Answer> {
  const { volumeId } = volumeToChange(await library.engine.describeLibrary(), volume)
  return about(await library.engine.removeVolume({ volumeId }))
}

export async function showVolume(library: Library, volume: string): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const found = findVolume(view, volume)
  return answer(VolumeJson, found, volumeText(found, !isOwn(view, found)))
}

export async function listVolumes(library: Library): Promise<Answer> {
  const view = await library.engine.describeLibrary()
  const volumes = view.volumes.filter((volume) => library.isAskedAbout(volume))
  const text = volumes.length === 0 ? 'There are no volumes yet.' : volumeTable(view, volumes)
  return answer(VolumeListJson, { volumes }, text)
}

function about(volume: Volume): Answer {
  return answer(VolumeJson, volume, volumeText(volume))
}

async function volumeById(library: Library, volumeId: VolumeId): Promise<Volume> {
  return findVolume(await library.engine.describeLibrary(), volumeId)
}
