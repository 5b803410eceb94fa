import { existsSync, statSync } from 'node:fs'
import { checkBlocks, type Damage } from '../blocks/check.ts'
import type { Input, Output } from '../contract/calls.ts'
import { SnapshotId } from '../contract/model.ts'
import type { VerifyProblem } from '../contract/results.ts'
import { show } from '../contract/show.ts'
import { BLOCK_BYTES } from '../contract/units.ts'
import { mapOf } from '../lineage/block-map.ts'
import { type IndexSet, indexSet, intersect, runsOf } from '../lineage/index-set.ts'
import type { Context } from './context.ts'
import type { JobHandle } from './jobs.ts'
import { lawProblems, lostBlocks } from './laws.ts'
import type { Library } from './library.ts'

const REASON: Record<Damage['reason'], string> = {
  'missing-segment': 'the file is missing',
  unreadable: 'it cannot be read',
  short: 'the file ends before it does',
  undecodable: 'it cannot be unpacked',
  hash: 'it does not match its SHA-256',
}

/** Re-reads every stored block and checks every law; with `deep` also each map by another way. */
export function verify(context: Context, input: Input<'verify'>): Output<'verify'> {
  const { library, jobs } = context
  const blockCount = storedBlockCount(library)
  const jobId = jobs.start(
    { kind: 'verify', title: 'Verify', totalBytes: blockCount * BLOCK_BYTES },
    (job) =>
      context.gate.share(job.signal, async () => {
        const problems = [...catalogProblems(library), ...segmentProblems(library)]
        problems.push(...lawProblems(library, input.deep), ...lostProblems(library))
        const { checked, damaged } = await checkAll(library, job)
        if (damaged.length > 0) problems.push(...damageProblems(library, damaged))
        return { kind: 'verify', ok: problems.length === 0, blocksChecked: checked, problems }
      }),
  )
  return { jobId }
}

function storedBlockCount(library: Library): number {
  let count = 0
  for (const _ of library.blocks.range(0, library.facts().nextBlockId)) count += 1
  return count
}

function checkAll(library: Library, job: JobHandle) {
  return checkBlocks({
    records: library.blocks.range(0, library.facts().nextBlockId),
    segmentFile: library.segmentFiles(),
    signal: job.signal,
    onProgress: (blocks) => job.progress(blocks * BLOCK_BYTES),
  })
}

function catalogProblems(library: Library): VerifyProblem[] {
  const answers = library.db.pragma('integrity_check(10)') as { integrity_check: string }[]
  const broken = library.db.pragma('foreign_key_check') as unknown[]
  const messages = answers.map((row) => row.integrity_check).filter((text) => text !== 'ok')
  if (broken.length > 0) messages.push(`${broken.length} rows name rows that are not there`)
  return messages.map((text) => ({
    kind: 'catalog-damaged',
    message: `The catalog of ${show(library.path)} fails its check: ${text}.`,
    affected: [],
  }))
}

function segmentProblems(library: Library): VerifyProblem[] {
  return library.segments.all().flatMap((row): VerifyProblem[] => {
    const file = library.segmentFile(row)
    const problem = !existsSync(file)
      ? 'is missing'
      : statSync(file).size < row.bytes
        ? `has ${statSync(file).size} of its ${row.bytes} bytes`
        : undefined
    if (problem === undefined) return []
    return [{ kind: 'segment-missing', message: `${show(file)} ${problem}.`, affected: [] }]
  })
}

function lostProblems(library: Library): VerifyProblem[] {
  const lost = lostBlocks(library)
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
    const more = group.length > 1 ? `, and ${group.length - 1} more blocks of that file` : ''
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
