import type { SnapshotRow } from '../catalog/snapshot-row.ts'
import { StrataError } from '../contract/errors.ts'
import { SnapshotId } from '../contract/ids.ts'
import type { VerifyProblem, VerifyResult } from '../contract/results.ts'
import { blocksIn } from '../contract/units.ts'
import type { BlockList } from '../crypto/block-list.ts'
import { areKeysOpen, SEALED_IN_PLAIN } from './authentic.ts'
import { bringManifests } from './first-manifests.ts'
import type { Library } from './library.ts'
import { inTurns } from './listed-blocks.ts'
import { listsUnder } from './lists-of-lineage.ts'
import {
  altered,
  type ManifestKeys,
  manifestKeysUnder,
  manifestOf,
  problemOf,
  wipeManifestKeys,
} from './manifest.ts'

export type CheckedManifests = VerifyResult['encrypted'] & { readonly problems: VerifyProblem[] }

/**
 * Compares what each encrypted snapshot reads with its manifest, where its key can be used. Of a plain
 * one nothing must be encrypted.
 *
 * @throws StrataError PASSPHRASE_WRONG
 */
export async function checkManifests(
  library: Library,
  signal: AbortSignal,
): Promise<CheckedManifests> {
  const found: CheckedManifests = { checked: 0, unchecked: 0, problems: [] }
  if (library.dataKeyRows().size === 0) return found
  found.problems.push(...(await plainProblems(library, signal)))
  const byOrigin = new Map<number, SnapshotRow[]>()
  for (const row of livingRows(library)) {
    if (row.originKey === null) continue
    byOrigin.set(row.originKey, [...(byOrigin.get(row.originKey) ?? []), row])
  }
  const areOpen = byOrigin.size > 0 && (await areKeysOpen(library))
  if (areOpen) await bringManifests(library, signal)
  for (const [origin, rows] of byOrigin) {
    const problems = areOpen ? await problemsUnder(library, origin, rows, signal) : null
    found.problems.push(...(problems ?? []))
    found[problems === null ? 'unchecked' : 'checked'] += rows.length
  }
  return found
}

/** null: their key is disabled, is to be deleted, or is gone. */
async function problemsUnder(
  library: Library,
  origin: number,
  rows: readonly SnapshotRow[],
  signal: AbortSignal,
): Promise<VerifyProblem[] | null> {
  let keys: ManifestKeys | undefined
  try {
    keys = manifestKeysUnder(library, origin)
    return await problemsWith(library, origin, keys, rows, signal)
  } catch (error) {
    if (!(error instanceof StrataError)) throw error
    if (error.code === 'LIBRARY_DAMAGED') {
      return rows.map((row) => asProblem(altered(row, error.message), row))
    }
    if (UNUSABLE.has(error.code)) return null
    throw error
  } finally {
    if (keys !== undefined) wipeManifestKeys(keys)
  }
}

const UNUSABLE = new Set<string>(['KMSInvalidStateException', 'KEY_DELETED', 'KEYS_LOCKED'])

async function problemsWith(
  library: Library,
  origin: number,
  keys: ManifestKeys,
  rows: readonly SnapshotRow[],
  signal: AbortSignal,
): Promise<VerifyProblem[]> {
  const left = new Map(rows.map((row) => [row.id, row]))
  const problems: VerifyProblem[] = []
  for await (const [{ id }, list] of listsUnder(library, origin, keys.entries, signal)) {
    const row = left.get(id)
    if (row === undefined) continue
    left.delete(id)
    const problem = problemWith(library, row, keys, list)
    if (problem !== null) problems.push(problem)
  }
  const strays = [...left.values()].map((row) => asProblem(altered(row, STRAY), row))
  return [...problems, ...strays]
}

const STRAY = 'what it is laid over was never under its key'

function problemWith(
  library: Library,
  row: SnapshotRow,
  keys: ManifestKeys,
  list: BlockList,
): VerifyProblem | null {
  try {
    const problem = problemOf(list, manifestOf(library, row, keys))
    return problem === null ? null : asProblem(altered(row, problem), row)
  } catch (error) {
    if (error instanceof StrataError && error.code === 'SNAPSHOT_ALTERED') {
      return asProblem(error, row)
    }
    throw error
  }
}

async function plainProblems(library: Library, signal: AbortSignal): Promise<VerifyProblem[]> {
  const found = new Set<SnapshotRow>()
  await inTurns(blocksOfPlain(library), signal, ([row, isSealed]) => {
    if (isSealed) found.add(row)
  })
  return [...found].map((row) => asProblem(altered(row, SEALED_IN_PLAIN), row))
}

/** What stands in each itself; what it borrows is told of who lends it. */
function* blocksOfPlain(library: Library): Generator<[row: SnapshotRow, isSealed: boolean]> {
  for (const row of livingRows(library)) {
    if (row.originKey !== null) continue
    const delta = library.deltaOf(row.id)
    for (const [first, count] of delta.blockIdsIn(delta.stored)) {
      for (let blockId = first; blockId < first + count; blockId += 1) {
        yield [row, library.blocks.get(blockId)?.seal !== undefined]
      }
    }
  }
}

function livingRows(library: Library): SnapshotRow[] {
  const living = library.lineage().nodes.filter(({ isAlive }) => isAlive)
  return living.map(({ id }) => library.snapshotRows().get(SnapshotId.parse(id))!)
}

/** A list tells that it is another, not where. */
function asProblem({ message }: StrataError, row: SnapshotRow): VerifyProblem {
  const blockCount = blocksIn(row.volumeSizeBytes)
  const ranges = [{ firstBlock: 0, blockCount }]
  return { kind: 'snapshot-altered', message, affected: [{ snapshotId: row.id, ranges }] }
}
