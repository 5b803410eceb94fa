import type { BlockRange, SnapshotId } from '../../core/contract/ids.ts'
import type { VerifyProblem, VerifyResult } from '../../core/contract/results.ts'
import { BLOCK_BYTES } from '../../core/contract/units.ts'
import { formatBytes } from './byte-format.ts'
import { count, joinNames } from './names.ts'
import type { Told } from './plan-words.ts'
import type { SourceWords } from './source-words.ts'

/** Places of a snapshot that are written out; more are counted. */
const MAX_RANGES = 4

/** A problem for a person: what it is, where, who reads it, what to do. */
export type ProblemWords = {
  title: string
  /** Names the file and the place. */
  detail: string
  affected: readonly { name: string; places: string }[]
  remedy: string
}

/** What to call a snapshot: its name, and its volume's where there are several. */
type NameOf = (id: SnapshotId) => string

/** The result as a notice. */
export function verifyTold(result: VerifyResult, nameOf: NameOf): Told {
  const checked = checkedSentence(result)
  if (result.ok) return { title: 'Everything is whole', body: checked }
  return {
    title: `${count(result.problems.length, 'problem')} found`,
    body: `${checked} ${affectedSentence(result, nameOf)}`,
  }
}

/** What was looked at, and what could not be. */
export function checkedSentence({ blocksChecked, encrypted }: VerifyResult): string {
  const checked = `${count(blocksChecked, 'stored block')} read and checked.`
  if (encrypted.unchecked === 0) return checked
  const those = count(encrypted.unchecked, 'encrypted snapshot')
  return `${checked} Not compared with what their keys say, which are locked or cannot be used: ${those}.`
}

/** Which snapshots can no longer be restored whole. */
export function affectedSentence({ problems }: VerifyResult, nameOf: NameOf): string {
  const ids = new Set(problems.flatMap(({ affected }) => affected.map((a) => a.snapshotId)))
  if (ids.size === 0) return 'No snapshot is known to have lost anything.'
  const names = joinNames([...ids].map(nameOf))
  return `${names} cannot be restored whole. All other snapshots can.`
}

/** What verifying found of one snapshot; null: nothing is wrong with it, as far as was seen. */
export function damageWords(report: VerifyResult | null, id: SnapshotId): SourceWords | null {
  const affected = report?.problems.flatMap((problem) => problem.affected) ?? []
  const ranges = affected.flatMap((one) => (one.snapshotId === id ? one.ranges : []))
  if (!affected.some(({ snapshotId }) => snapshotId === id)) return null
  return {
    title: 'It cannot be restored whole',
    body: `Verifying found damage: ${placesOf(ranges)}. What else it holds is whole.`,
    actionIds: ['library.verifyReport'],
  }
}

export function problemWords(problem: VerifyProblem, nameOf: NameOf): ProblemWords {
  return {
    ...KIND_WORDS[problem.kind],
    detail: problem.message,
    affected: problem.affected.map(({ snapshotId, ranges }) => ({
      name: nameOf(snapshotId),
      places: placesOf(ranges),
    })),
  }
}

/** All of it as plain text, to keep or to send. */
export function reportText(result: VerifyResult, nameOf: NameOf): string {
  const problems = result.problems.map((problem) => {
    const { title, detail, affected, remedy } = problemWords(problem, nameOf)
    const readers = affected.map(({ name, places }) => `  ${name}: ${places}`)
    return [`${title}. ${detail}`, ...readers, `  ${remedy}`].join('\n')
  })
  const { title, body } = verifyTold(result, nameOf)
  return [`${title}. ${body}`, ...problems].join('\n\n').replaceAll('\u00a0', ' ')
}

/** "1 MiB to 2 MiB and 8 GiB to 8 GiB": addresses in the volume, and how many blocks that is. */
export function placesOf(ranges: readonly BlockRange[]): string {
  const blockCount = ranges.reduce((sum, range) => sum + range.blockCount, 0)
  const named = ranges.slice(0, MAX_RANGES).map(placeOf)
  const more = ranges.length - named.length
  const rest = more > 0 ? ` and ${count(more, 'more place')}` : ''
  return `${count(blockCount, 'block')} at ${named.join(', ')}${rest}`
}

function placeOf({ firstBlock, blockCount }: BlockRange): string {
  const from = exactMiB(firstBlock)
  return blockCount === 1 ? from : `${from} to ${exactMiB(firstBlock + blockCount)}`
}

/** An address is looked up, not compared: it is never rounded. */
function exactMiB(block: number): string {
  const bytes = block * BLOCK_BYTES
  return bytes % 2 ** 30 === 0 ? formatBytes(bytes) : `${bytes / 2 ** 20}\u00a0MiB`
}

const KIND_WORDS: Record<VerifyProblem['kind'], Pick<ProblemWords, 'title' | 'remedy'>> = {
  'block-damaged': {
    title: 'Stored data is damaged',
    remedy: 'Put the file back from a copy of the library, then verify again.',
  },
  'block-missing': {
    title: 'Stored data is lost',
    remedy: 'Copy the library folder, then restore it from a backup.',
  },
  'segment-missing': {
    title: 'A file of the library is missing or cut off',
    remedy: 'Put the file back from a copy of the library, then verify again.',
  },
  'snapshot-altered': {
    title: 'A snapshot was altered',
    remedy:
      'Put the library back from a copy that you trust, or delete the snapshot: the next one is laid over an older one then.',
  },
  'volume-damaged': {
    title: 'The data of a volume is missing or cut off',
    remedy: 'Put the file back from a copy of the library. Snapshots do not need it.',
  },
  'law-broken': {
    title: 'The figures do not add up',
    remedy: 'Nothing stored is lost by this. Please report it.',
  },
  'catalog-damaged': {
    title: 'The catalog is damaged',
    remedy: 'Copy the library folder before anything else, then restore it from a backup.',
  },
}
