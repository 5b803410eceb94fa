import { basename, join, relative } from 'node:path'
import { Engine } from '../engine/engine.ts'
import { closeLibrary, openLibrary } from '../engine/library-folder.ts'
import { filesIn } from '../testing/files-in.ts'
import { digestOf, done, LAB_VAULT, type Lab, LIBRARY, restored } from './lab.ts'
import { untrueEvents } from './told-events.ts'

/** What a restore writes beside the library. */
export const TARGET = 'out.img'

/** Files that belong to a library while it is open. */
const OWN_FILES = ['catalog.sqlite', 'catalog.sqlite-wal', 'lock']

/**
 * Opens the library in `folder` as the next start of the program would, and says what is wrong: a
 * stray file, a problem that verify finds, an acknowledged snapshot that is not whole, an event that
 * is missing or untrue.
 *
 * @param mayBeGone names of snapshots that were to be deleted
 * @param check what else must hold; throws, or returns what is wrong
 */
export async function problemsAfter(
  folder: string,
  lab: Lab,
  mayBeGone: readonly string[],
  check: (engine: Engine) => Promise<string[]>,
): Promise<string[]> {
  try {
    const strays = straysAfterOpen(folder)
    const engine = await Engine.open(join(folder, LIBRARY), {
      onEvent: () => {},
      keyVault: LAB_VAULT,
      // What is looked at is what the crash left.
      runsPolicies: false,
    })
    try {
      await upkeep(engine)
      return [
        ...strays,
        ...(await damages(engine)),
        ...(await lostSnapshots(engine, lab, mayBeGone, folder)),
        ...(await untrueEvents(engine, lab, mayBeGone)),
        ...(await check(engine)),
      ]
    } finally {
      await engine.close()
    }
  } catch (error) {
    return [String(error)]
  }
}

/** What was due when it was opened is done first. */
async function upkeep(engine: Engine): Promise<void> {
  const due = (await engine.listJobs()).filter(({ kind }) => kind === 'restoreTier')
  for (const { jobId } of due) await engine.awaitJob({ jobId })
}

/** Files that are still there after one open and that nothing names; also beside the library. */
function straysAfterOpen(folder: string): string[] {
  const path = join(folder, LIBRARY)
  const library = openLibrary(path, {}, () => {})
  try {
    const named = new Set([
      ...OWN_FILES.map((file) => join(path, file)),
      ...library.segments.all().map((row) => library.segmentFile(row)),
      ...[...library.volumeRows().values()].map(({ id }) => library.volumeFile(id)),
    ])
    return filesIn(folder)
      .filter((file) => !named.has(file) && basename(file) !== TARGET)
      .map((file) => `stray file ${relative(folder, file)}`)
  } finally {
    closeLibrary(library)
  }
}

async function damages(engine: Engine): Promise<string[]> {
  const { result } = await done(engine, (await engine.verify({ deep: true })).jobId)
  if (result?.kind !== 'verify') throw new Error('Verify left no report')
  return result.problems.map(({ message }) => message)
}

/** Restores every snapshot and compares it with what was acknowledged. */
export async function lostSnapshots(
  engine: Engine,
  lab: Lab,
  mayBeGone: readonly string[],
  folder: string,
): Promise<string[]> {
  const { snapshots } = await engine.describeLibrary()
  const acknowledged = new Set(lab.snapshots.values())
  const problems: string[] = []
  for (const { snapshotId, name, state, tiering } of snapshots) {
    // What was not acknowledged may have failed. The event log is held against that elsewhere.
    if (state === 'error' && !acknowledged.has(snapshotId)) continue
    if (state !== 'completed') problems.push(`“${name}” is ${state}`)
    // What is archived cannot be read; its deed brings it back first.
    if (tiering?.tier === 'archive') continue
    const expected = lab.digests.get(name)
    const bytes = await restored(engine, snapshotId, join(folder, 'restored.img'))
    if (digestOf(bytes) !== expected) problems.push(`“${name}” restores other bytes`)
  }
  const there = new Set(snapshots.map(({ snapshotId }) => snapshotId))
  for (const [name, id] of lab.snapshots) {
    if (!there.has(id) && !mayBeGone.includes(name)) problems.push(`“${name}” is gone`)
  }
  return problems
}
