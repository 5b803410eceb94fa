import type { Input, Output } from '../contract/calls.ts'
import { ImageId, type SnapshotId } from '../contract/ids.ts'
import type { Image } from '../contract/image.ts'
import { show } from '../contract/show.ts'
import { commandOf, optionOf } from '../engine/command-line.ts'
import type { Context } from '../engine/context.ts'
import { encryptionOptions } from '../engine/create-volume.ts'
import { chosenForCopy } from '../engine/encryption-choice.ts'
import { newId } from '../engine/ids.ts'
import type { JobHandle } from '../engine/jobs.ts'
import { checkDescription } from '../engine/names.ts'
import { copySnapshot } from './copy-snapshot.ts'
import { freeImageName, imageNamed, keepableRow } from './images.ts'
import { joined } from './joined-job.ts'
import { knownRegion } from './regions.ts'

/**
 * Copies the snapshots behind an image to a region, one after the other, and registers them there.
 * Each is encrypted as a copy of a snapshot would be. Who may launch it is not copied, as in EC2. Where one copy fails there is no image; copies that were
 * complete by then stay.
 */
export function copyImage(context: Context, input: Input<'copyImage'>): Output<'copyImage'> {
  const { library, jobs, clock } = context
  const source = imageNamed(library, input.imageId)
  const region = knownRegion(library, input.region)
  const name = freeImageName(library, input.name ?? source.name, region)
  const description = checkDescription(input.description ?? '')
  assertChoosable(context, source, input)
  const imageId = newId(ImageId, 'ami')
  const title = `Copy of image ${source.name} to ${region}`
  const jobId = jobs.start({ kind: 'image', title }, async (job) => {
    const copies = await copied(context, source, imageId, input, job)
    const at = clock()
    const { imageId: copiedFrom, mappings, permissions, ...facts } = source
    library.change(() => {
      library.images.insert(
        {
          ...facts,
          id: imageId,
          ownerId: library.account,
          name: freeImageName(library, name, region),
          description,
          region,
          createdAt: at,
          copiedFrom,
        },
        mappings.map((mapping) => ({
          ...mapping,
          snapshotId: mapping.snapshotId === null ? null : copies.get(mapping.snapshotId)!,
        })),
      )
      library.history.add({
        at,
        title: `Copied image ${show(source.name)} to ${region}`,
        command: commandOf(
          library,
          ...['image', 'copy', copiedFrom, '--to-region', region, '--name', name],
          ...optionOf('--description', input.description),
          ...encryptionOptions(input),
        ),
        storedDeltaBytes: 0,
        deletionId: null,
      })
    })
    return { kind: 'image', imageId }
  })
  return { jobId, imageId }
}

/** What would refuse the copy of one of its snapshots refuses the image at once. */
function assertChoosable(
  { library }: Context,
  { mappings }: Image,
  { region, ...wish }: Input<'copyImage'>,
): void {
  for (const { snapshotId } of mappings) {
    const row = snapshotId === null ? undefined : library.snapshotRows().get(snapshotId)
    if (row === undefined) continue
    const choice = chosenForCopy(library, row, wish, region)
    if (choice.kind !== 'plain') library.keyring.assertOpenable()
  }
}

/** @returns the copy of each snapshot, by its source */
async function copied(
  context: Context,
  { imageId: sourceId, mappings }: Image,
  imageId: ImageId,
  { region, encrypted, key }: Input<'copyImage'>,
  job: JobHandle,
): Promise<Map<SnapshotId, SnapshotId>> {
  const copies = new Map<SnapshotId, SnapshotId>()
  for (const { snapshotId } of mappings) {
    if (snapshotId === null || copies.has(snapshotId)) continue
    const description = `Copied for DestinationAmi ${imageId} from SourceAmi ${sourceId} for SourceSnapshot ${snapshotId}`
    const started = await context.library.asker.lending([snapshotId], () =>
      copySnapshot(context, { snapshotId, region, description, encrypted, key }),
    )
    copies.set(snapshotId, started.snapshotId)
    await joined(context.jobs, job, started.jobId, 'copy')
    job.signal.throwIfAborted()
  }
  for (const copy of copies.values()) keepableRow(context.library, copy)
  return copies
}
