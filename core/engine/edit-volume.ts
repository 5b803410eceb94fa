import type { VolumeRow } from '../catalog/volumes.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { Volume } from '../contract/model.ts'
import { show } from '../contract/show.ts'
import { type Word, wordFor } from './command-line.ts'
import type { Context } from './context.ts'
import { assertSize, freeVolumeName } from './create-volume.ts'
import { checkName } from './names.ts'
import { toldChange } from './told-change.ts'
import { assertUnheld, assertWhole, usableVolume } from './usable-volume.ts'
import { volumeOf } from './view.ts'
import { growVolumeFile } from './volume-file.ts'
import { volumeModified } from './volume-notifications.ts'

/** Grows a managed volume; what is new was never written. */
export function resizeVolume(context: Context, input: Input<'resizeVolume'>): Volume {
  const { library, jobs } = context
  const row = usableVolume(library, input.volumeId)
  if (row.kind === 'linked') throw new StrataError('VOLUME_IS_LINKED', { volume: row.name })
  assertUnheld(jobs, row)
  assertSize(input.sizeBytes, row.sizeBytes)
  assertWhole(library, row)
  // The file of an encrypted one grows by what is written.
  if (row.dataKey === null) growVolumeFile(library.volumeFile(row.id), input.sizeBytes)
  const command = ['volume', 'resize', wordFor(library, row), '--size', String(input.sizeBytes)]
  const grown = { ...row, sizeBytes: input.sizeBytes }
  return save(context, grown, `Grew ${show(row.name)}`, command, () => {
    if (input.sizeBytes === row.sizeBytes) return
    const { requestId } = library.asker
    for (const event of volumeModified(row, context.clock(), requestId)) library.tell(event)
  })
}

export function renameVolume(context: Context, input: Input<'renameVolume'>): Volume {
  const { library } = context
  const row = library.volumeRow(input.volumeId)
  if (checkName(input.name) === row.name) return volumeOf(library, row)
  const name = freeVolumeName(library, input.name)
  return save(context, { ...row, name }, `Renamed ${show(row.name)} to ${show(name)}`, [
    'volume',
    'rename',
    wordFor(library, row),
    { argument: name },
  ])
}

function save(
  { library, clock }: Context,
  row: VolumeRow,
  title: string,
  command: readonly Word[],
  alongside: () => void = () => {},
): Volume {
  toldChange({ library, clock }, { title, command }, () => {
    library.volumes.update(row)
    alongside()
  })
  return volumeOf(library, library.volumeRow(row.id))
}
