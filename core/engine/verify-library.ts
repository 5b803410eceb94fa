import { checkBlocks, type Damage } from '../blocks/check.ts'
import { catalogFailure } from '../catalog/database.ts'
import type { Input, Output } from '../contract/calls.ts'
import { SnapshotId } from '../contract/ids.ts'
import type { VerifyProblem } from '../contract/results.ts'
import { show } from '../contract/show.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { mapOf } from '../lineage/block-map.ts'
import { type IndexSet, indexSet, intersect, runsOf } from '../lineage/index-set.ts'
import type { Context } from './context.ts'
import type { JobHandle } from './jobs.ts'
import { lawProblems, lostBlocks } from './laws.ts'
import type { Library } from './library.ts'
import { isDamage } from './library-damage.ts'
import { inTurns } from './listed-blocks.ts'
import { volumeFileBytes } from './sealed-volume.ts'
import { lossOf } from './usable-volume.ts'
import { checkManifests } from './verify-manifests.ts'

const REASON: Record<Damage['reason'], string> = {
  'missing-segment': 'the file is missing',
  unreadable: 'it cannot be read',
  short: 'the file ends before it does',
  undecodable: 'it cannot be unpacked',
  hash: 'it does not match its SHA-256',
  foreign: 'it was sealed with another key',
}

/** Re-reads every stored block and checks every law; with `deep` also each map by another way. */
export function verify(context: Context, input: Input<'verify'>): Output<'verify'> {
  const { library, jobs } = context
  const jobId = jobs.start({ kind: 'verify', title: 'Verify' }, (job) =>
    context.gate.share(job.signal, async () => {
      const problems = catalogProblems(library)
      let blocksChecked = 0
      const encrypted = { checked: 0, unchecked: 0 }
      try {
        problems.push(...segmentProblems(library), ...volumeProblems(library))
        problems.push(...(await lawProblems(library, input.deep, job.signal)))
        problems.push(...(await lostProblems(library, job.signal)))
        const manifests = await checkManifests(library, job.signal)
        encrypted.checked = manifests.checked
        encrypted.unchecked = manifests.unchecked
        problems.push(...manifests.problems)
        const { checked, damaged } = await checkAll(library, job)
        if (damaged.length > 0) problems.push(...damageProblems(library, damaged))
        blocksChecked = checked
      } catch (error) {
        // Where the catalog is damaged, what it says of the rest cannot be followed.
        if (problems.length === 0 || !isDamage(error)) throw error
      }
      return { kind: 'verify', ok: problems.length === 0, blocksChecked, encrypted, problems }
    }),
  )
  return { jobId }
}

async function storedBlockCount(library: Library, signal: AbortSignal): Promise<number> {
  let count = 0
  await inTurns(library.blocks.range(0, library.facts().nextBlockId), signal, () => {
    count += 1
  })
  return count
}

async function checkAll(library: Library, job: JobHandle) {
  const totalBytes = (await storedBlockCount(library, job.signal)) * BLOCK_BYTES
  job.progress(0, totalBytes)
  return checkBlocks({
    records: library.blocks.range(0, library.facts().nextBlockId),
    segmentFile: library.segmentFiles(),
    signal: job.signal,
    onProgress: (blocks) => job.progress(blocks * BLOCK_BYTES, totalBytes),
  })
}

function catalogProblems(library: Library): VerifyProblem[] {
  return catalogComplaints(library).map((text) => ({
    kind: 'catalog-damaged',
    message: `The catalog of ${show(library.path)} fails its check: ${text}.`,
    affected: [],
  }))
}

function catalogComplaints({ db, path }: Library): string[] {
  try {
    const answers = db.pragma('integrity_check(10)') as { integrity_check: string }[]
    const complaints = answers.map((row) => row.integrity_check).filter((text) => text !== 'ok')
    const broken = db.pragma('foreign_key_check') as unknown[]
    if (broken.length > 0) complaints.push(`${broken.length} rows name rows that are not there`)
    return complaints
  } catch (error) {
    // SQLite may stumble over the very damage that it is asked about.
    const failure = catalogFailure(error, path)
    if (!isDamage(failure)) throw failure
    return [error instanceof Error ? error.message : String(error)]
  }
}

