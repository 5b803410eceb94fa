import { basename } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Delta } from '../blocks/delta.ts'
import { writeFully } from '../blocks/full-write.ts'
import type { VolumeSlots } from '../blocks/slots.ts'
import { packSet } from '../catalog/packed-set.ts'
import type { Input, Output } from '../contract/calls.ts'
import { VolumeId } from '../contract/ids.ts'
import { show } from '../contract/show.ts'
import { BLOCK_BYTES, blocksIn } from '../contract/units.ts'
import { dataBlocksOf } from '../images/data-ranges.ts'
import type { ImageFile } from '../images/image-file.ts'
import { untilTimesTell } from '../images/image-stamp.ts'
import { type IndexSet, indexSet, RunWriter, runsOf, sizeOf } from '../lineage/index-set.ts'
import { commandOf, regionOption } from './command-line.ts'
import type { Context } from './context.ts'
import {
  encryptionOptions,
  freeVolumeName,
  insertVolume,
  managedRow,
  type NewVolume,
  startMaking,
  volumeNames,
} from './create-volume.ts'
import {
  chosenForVolume,
  keyOfNew,
  newVolumeSeal,
  readyKey,
  type VolumeSeal,
} from './encryption-choice.ts'
import { inPlace } from './head.ts'
import { newId } from './ids.ts'
import type { JobHandle } from './jobs.ts'
import type { Library } from './library.ts'
import { freeName } from './names.ts'
import { openOutside, readImage } from './outside-file.ts'
import { NEW_FILE_BYTES, withEmpty, writeSlots } from './sealed-volume.ts'
import { packStamp } from './source-state.ts'
import { removeUnnamed } from './unnamed-files.ts'
import { createVolumeFile, withVolumeFileFor } from './volume-file.ts'
import { volumeCreated } from './volume-notifications.ts'

/** Blocks copied in one turn of the engine thread: about two milliseconds. */
const TURN_BLOCKS = 8
const ZEROS = Buffer.alloc(BLOCK_BYTES)

/** Makes a volume of an image file: linked to it, or with `copy` holding its bytes itself. */
export function importImage(context: Context, input: Input<'importImage'>): Output<'importImage'> {
  const { library, clock } = context
  const image = openOutside(library, input.file)
  try {
    const wish = basename(image.path).replace(/\.(img|raw|bin|dd|iso)$/i, '')
    const name =
      input.name === undefined
        ? freeName(wish, volumeNames(library))
        : freeVolumeName(library, input.name)
    const choice = chosenForVolume(library, null, input, library.region)
    if (choice.kind !== 'plain') library.keyring.assertOpenable()
    const row = input.copy
      ? managedRow(library, name, image.stamp.sizeBytes, clock())
      : linkedRow(library, image, name, clock())
    const jobId = startMaking(
      context,
      row,
      { kind: 'import', title: `Import of ${name}`, totalBytes: image.stamp.sizeBytes },
      async (job) => {
        try {
          const seal =
            choice.kind === 'plain'
              ? null
              : newVolumeSeal(library, await readyKey(context, choice, row.region), null)
          const options = encryptionOptions(input)
          if (input.copy) await copyIn(context, image, row, seal, options, job)
          else addRow(context, row, seal, image.path, options)
          return { kind: 'volume', volumeId: row.id }
        } finally {
          image.close()
        }
      },
    )
    return { jobId }
  } catch (error) {
    image.close()
    throw error
  }
}

function linkedRow(library: Library, image: ImageFile, name: string, createdAt: number): NewVolume {
  return {
    id: newId(VolumeId, 'vol'),
    name,
    ownerId: library.account,
    region: library.region,
    kind: 'linked',
    sizeBytes: image.stamp.sizeBytes,
    createdAt,
    originId: null,
    baseId: null,
    sourcePath: image.path,
    sourceStamp: packStamp(image.stamp),
    content: null,
    dirty: null,
    dataKey: null,
    originKey: null,
  }
}

async function copyIn(
  context: Context,
  image: ImageFile,
  row: NewVolume,
  seal: VolumeSeal | null,
  options: readonly string[],
  job: JobHandle,
): Promise<void> {
  const { library } = context
  const file = library.volumeFile(row.id)
  createVolumeFile(file, seal === null ? row.sizeBytes : NEW_FILE_BYTES)
  try {
    await untilTimesTell(image.stamp)
    const runs = await dataBlocksOf(image.path, job.signal)
    const blocks = indexSet(runs ?? [[0, blocksIn(row.sizeBytes)]])
    const content =
      seal === null
        ? inPlace(await copyData(image, file, blocks, job))
        : await sealData(library, image, { file, key: keyOfNew(library, seal) }, blocks, job)
    image.assertUnchanged()
    const held = { content: content.encode(), dirty: packSet(content.data) }
    addRow(context, { ...row, ...held }, seal, image.path, ['--copy', ...options])
  } catch (error) {
    removeUnnamed(error, [file])
    throw error
  }
}

/** As `copyData`. @returns where they lie in the volume's file */
function sealData(
  library: Library,
  image: ImageFile,
  volume: VolumeSlots,
  blocks: IndexSet,
  job: JobHandle,
): Promise<Delta> {
  const { path, stamp } = image
  return writeSlots(
    {
      volume,
      contents: [],
      blocks,
      before: withEmpty([], blocks),
      overlay: { kind: 'file', path, stamp, offsetBytes: 0, skipsZeros: true },
      sources: library.sources(),
    },
    job,
  )
}

/** @returns the blocks that hold anything: zeros are left unwritten */
function copyData(
  image: ImageFile,
  file: string,
  blocks: IndexSet,
  job: JobHandle,
): Promise<IndexSet> {
  const buffer = Buffer.alloc(BLOCK_BYTES)
  const { sizeBytes } = image.stamp
  const totalBytes = sizeOf(blocks) * BLOCK_BYTES
  const written = new RunWriter()
  let done = 0
  return withVolumeFileFor(file, async (volume) => {
    for (const index of indicesOf(blocks)) {
      const position = index * BLOCK_BYTES
      const block = buffer.subarray(0, Math.min(BLOCK_BYTES, sizeBytes - position))
      readImage(image, block, position)
      if (!block.equals(ZEROS.subarray(0, block.length))) {
        writeFully(volume.fd, volume.path, block, position)
        written.add(index, index + 1)
      }
      done += 1
      if (done % TURN_BLOCKS !== 0) continue
      job.signal.throwIfAborted()
      job.progress(done * BLOCK_BYTES, totalBytes)
      await nextTurn()
    }
    return written.finish()
  })
}

function* indicesOf(set: IndexSet): Generator<number> {
  for (const [start, end] of runsOf(set))
    for (let index = start; index < end; index += 1) yield index
}

function addRow(
  { library, clock }: Context,
  row: NewVolume,
  seal: VolumeSeal | null,
  path: string,
  options: readonly string[],
): void {
  library.change(() => {
    const at = clock()
    insertVolume(library, row, seal)
    library.tell(volumeCreated(row, at, library.asker.requestId))
    library.history.add({
      at,
      title: `Imported ${show(row.name)}`,
      command: commandOf(
        library,
        ...['volume', 'import', path, '--name', row.name, ...options],
        ...regionOption(library),
      ),
      storedDeltaBytes: 0,
      deletionId: null,
    })
  })
}
