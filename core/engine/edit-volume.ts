import { rmSync } from 'node:fs'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import type { Volume } from '../contract/model.ts'
import { show } from '../contract/show.ts'
import { commandOf } from './command-line.ts'
import type { Context } from './context.ts'
import { assertSize, freeVolumeName } from './create-volume.ts'
import type { Library } from './library.ts'
import { checkName } from './names.ts'
import { toldChange } from './told-change.ts'
import { forgetLoad } from './unloaded.ts'
import {
  assertIdle,
  assertNotComing,
  assertUnheld,
  assertWhole,
  usableVolume,
} from './usable-volume.ts'
import { volumeOf } from './view.ts'
import { growVolumeFile } from './volume-file.ts'
import { volumeDeleted, volumeModified } from './volume-notifications.ts'

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
  const command = ['volume', 'resize', row.name, '--size', String(input.sizeBytes)]
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
    row.name,
    name,
  ])
}

/** The volume goes; its snapshots stay, as in EBS. A linked image is only forgotten. */
export function removeVolume(context: Context, input: Input<'removeVolume'>): Volume {
  const { library, clock } = context
  const row = usableVolume(library, input.volumeId)
  assertNotComing(library, row)
  removeVolumes(context, [row], () =>
    library.history.add({
      at: clock(),
      title: `Removed volume ${show(row.name)}`,
      command: commandOf('volume', 'rm', row.name),
      storedDeltaBytes: 0,
      deletionId: null,
    }),
  )
  return volumeOf(library, { ...row, isRemoved: true })
}

/**
 * Removes volumes in one transaction.
 *
 * @param alongside what else that transaction does
 * @throws StrataError VOLUME_BUSY
 */
export function removeVolumes(
  context: Context,
  rows: readonly VolumeRow[],
  alongside: () => void,
): void {
  const { library, jobs, clock } = context
  for (const row of rows) assertIdle(jobs, row)
  const loading = rows.flatMap(({ id }) => jobs.loading(id) ?? [])
  library.change(() => {
    for (const row of rows) takeAway(library, row, clock())
    alongside()
  })
  for (const { jobId } of loading) jobs.cancel(jobId)
  for (const row of rows) {
    if (row.kind === 'managed') rmSync(library.volumeFile(row.id), { force: true })
  }
  forgetRemoved(context)
}

/** Within a change. Its file goes after that. */
export function takeAway(library: Library, row: VolumeRow, at: number): void {
  library.volumes.update({ ...row, isRemoved: true })
  forgetLoad(library, row.id)
  library.tell(volumeDeleted(row, at, library.asker.requestId))
}

/** Rows of removed volumes are kept only as the origin of snapshots. */
export function forgetRemoved({ library }: Context): void {
  const origins = new Set([...library.snapshotRows().values()].map((row) => row.volumeId))
  const idle = [...library.volumeRows().values()].filter(
    (row) => row.isRemoved && !origins.has(row.id),
  )
  if (idle.length === 0) return
  library.quietly(() => {
    for (const row of idle) library.volumes.remove(row.id)
  })
}

function save(
  { library, clock }: Context,
  row: VolumeRow,
  title: string,
  command: string[],
  alongside: () => void = () => {},
): Volume {
  toldChange({ library, clock }, { title, command }, () => {
    library.volumes.update(row)
    alongside()
  })
  return volumeOf(library, library.volumeRow(row.id))
}
