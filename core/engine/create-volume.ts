import { Delta } from '../blocks/delta.ts'
import { packSet } from '../catalog/packed-set.ts'
import type { VolumeRow } from '../catalog/volumes.ts'
import type { Input } from '../contract/calls.ts'
import { StrataError } from '../contract/errors.ts'
import { type JobId, VolumeId } from '../contract/ids.ts'
import type { Volume } from '../contract/model.ts'
import { show } from '../contract/show.ts'
import { MAX_VOLUME_BYTES } from '../contract/units.ts'
import { EMPTY } from '../lineage/index-set.ts'
import { commandOf, optionOf, regionOption } from './command-line.ts'
import type { Context } from './context.ts'
import {
  chosenForVolume,
  type EncryptionWish,
  newVolumeSeal,
  readyKey,
  type VolumeSeal,
} from './encryption-choice.ts'
import { newId } from './ids.ts'
import type { Jobs } from './jobs.ts'
import type { Library } from './library.ts'
import { checkName } from './names.ts'
import { causeOf } from './notifications.ts'
import { NEW_FILE_BYTES } from './sealed-volume.ts'
import { removeUnnamed } from './unnamed-files.ts'
import { volumeOf } from './view.ts'
import { createVolumeFile } from './volume-file.ts'
import { volumeCreated, volumeFailed } from './volume-notifications.ts'

/** A managed volume on which nothing was written yet. */
export async function createVolume(
  context: Context,
  input: Input<'createVolume'>,
): Promise<Volume> {
  const { library, clock } = context
  const name = freeVolumeName(library, input.name)
  assertSize(input.sizeBytes)
  const row = managedRow(library, name, input.sizeBytes, clock())
  const seal = await sealOfNew(context, row, input)
  addManaged(library, row, seal, () =>
    library.history.add({
      at: row.createdAt,
      title: `Created volume ${show(name)}`,
      command: commandOf(
        library,
        ...['volume', 'create', { argument: name }, '--size', String(input.sizeBytes)],
        ...encryptionOptions(input),
        ...regionOption(library),
      ),
      storedDeltaBytes: 0,
      deletionId: null,
    }),
  )
  return volumeOf(library, library.volumeRow(row.id))
}

/**
 * How an empty volume is sealed; null: not at all. Its name is taken while the keys are opened, which
 * takes its time.
 */
export async function sealOfNew(
  context: Context,
  row: NewVolume,
  wish: EncryptionWish,
): Promise<VolumeSeal | null> {
  const { library } = context
  const choice = chosenForVolume(library, null, wish, row.region)
  if (choice.kind === 'plain') return null
  library.underWay.volumes.add(row)
  try {
    return newVolumeSeal(library, await readyKey(context, choice, row.region), null)
  } catch (error) {
    if (error instanceof StrataError && error.code === 'KMSInvalidStateException') {
      tellFailed(context, row, error)
    }
    throw error
  } finally {
    library.underWay.volumes.delete(row)
  }
}

/** Within a change. @param seal null: its data is plain */
export function insertVolume(library: Library, row: NewVolume, seal: VolumeSeal | null): void {
  if (seal === null) {
    library.volumes.insert(row)
    return
  }
  const dataKey = library.keyring.keep(seal.dataKey, row.id, seal.keyId)
  library.volumes.insert({ ...row, dataKey, originKey: seal.originKey ?? dataKey })
  seal.dataKey.bytes.fill(0)
}

/** As a command line says it. */
export function encryptionOptions({ encrypted, key }: EncryptionWish): string[] {
  return [...(encrypted === true ? ['--encrypted'] : []), ...optionOf('--key', key)]
}

export type NewVolume = Omit<VolumeRow, 'snapshotsTaken' | 'isRemoved'>

export function managedRow(
  library: Library,
  name: string,
  sizeBytes: number,
  createdAt: number,
): NewVolume {
  return {
    id: newId(VolumeId, 'vol'),
    name,
    ownerId: library.account,
    region: library.region,
    kind: 'managed',
    sizeBytes,
    createdAt,
    originId: null,
    baseId: null,
    sourcePath: null,
    sourceStamp: null,
    content: Delta.EMPTY.encode(),
    dirty: packSet(EMPTY),
    dataKey: null,
    originKey: null,
  }
}

/** The file first, then the row: a crash in between leaves a file that is swept. */
export function addManaged(
  library: Library,
  row: NewVolume,
  seal: VolumeSeal | null,
  alongside: () => void,
): void {
  const file = library.volumeFile(row.id)
  createVolumeFile(file, seal === null ? row.sizeBytes : NEW_FILE_BYTES)
  try {
    library.change(() => {
      insertVolume(library, row, seal)
      library.tell(volumeCreated(row, row.createdAt, library.asker.requestId))
      alongside()
    })
  } catch (error) {
    removeUnnamed(error, [file])
    throw error
  }
}

/** @throws StrataError NAME_REFUSED, NAME_TAKEN */
export function freeVolumeName(library: Library, wish: string): string {
  const name = checkName(wish)
  if (volumeNames(library).has(name)) throw new StrataError('NAME_TAKEN', { name, kind: 'volume' })
  return name
}

/** Of the account that asks. Names of removed volumes are free again. */
export function volumeNames(library: Library): Set<string> {
  const kept = [...library.volumeRows().values()].filter((row) => !row.isRemoved)
  const { account } = library
  const own = [...kept, ...library.underWay.volumes].filter(({ ownerId }) => ownerId === account)
  return new Set(own.map(({ name }) => name))
}

/** Pays for making a volume: within a change when it is begun, and back when it fails. */
export type Credit = { spend(): void; giveBack(): void }

/**
 * Starts a job that makes a volume; its name is taken until the row is there or the job fails.
 *
 * @param credit null: it costs none
 */
export function startMaking(
  context: Context,
  row: NewVolume,
  begin: Parameters<Jobs['start']>[0],
  work: Parameters<Jobs['start']>[1],
  credit: Credit | null = null,
): JobId {
  const { library, jobs } = context
  library.quietly(() => {
    // A crash leaves the row, from which the next open tells that the volume failed.
    library.volumes.begin(row)
    credit?.spend()
  })
  library.underWay.volumes.add(row)
  return jobs.start(begin, async (job) => {
    try {
      return await work(job)
    } catch (error) {
      tellFailed(context, row, error)
      if (credit !== null) library.quietly(() => credit.giveBack())
      throw error
    } finally {
      library.underWay.volumes.delete(row)
    }
  })
}

function tellFailed({ library, clock }: Context, row: NewVolume, error: unknown): void {
  const { requestId } = library.asker
  const event = volumeFailed(row, clock(), requestId, causeOf(error))
  library.tellFailure(event, { kind: 'volume', id: row.id })
}

/** @throws StrataError SIZE_REFUSED */
export function assertSize(sizeBytes: number, atLeast = 1): void {
  const problem =
    sizeBytes > MAX_VOLUME_BYTES
      ? 'is more than 64 TiB'
      : sizeBytes < 1
        ? 'is too small'
        : sizeBytes < atLeast
          ? `is less than the ${atLeast} bytes that are needed`
          : undefined
  if (problem !== undefined) throw new StrataError('SIZE_REFUSED', { sizeBytes, problem })
}
