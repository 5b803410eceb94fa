import type { SnapshotId } from '../contract/ids.ts'
import type { Volume } from '../contract/model.ts'
import type { Engine } from './engine.ts'

const GIB = 2 ** 30

/** What is written before each snapshot of the example: in GiB, at an offset in GiB. */
const STEPS = [
  {
    name: 'A',
    description: 'Ten gibibytes: the first snapshot stores them all',
    at: 0,
    length: 10,
  },
  { name: 'B', description: 'Four of them written anew', at: 6, length: 4 },
  { name: 'C', description: 'Two more added', at: 10, length: 2 },
]

/**
 * Builds the example of the EBS guide: a volume of 15 GiB with three snapshots, of which the first
 * stores 10 GiB, the second 4 and the third 2. Its blocks are fill blocks: real, and small on disk.
 */
export async function buildExample(
  engine: Engine,
): Promise<{ volume: Volume; snapshotIds: SnapshotId[] }> {
  const volume = await engine.createVolume({ name: 'web', sizeBytes: 15 * GIB })
  const snapshotIds: SnapshotId[] = []
  for (const step of STEPS) {
    await engine.writeFill({
      volumeId: volume.volumeId,
      spans: [{ offsetBytes: step.at * GIB, lengthBytes: step.length * GIB }],
      seed: step.name,
    })
    const { jobId, snapshotId } = await engine.takeSnapshot({
      volumeId: volume.volumeId,
      name: step.name,
      description: step.description,
    })
    const job = await engine.awaitJob({ jobId })
    if (job.state !== 'done') throw new Error(`The example was not built: ${job.error?.message}`)
    snapshotIds.push(snapshotId)
  }
  return { volume, snapshotIds }
}