function segmentProblems(library: Library): VerifyProblem[] {
  return library.segments.all().flatMap((row): VerifyProblem[] => {
    const file = library.segmentFile(row)
    const loss = lossOf(file, row.bytes)
    if (loss === null) return []
    return [{ kind: 'segment-missing', message: `${show(file)} ${loss}.`, affected: [] }]
  })
}

/** Snapshots do not need these files, but the next state of a managed volume lies in its own. */
function volumeProblems(library: Library): VerifyProblem[] {
  return [...library.volumeRows().values()].flatMap((row): VerifyProblem[] => {
    if (row.kind !== 'managed' || row.isRemoved) return []
    const file = library.volumeFile(row.id)
    const loss = lossOf(file, volumeFileBytes(row))
    if (loss === null) return []
    const message = `${show(file)}, which holds the data of volume ${show(row.name)}, ${loss}.`
    return [{ kind: 'volume-damaged', message, affected: [] }]
  })
}

async function lostProblems(library: Library, signal: AbortSignal): Promise<VerifyProblem[]> {
  const lost = await lostBlocks(library, signal)
  if (lost.size === 0) return []
  return [
    {
      kind: 'block-missing',
      message: `The catalog has lost ${lost.size} stored blocks, the first being ${[...lost][0]}.`,
      affected: readersOf(library)(lost),
    },
  ]
}

/** One problem a segment file, with every snapshot that reads what is damaged in it. */
function damageProblems(library: Library, damaged: readonly Damage[]): VerifyProblem[] {
  const fileOf = library.segmentFiles()
  const affectedBy = readersOf(library)
  const bySegment = new Map<number, Damage[]>()
  for (const damage of damaged) {
    bySegment.set(damage.segmentId, [...(bySegment.get(damage.segmentId) ?? []), damage])
  }
  return [...bySegment].map(([segmentId, group]) => {
    const first = group[0]!
    const others = group.length - 1
    const more = others > 0 ? `, and ${others} more block${others > 1 ? 's' : ''} of that file` : ''
    return {
      kind: 'block-damaged',
      message: `The stored block in ${show(fileOf(segmentId))} at byte ${first.offset} is damaged: ${REASON[first.reason]}${more}.`,
      affected: affectedBy(new Set(group.map(({ blockId }) => blockId))),
    }
  })
}

/** Who reads which of some stored blocks, and where. */
function readersOf(library: Library): (blockIds: ReadonlySet<number>) => VerifyProblem['affected'] {
  const lineage = library.lineage()
  return (blockIds) => {
    const lost = new Map<string, IndexSet>()
    for (const { id } of lineage.nodes) {
      const runs: [number, number][] = []
      for (const run of library.deltaOf(SnapshotId.parse(id)).runs()) {
        if (run.kind !== 'data') continue
        for (let k = 0; k < run.end - run.start; k += 1) {
          if (blockIds.has(run.firstBlockId + k)) runs.push([run.start + k, run.start + k + 1])
        }
      }
      if (runs.length > 0) lost.set(id, indexSet(runs))
    }
    return lineage.nodes
      .filter((node) => node.isAlive)
      .map(({ id }) => {
        const { starts, ends, writers } = mapOf(lineage, id)
        const reads: [number, number][] = []
        for (const [i, writer] of writers.entries()) {
          const gone = lost.get(lineage.nodes[writer]!.id)
          if (gone === undefined) continue
          reads.push(...runsOf(intersect(gone, indexSet([[starts[i]!, ends[i]!]]))))
        }
        const ranges = [...runsOf(indexSet(reads))].map(([start, end]) => ({
          firstBlock: start,
          blockCount: end - start,
        }))
        return { snapshotId: SnapshotId.parse(id), ranges }
      })
      .filter(({ ranges }) => ranges.length > 0)
  }
}
